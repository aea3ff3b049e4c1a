import type { WorthALook } from '#contract/evidence.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import { enough, type Interval, wilsonInterval } from './wilson.ts';

/** How many of so many were strong. Of fewer than `enough` it is told how many there are, and nothing more: `isEnough` is false. */
export interface Rate extends Interval {
  strong: number;
  count: number;
  isEnough: boolean;
}

/** A rate of counts. */
export function toRate(strong: number, count: number): Rate {
  return { strong, count, ...wilsonInterval(strong, count), isEnough: count >= enough };
}

/** What two rates say of what sets them apart: something only where their intervals do not meet. */
export function compareRates(held: Rate, other: Rate): 'helps' | 'hurts' | 'cannotTell' | 'notEnough' {
  if (!held.isEnough || !other.isEnough) return 'notEnough';
  if (held.low > other.high) return 'helps';
  return held.high < other.low ? 'hurts' : 'cannotTell';
}

/** Verdicts by the criteria in force that their leads met. */
export interface MetCounts {
  verdicts: number;
  /** `asked`: verdicts given under a scorecard that had the criterion, with points; `met`: those of them whose lead met it. */
  criteria: readonly { criterion: string; asked: number; met: number }[];
  /** How many leads met both. Pairs of few may be left out. */
  pairs: readonly { one: string; other: string; both: number }[];
  /** `of`: verdicts of the same value with a reason; `met`: the reason's own verdicts by criterion, those of none left out. */
  reasons: readonly { reason: VerdictReason; count: number; of: number; met: Readonly<Record<string, number>> }[];
}

/** Of those who meet one of two criteria, so many meet both where they are nearly the same. */
export const twinShare = 0.9;
const mostTold = 10;

/** What the counts say of the criteria themselves: which nobody meets, which hold for nearly the same leads, and which reasons none of them foretells. Most counts first, ten of each at most. */
export function findWorthALook(counts: MetCounts): WorthALook {
  return {
    unmet: counts.criteria
      .filter(({ asked, met }) => met === 0 && asked >= enough)
      .map(({ criterion, asked }) => ({ criterion, of: asked }))
      .sort((a, b) => b.of - a.of)
      .slice(0, mostTold),
    twins: listTwins(counts),
    uncovered: counts.reasons
      .filter((each) => each.count >= enough && !isForetold(each, counts))
      .map(({ reason, count, of }) => ({ reason, count, of }))
      .sort((a, b) => b.count - a.count)
      .slice(0, mostTold),
  };
}

function listTwins({ criteria, pairs }: MetCounts): WorthALook['twins'] {
  const met = new Map(criteria.map((each) => [each.criterion, each.met]));
  return pairs
    .map(({ one, other, both }) => ({ one, other, both, either: (met.get(one) ?? 0) + (met.get(other) ?? 0) - both }))
    .filter(({ both, either }) => either >= enough && both >= twinShare * either)
    .sort((a, b) => b.either - a.either)
    .slice(0, mostTold);
}

/** A reason is foretold when it is given clearly more or less often where some criterion holds than where it does not. */
function isForetold(reason: MetCounts['reasons'][number], { verdicts, criteria }: MetCounts): boolean {
  return criteria.some(({ criterion, met }) => {
    const held = reason.met[criterion] ?? 0;
    const says = compareRates(toRate(held, met), toRate(reason.count - held, verdicts - met));
    return says === 'helps' || says === 'hurts';
  });
}
