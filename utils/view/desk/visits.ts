import type { Shelf } from './desk.ts';

/** Whoever comes back within half an hour has not been away: what was new then still is. */
const pauseMs = 30 * 60_000;

/** Notes that the Desk is open at `now`, and answers when it was open before this visit, as an instant; null: never. */
export function noteVisit(shelf: Shelf, now: number): string | null {
  const last = shelf.read('visit');
  if (last !== null && now - Date.parse(last) > pauseMs) shelf.write('visit-before', last);
  shelf.write('visit', new Date(now).toISOString());
  return shelf.read('visit-before');
}
