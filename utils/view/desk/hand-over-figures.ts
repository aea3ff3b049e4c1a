import type { HandOverFigure, HandOverFigures, HandOverRow } from '#contract/desk-hand-over.ts';
import { compareToAll, enough } from '../../scoring/wilson.ts';

const hourMs = 3_600_000;

/** A row of the roll-up as it is drawn: `accepted` of `count` answers make its rate. `standing` is null below 20 answers, where no rate is told. */
export interface RatedHandOvers extends HandOverFigure {
  count: number;
  standing: 'above' | 'below' | 'cannotTell' | null;
}

/** How the rows stand: by their rate, their count, or their name. Those too small for a rate are last, save by name. */
export const handOverSortings = ['rate', 'count', 'name'] as const;
export type HandOverSorting = (typeof handOverSortings)[number];

/** Rates the rows, in the order asked for. `nameOf`: what a row is called on the page. */
export function rateHandOvers(
  { rows, total }: Pick<HandOverFigures, 'rows' | 'total'>,
  sorting: HandOverSorting,
  nameOf: (row: HandOverFigure) => string,
): RatedHandOvers[] {
  const ofAll = total.accepted / Math.max(1, total.accepted + total.returned);
  const rated = rows.map((row): RatedHandOvers => {
    const count = row.accepted + row.returned;
    return { ...row, count, standing: count < enough ? null : compareToAll(row.accepted, count, ofAll) };
  });
  if (sorting === 'name') return rated.sort((a, b) => nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }));
  return rated.sort((a, b) => {
    if ((a.standing === null) !== (b.standing === null)) return a.standing === null ? 1 : -1;
    if (a.standing === null || sorting === 'count') return b.offered - a.offered;
    return b.accepted / b.count - a.accepted / a.count || b.count - a.count;
  });
}

/** How long a hand-over took, or has taken so far, beside what was agreed, in hours; null: nobody has had it. `isLate`: longer than agreed. */
export function tellTime(
  row: Pick<HandOverRow, 'assignedAt' | 'answeredAt' | 'agreedHours' | 'state'>,
  now: number,
): { hours: number; agreed: number; isLate: boolean } | null {
  if (row.assignedAt === null || row.state === 'withdrawn') return null;
  const until = row.answeredAt === null ? now : Date.parse(row.answeredAt);
  const hours = Math.max(0, (until - Date.parse(row.assignedAt)) / hourMs);
  return { hours, agreed: row.agreedHours, isLate: hours > row.agreedHours };
}
