import type { Scorecard } from '#contract/score.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import { type LabelledCase, readValue } from './refit/labelled-case.ts';
import { enough, type Interval, wilsonInterval } from './wilson.ts';

/** How many of so many were strong. Of fewer than `enough` it is told how many there are, and nothing more: `isEnough` is false. */
export interface Rate extends Interval {
  strong: number;
  count: number;
  isEnough: boolean;
}

/** What the labelled leads say about one criterion. */
export interface CriterionEvidence {
  criterion: string;
  with: Rate;
  without: Rate;
  /** `helps` or `hurts` only when the two intervals stay apart. */
  says: 'helps' | 'hurts' | 'cannotTell' | 'notEnough';
  /** Of those who meet it, by the account's segment, most first; null is no segment. */
  segments: { segment: string | null; rate: Rate }[];
}

/** Two criteria that hold for nearly the same leads: their points count twice. */
export interface Twins {
  one: string;
  other: string;
  both: number;
  either: number;
}

/** A reason of verdicts that no criterion foretells: a candidate for a new one. */
export interface Uncovered {
  reason: VerdictReason;
  count: number;
  /** Of so many verdicts with the same value and a reason. */
  of: number;
}

export interface Evidence {
  /** In the scorecard's order. */
  criteria: CriterionEvidence[];
  /** Criteria that none of the labelled leads meets. */
  unmet: string[];
  twins: Twins[];
  uncovered: Uncovered[];
}

const twinShare = 0.9;

/** Lays outcomes and verdicts beside a scorecard's criteria, each lead as it stood when it was labelled. A criterion of engagement is met while any of it is left. */
export function gatherEvidence(card: Pick<Scorecard, 'criteria'>, cases: readonly LabelledCase[]): Evidence {
  const met = card.criteria.map((criterion) => ({
    id: criterion.id,
    cases: new Set(cases.filter((each) => readValue(criterion, each) > 0)),
  }));
  return {
    criteria: met.map(({ id, cases: own }) => weigh(id, cases, own)),
    unmet: met.filter((each) => each.cases.size === 0).map(({ id }) => id),
    twins: listTwins(met),
    uncovered: listUncovered(met, cases),
  };
}

type Met = readonly { id: string; cases: ReadonlySet<LabelledCase> }[];

/** A rate of counts. */
export function toRate(strong: number, count: number): Rate {
  return { strong, count, ...wilsonInterval(strong, count), isEnough: count >= enough };
}

function rateOf(cases: readonly LabelledCase[], isHit = (each: LabelledCase) => each.isStrong): Rate {
  return toRate(cases.filter(isHit).length, cases.length);
}

function weigh(criterion: string, cases: readonly LabelledCase[], own: ReadonlySet<LabelledCase>): CriterionEvidence {
  const meeting = cases.filter((each) => own.has(each));
  const [held, other] = [rateOf(meeting), rateOf(cases.filter((each) => !own.has(each)))];
  const segments = [...Map.groupBy(meeting, (each) => each.subject.account?.segment ?? null)]
    .map(([segment, some]) => ({ segment, rate: rateOf(some) }))
    .sort((a, b) => b.rate.count - a.rate.count || String(a.segment).localeCompare(String(b.segment)));
  return { criterion, with: held, without: other, says: compareRates(held, other), segments };
}

/** What two rates say of what sets them apart: something only where their intervals do not meet. */
export function compareRates(held: Rate, other: Rate): CriterionEvidence['says'] {
  if (!held.isEnough || !other.isEnough) return 'notEnough';
  if (held.low > other.high) return 'helps';
  return held.high < other.low ? 'hurts' : 'cannotTell';
}

function listTwins(met: Met): Twins[] {
  return met.flatMap((one, index) =>
    met.slice(index + 1).flatMap((other) => {
      const both = [...one.cases].filter((each) => other.cases.has(each)).length;
      const either = one.cases.size + other.cases.size - both;
      return either >= enough && both >= twinShare * either ? [{ one: one.id, other: other.id, both, either }] : [];
    }),
  );
}

/** A reason is covered when it is given clearly more or less often where some criterion holds than where it does not. */
function listUncovered(met: Met, cases: readonly LabelledCase[]): Uncovered[] {
  const withReason = cases.filter((each) => each.reason !== null);
  return [...Map.groupBy(withReason, (each) => each.reason)].flatMap(([reason, own]) => {
    if (reason === null || own.length < enough) return [];
    const isCovered = met.some(({ cases: meeting }) => {
      const [held, other] = [true, false].map((holds) =>
        rateOf(
          cases.filter((each) => each.source === 'verdict' && meeting.has(each) === holds),
          (each) => each.reason === reason,
        ),
      );
      return held !== undefined && other !== undefined && ['helps', 'hurts'].includes(compareRates(held, other));
    });
    const of = withReason.filter((each) => each.isStrong === own[0]?.isStrong).length;
    return isCovered ? [] : [{ reason, count: own.length, of }];
  });
}
