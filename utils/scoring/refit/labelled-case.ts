import type { Criterion, Scorecard } from '#contract/score.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import { matchesTouch, type ScoredTouch } from '../engagement.ts';
import { meetsFit, type Subject } from '../fit.ts';
import { addTouch, readTally, type Tally } from '../tally.ts';
import type { LabelledLead } from './suggest.ts';

/** A lead of the workspace whose end is known: an outcome (won, lost, a meeting), or a rep's verdict. */
export interface LabelledCase {
  /** When it was labelled: what came later counts for nothing. */
  at: Date;
  isStrong: boolean;
  source: LabelledLead['source'];
  /** Why, where a verdict says so. */
  reason: VerdictReason | null;
  subject: Subject;
  touches: readonly ScoredTouch[];
}

/**
 * How many times its points a criterion brings to a lead at a moment: 1 or 0 of fit; of engagement what is left of its touches, no more than the cap lets through (of a
 * criterion that is worth nothing yet, than it would of one point).
 */
export function readValue(criterion: Criterion, { subject, touches, at }: LabelledCase): number {
  if (criterion.axis === 'fit') return Number(meetsFit(criterion, subject));
  const tally = touches
    .filter((touch) => touch.at <= at && matchesTouch(criterion, touch))
    .reduce<Tally | null>((sum, touch) => addTouch(sum, touch, criterion.halfLifeDays), null);
  if (tally === null) return 0;
  const most = criterion.cap / Math.max(1, Math.abs(criterion.points));
  return Math.min(most, readTally(tally, criterion.halfLifeDays, at.getTime()));
}

/** A case as a card's criteria see it. */
export function toLabelledLead(card: Pick<Scorecard, 'criteria'>, labelled: LabelledCase): LabelledLead {
  const values = card.criteria.flatMap((criterion, index) => {
    const value = readValue(criterion, labelled);
    return value === 0 ? [] : [[index, value] as const];
  });
  return { at: labelled.at.getTime(), isStrong: labelled.isStrong, source: labelled.source, values };
}
