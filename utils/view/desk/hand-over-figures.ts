import type { HandOverFigure, HandOverFigures, HandOverRow } from '#contract/desk-hand-over.ts';
import { type RateStanding, type Sorting, sortRated, standingOf } from './rated.ts';

const hourMs = 3_600_000;

/** A row of the roll-up as it is drawn: `hits` (accepted) of `count` answers make its rate. `standing` is null below 20 answers, where no rate is told. */
export interface RatedHandOvers extends HandOverFigure {
  hits: number;
  count: number;
  standing: RateStanding | null;
}

/** Rates the rows, in the order asked for; by count that of all that were offered. `nameOf`: what a row is called on the page. */
export function rateHandOvers(
  { rows, total }: Pick<HandOverFigures, 'rows' | 'total'>,
  sorting: Sorting,
  nameOf: (row: HandOverFigure) => string,
): RatedHandOvers[] {
  const ofAll = total.accepted / Math.max(1, total.accepted + total.returned);
  const rated = rows.map((row): RatedHandOvers => {
    const count = row.accepted + row.returned;
    return { ...row, hits: row.accepted, count, standing: standingOf(row.accepted, count, ofAll) };
  });
  return sortRated(rated, sorting, nameOf, ({ offered }) => offered);
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
