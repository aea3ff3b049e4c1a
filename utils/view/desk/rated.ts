import { compareToAll, enough } from '../../scoring/wilson.ts';

/** Where a rate stands to that of all: its interval lies wholly above or below it, or neither. */
export type RateStanding = 'above' | 'below' | 'cannotTell';

/** A row whose rate is `hits` of `count`. `standing` null: too few for a rate. */
export interface Rated {
  hits: number;
  count: number;
  standing: unknown;
}

/** Where a rate stands to that of all (0 to 1); null where there are too few to tell one. */
export function standingOf(hits: number, count: number, ofAll: number): RateStanding | null {
  return count < enough ? null : compareToAll(hits, count, ofAll);
}

/** How rated rows stand: by their rate, their count, or their name. Those too small for a rate are last, save by name. */
export const sortings = ['rate', 'count', 'name'] as const;
export type Sorting = (typeof sortings)[number];

/** What the address calls a row: its key, or `none` for what is under none. */
export const rowParam = (key: string | null) => key ?? 'none';

/** Puts rated rows in order. `nameOf`: what a row is called on the page; `sizeOf`: its count, where that is not what its rate is of. */
export function sortRated<Row extends Rated>(
  rows: readonly Row[],
  sorting: Sorting,
  nameOf: (row: Row) => string,
  sizeOf: (row: Row) => number = ({ count }) => count,
): Row[] {
  if (sorting === 'name')
    return rows.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }));
  return rows.toSorted((a, b) => {
    if ((a.standing === null) !== (b.standing === null)) return a.standing === null ? 1 : -1;
    if (a.standing === null || sorting === 'count') return sizeOf(b) - sizeOf(a);
    return b.hits / b.count - a.hits / a.count || b.count - a.count;
  });
}
