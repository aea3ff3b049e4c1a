import { type Criterion, fitFields, type Scorecard } from '#contract/score.ts';
import { touchKinds } from '#contract/touch.ts';

/** What is wrong in a draft; `criterion` is the one it is about, null when it is about the card. */
export interface Problem {
  criterion: string | null;
  message: string;
}

/**
 * Everything that keeps a draft from being published, as sentences for the person who edits it; none when it is sound. Takes what the shape of a scorecard
 * lets through and also what it does not, so that one who edits is told which criterion it is instead of a path.
 */
export function checkScorecard(
  card: Pick<Scorecard, 'criteria' | 'fitThresholds' | 'engagementThresholds' | 'qualified'>,
): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const criterion of card.criteria) {
    const add = (message: string) => void problems.push({ criterion: criterion.id, message });
    if (seen.has(criterion.id)) add(`Another criterion has the id “${criterion.id}” already.`);
    seen.add(criterion.id);
    if (!Number.isInteger(criterion.points) || Math.abs(criterion.points) > 100) {
      add(`“${criterion.label}” takes whole points from −100 to 100.`);
    }
    for (const message of criterion.axis === 'fit' ? checkFit(criterion) : checkEngagement(criterion)) add(message);
  }
  for (const [axis, steps] of [
    ['fit', card.fitThresholds],
    ['engagement', card.engagementThresholds],
  ] as const) {
    const isFalling = steps.every((step, index) => Number.isFinite(step) && step < (steps[index - 1] ?? Infinity));
    if (!isFalling)
      problems.push({ criterion: null, message: `Each step of ${axis} takes a number below the one before.` });
  }
  for (const id of card.qualified?.handRaise ?? []) {
    if (!card.criteria.some((criterion) => criterion.id === id && criterion.axis === 'engagement')) {
      problems.push({
        criterion: id,
        message: `“${id}” qualifies at once and is no criterion of engagement any more.`,
      });
    }
  }
  return problems;
}

function* checkFit({ label, field, test }: Criterion & { axis: 'fit' }): Generator<string> {
  if (!fitFields.some((each) => each === field)) yield `“${label}” asks about “${field}”, which is no field any more.`;
  if (test.op !== 'between') return;
  const { min, max } = test;
  if (Number.isNaN(min ?? 0) || Number.isNaN(max ?? 0)) yield `“${label}” has a border that is no number.`;
  else if (min !== null && max !== null && min > max) yield `“${label}” holds for nobody: from ${min} to ${max}.`;
}

function* checkEngagement({ label, kinds, halfLifeDays, cap }: Criterion & { axis: 'engagement' }): Generator<string> {
  const gone = kinds.find((kind) => !touchKinds.some((each) => each === kind));
  if (gone !== undefined) yield `“${label}” asks about “${gone}”, which is no kind of touch any more.`;
  if (!(halfLifeDays > 0 && halfLifeDays < Infinity)) yield `“${label}” takes a half-life above 0 days.`;
  if (!(Number.isInteger(cap) && cap >= 1)) yield `“${label}” takes a cap of at least 1 point.`;
}
