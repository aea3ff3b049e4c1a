import type { Shelf } from './desk.ts';
import type { Todo } from './todos.ts';

/** Until when a line is not shown, in milliseconds since 1970, by its id. */
export type PutOff = Readonly<Record<string, number>>;

const shelfKey = 'today-put-off';
const dayMs = 86_400_000;
/** What is done stays away until something new asks for it, at the latest for a month; later means the next morning. */
const days = { done: 30, later: 1 } as const;

/** What this browser put off; what is over is left out, and what cannot be read is nothing. */
export function readPutOff(shelf: Shelf, now: number): PutOff {
  try {
    const kept = JSON.parse(shelf.read(shelfKey) ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > now),
    );
  } catch {
    return {};
  }
}

/** Puts a line off, or takes that back with null. Answers what is put off now. */
export function putOff(shelf: Shelf, before: PutOff, id: string, how: keyof typeof days | null, now: number): PutOff {
  const { [id]: _, ...rest } = before;
  const next = how === null ? rest : { ...rest, [id]: startOfDay(now) + days[how] * dayMs };
  shelf.write(shelfKey, Object.keys(next).length > 0 ? JSON.stringify(next) : null);
  return next;
}

/** The lines that are not put off. */
export const listWaiting = (todos: readonly Todo[], off: PutOff, now: number): Todo[] =>
  todos.filter(({ id }) => (off[id] ?? 0) <= now);

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
