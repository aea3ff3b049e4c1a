import type { Score, ScoreReason } from '#contract/score.ts';

/** The reasons of one axis. `total` is the axis as the bar shows it. */
export interface ReasonGroup {
  axis: 'fit' | 'engagement';
  total: number;
  rows: ScoreReason[];
}

/** The reasons of a score, fit first; within an axis in the store's order, with what counts nothing last. Pure. */
export function groupReasons(score: Score): ReasonGroup[] {
  return (['fit', 'engagement'] as const).map((axis) => {
    const mine = score.reasons.filter((reason) => reason.axis === axis);
    const counted = mine.filter((reason) => reason.points !== 0);
    const zero = mine.filter((reason) => reason.points === 0);
    return { axis, total: score[axis], rows: [...counted, ...zero] };
  });
}

/** Points with a sign: a plus, a true minus, or a bare 0. At most one decimal, so that rows add up to the total above them. */
export function writePoints(points: number): string {
  const size = Math.abs(Math.round(points * 10) / 10);
  if (size === 0) return '0';
  return points > 0 ? `+${size}` : `\u2212${size}`;
}

/**
 * The values, both ends included, that a grade's sign stands for. `step` 0 is the best (A, 1), 3 the last (D, 4);
 * `thresholds` are the least values of the first three. Values are whole and end at 100.
 */
export function rangeOf(step: number, thresholds: readonly number[]): { least: number; most: number } {
  const above = thresholds[step - 1];
  return { least: Math.ceil(thresholds[step] ?? 0), most: above === undefined ? 100 : Math.ceil(above) - 1 };
}

/** How engagement moved over the days of the trend; null when there are not two days to compare. */
export function changeOver(trend: readonly number[]): number | null {
  const [first] = trend;
  const last = trend.at(-1);
  return first === undefined || last === undefined || trend.length < 2 ? null : Math.round(last - first);
}
