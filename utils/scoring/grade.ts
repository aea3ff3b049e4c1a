import type { Scorecard } from '#contract/score.ts';

/** The least axis value for the best, the second and the third step; below the last is the fourth. */
export type Thresholds = Scorecard['fitThresholds'];

const letters = ['A', 'B', 'C', 'D'] as const;

function stepOf(value: number, thresholds: Thresholds): number {
  const step = thresholds.findIndex((least) => value >= least);
  return step === -1 ? 3 : step;
}

/** A fit's letter, A best to D. */
export function fitLetter(fit: number, thresholds: Thresholds): string {
  return letters[stepOf(fit, thresholds)] ?? 'D';
}

/** An engagement's figure, 1 best to 4. */
export function engagementFigure(engagement: number, thresholds: Thresholds): string {
  return String(stepOf(engagement, thresholds) + 1);
}

/** The two signs together, A1 best to D4. */
export function gradeOf(
  fit: number,
  engagement: number,
  card: Pick<Scorecard, 'fitThresholds' | 'engagementThresholds'>,
): string {
  return fitLetter(fit, card.fitThresholds) + engagementFigure(engagement, card.engagementThresholds);
}
