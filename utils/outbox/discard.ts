import { discardedBody, discardedBodySchema } from '#contract/mutation.ts';
import { beginStrict, type OutboxDatabase, type OutboxRow } from './database.ts';

/** For how long what was discarded is held, so that the person can take it back, in milliseconds. */
export const restorableMs = 30_000;

/** Only the number of this row is left: it can be neither read nor taken back. */
export function isBlank(row: OutboxRow): boolean {
  return discardedBodySchema.safeParse(row.body).success;
}

/** Whether it was discarded so lately that it is held back: neither sent as it was, nor as nothing. A clock that was set back holds nothing. */
export function isHeld({ discardedAt }: OutboxRow, now: number): boolean {
  if (discardedAt === undefined) return false;
  const age = now - Date.parse(discardedAt);
  return age >= 0 && age < restorableMs;
}

/** Whether a discarded row can be taken back: while it is held, and, if it waits, until its turn comes to be sent as nothing. */
export function canRestore(row: OutboxRow, now: number): boolean {
  if (row.discardedAt === undefined || isBlank(row)) return false;
  return row.state === 'waiting' || isHeld(row, now);
}

/** The row as nothing: its number alone, which the store counts without a gap. */
export function blank(row: OutboxRow): OutboxRow {
  return { ...row, body: discardedBody, label: null, detail: null };
}

/** What something is done under, so that what is done later can refer to it. */
const ownIds = ['verdictId', 'insightId', 'outcomeId', 'askId', 'answerId'] as const;

function idsOf(row: OutboxRow): string[] {
  const body = (row.body ?? {}) as Partial<Record<(typeof ownIds)[number] | 'contactId', string | null>>;
  // A person is referred to by all that is about them; only adding them is something that the rest stands on.
  return [...ownIds, 'contactId' as const].flatMap((name) => body[name] ?? []);
}

/** What only refers to something that is there already. */
const referring: ReadonlySet<string> = new Set([
  'setVerdictReason',
  'withdrawInsight',
  'withdrawAsk',
  'answerAsk',
  'readAsk',
]);

function isGround(row: OutboxRow): boolean {
  return !referring.has(row.kind) && !row.kind.startsWith('undo');
}

/** What this row made, that later rows refer to; empty when it only refers itself. */
function madeBy(row: OutboxRow): string[] {
  if (!isGround(row)) return [];
  const body = row.body as Record<string, string | null> | null;
  const name = row.kind === 'addContact' ? 'contactId' : ownIds.find((each) => body?.[each]);
  const made = name === undefined ? null : body?.[name];
  return made ? [made] : [];
}

/** Of these rows, in order: those named, and those that wait and would mean nothing without them (a reason, an undo, what is about a person who is not added). Pure. */
export function gatherWith(rows: readonly OutboxRow[], sequences: readonly number[]): OutboxRow[] {
  const gone = new Set<string>();
  const named = new Set(sequences);
  return rows.filter((row) => {
    const rests = row.state === 'waiting' && idsOf(row).some((id) => gone.has(id));
    if (!named.has(row.sequence) && !rests) return false;
    for (const id of madeBy(row)) gone.add(id);
    return true;
  });
}

/**
 * Discards what waits or was refused, with what rests on it. Nothing is numbered anew: its turn comes, and its number is sent with nothing in it. Answers how
 * many rows that made. What the store has already stays there.
 */
export async function discardRows(
  outbox: OutboxDatabase,
  sequences: readonly number[] | 'all',
  at: string,
): Promise<number> {
  const transaction = beginStrict(outbox);
  const store = transaction.objectStore('rows');
  const rows = (await store.getAll()).filter((row) => row.state !== 'sent' && row.discardedAt === undefined);
  const found = sequences === 'all' ? rows : gatherWith(rows, sequences);
  await Promise.all(found.map((row) => store.put({ ...row, discardedAt: at })));
  await transaction.done;
  return found.length;
}

/** Takes back everything that was discarded and can still be taken back. Answers how many rows that made. */
export async function restoreRows(outbox: OutboxDatabase, now: number): Promise<number> {
  const transaction = beginStrict(outbox);
  const store = transaction.objectStore('rows');
  const found = (await store.getAll()).filter((row) => canRestore(row, now));
  await Promise.all(found.map(({ discardedAt: _taken, ...row }) => store.put(row)));
  await transaction.done;
  return found.length;
}

/** Wipes what was discarded and is held no longer, also where nothing can be sent: only the numbers stay. A second time changes nothing. */
export async function blankDiscarded(outbox: OutboxDatabase, now: number): Promise<void> {
  const isOver = (row: OutboxRow) => row.discardedAt !== undefined && !isBlank(row) && !isHeld(row, now);
  // Asked at every turn of the background, and seldom needed: the strict transaction is begun only where there is something to wipe.
  if (!(await outbox.getAllFromIndex('rows', 'state', 'waiting')).some(isOver)) return;
  const transaction = beginStrict(outbox);
  const store = transaction.objectStore('rows');
  const over = (await store.index('state').getAll('waiting')).filter(isOver);
  await Promise.all([...over.map((row) => store.put(blank(row))), transaction.done]);
}
