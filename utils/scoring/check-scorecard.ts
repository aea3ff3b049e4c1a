import { type Criterion, fitFields, type Scorecard } from '#contract/score.ts';
import { touchKinds } from '#contract/touch.ts';

/**
 * What is wrong in a draft: `what` names the sentence, `values` what it speaks of, in order. `criterion` is the one it is about, null when it is about the card.
 * `twice`: id; `points`, `border`, `halfLife`, `cap`: label; `field`, `kind`: label and the word that is none any more; `order`: label and both borders; `steps`: axis; `raised`: id.
 */
export interface CardFault {
  criterion: string | null;
  what: 'twice' | 'points' | 'field' | 'border' | 'order' | 'kind' | 'halfLife' | 'cap' | 'steps' | 'raised';
  values: readonly (string | number)[];
}
type Own = Omit<CardFault, 'criterion'>;

/**
 * Everything that keeps a draft from being published; none when it is sound. Takes what the shape of a scorecard lets through and also what it does not, so that one who edits
 * is told which criterion it is instead of a path.
 */
export function checkScorecard(
  card: Pick<Scorecard, 'criteria' | 'fitThresholds' | 'engagementThresholds' | 'qualified'>,
): CardFault[] {
  const seen = new Set<string>();
  const faults: CardFault[] = [];
  for (const criterion of card.criteria) {
    const { id, label, points } = criterion;
    const add = (fault: Own) => void faults.push({ criterion: id, ...fault });
    if (seen.has(id)) add({ what: 'twice', values: [id] });
    seen.add(id);
    if (!Number.isInteger(points) || Math.abs(points) > 100) add({ what: 'points', values: [label] });
    for (const fault of criterion.axis === 'fit' ? checkFit(criterion) : checkEngagement(criterion)) add(fault);
  }
  for (const axis of ['fit', 'engagement'] as const) {
    const steps = card[`${axis}Thresholds`];
    const isFalling = steps.every((step, index) => Number.isFinite(step) && step < (steps[index - 1] ?? Infinity));
    if (!isFalling) faults.push({ criterion: null, what: 'steps', values: [axis] });
  }
  for (const id of card.qualified?.handRaise ?? []) {
    const isThere = card.criteria.some((criterion) => criterion.id === id && criterion.axis === 'engagement');
    if (!isThere) faults.push({ criterion: id, what: 'raised', values: [id] });
  }
  return faults;
}

function* checkFit({ label, field, test }: Criterion & { axis: 'fit' }): Generator<Own> {
  if (!fitFields.some((each) => each === field)) yield { what: 'field', values: [label, field] };
  if (test.op !== 'between') return;
  const { min, max } = test;
  if (Number.isNaN(min ?? 0) || Number.isNaN(max ?? 0)) yield { what: 'border', values: [label] };
  else if (min !== null && max !== null && min > max) yield { what: 'order', values: [label, min, max] };
}

function* checkEngagement({ label, kinds, halfLifeDays, cap }: Criterion & { axis: 'engagement' }): Generator<Own> {
  const gone = kinds.find((kind) => !touchKinds.some((each) => each === kind));
  if (gone !== undefined) yield { what: 'kind', values: [label, gone] };
  if (!(halfLifeDays > 0 && halfLifeDays < Infinity)) yield { what: 'halfLife', values: [label] };
  if (!(Number.isInteger(cap) && cap >= 1)) yield { what: 'cap', values: [label] };
}
