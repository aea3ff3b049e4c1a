import type { ScoreReason } from '#contract/score.ts';

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/** Criterion ids of the rows that no criterion made. The colon keeps them apart from all real criterion ids. */
export const syntheticCriteria = {
  robots: ':robots',
  ceiling: ':ceiling',
  floor: ':floor',
  others: ':others',
} as const;

/** Rounds to whole tenths of a point and answers tenths: integers add up without drift. Never answers minus zero. */
export function toTenths(points: number): number {
  return Math.round(points * 10) + 0;
}

/** The exact sum of the reasons' points, in points with one decimal. */
export function sumPoints(reasons: readonly Pick<ScoreReason, 'points'>[]): number {
  return reasons.reduce((tenths, reason) => tenths + toTenths(reason.points), 0) / 10;
}

/** What is left of 1 point after `ageMs`, when points halve every `halfLifeDays`. An age below 0 is taken as 0. */
export function decayOf(ageMs: number, halfLifeDays: number): number {
  return 2 ** (-Math.max(0, ageMs) / (halfLifeDays * dayMs));
}

/** The row that holds an axis within 0 to 100, or null when its reasons already do. */
export function boundRow(reasons: readonly ScoreReason[], axis: ScoreReason['axis']): ScoreReason | null {
  const sum = sumPoints(reasons);
  if (sum >= 0 && sum <= 100) return null;
  const [criterion, label, bound] =
    sum > 100
      ? ([syntheticCriteria.ceiling, 'Held at 100', 100] as const)
      : ([syntheticCriteria.floor, 'Not below 0', 0] as const);
  const points = (toTenths(bound) - toTenths(sum)) / 10;
  return { axis, criterion, label, points, at: null, touchId: null, count: 1, halfLifeDays: null };
}
