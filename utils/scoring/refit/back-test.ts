import type { Scorecard } from '#contract/score.ts';
import { dayMs } from '../points.ts';
import { qualify } from '../qualify.ts';
import { scoreContact } from '../score.ts';
import { type Interval, wilsonInterval } from '../wilson.ts';
import { calibrate, chanceOf } from './calibrate.ts';
import type { LabelledCase } from './labelled-case.ts';
import {
  type CurvePoint,
  drawCalibration,
  type Measured,
  measureAuc,
  measureEce,
  measureLift,
  measureLogLoss,
} from './metrics.ts';
import { isOutcome, splitByTime } from './suggest.ts';

/** How a card would have done on the later part of the workspace's own past. */
export interface BackTested {
  /** On the outcomes. NaN, with the widest interval, where they do not have both ends. */
  auc: Measured;
  logLoss: Measured;
  ece: Measured;
  lift: Measured;
  /** What was predicted against what came, by rising chance. */
  curve: CurvePoint[];
  /** Of outcomes and verdicts those that the card calls qualified: how many a week, and how many of them were strong. */
  qualifiedPerWeek: number;
  qualified: { strong: number; count: number } & Interval;
}

/** The cards side by side, in the order asked, on the same later cases; what their points are worth was calibrated on the earlier outcomes. */
export interface BackTest<Name extends string> {
  outcomes: number;
  verdicts: number;
  /** Null when there is no later case. */
  from: Date | null;
  to: Date | null;
  cards: Record<Name, BackTested>;
}

/** Holds cards against the workspace's past, split by time as for a suggestion, each lead scored as it would have been at the moment it was labelled. */
export function backTest<Name extends string>(
  cards: Record<Name, Scorecard>,
  cases: readonly LabelledCase[],
): BackTest<Name> {
  const { earlier, later } = splitByTime(cases);
  const times = later.map((each) => each.at.getTime()).sort((a, b) => a - b);
  const [from = null, to = null] = [times[0], times.at(-1)];
  const weeks = Math.max(1, ((to ?? 0) - (from ?? 0)) / (7 * dayMs));
  const tested = Object.entries<Scorecard>(cards).map(([name, card]) => [name, testCard(card, earlier, later, weeks)]);
  const outcomes = later.filter(isOutcome).length;
  return {
    outcomes,
    verdicts: later.length - outcomes,
    from: from === null ? null : new Date(from),
    to: to === null ? null : new Date(to),
    cards: Object.fromEntries(tested),
  };
}

function testCard(
  card: Scorecard,
  earlier: readonly LabelledCase[],
  later: readonly LabelledCase[],
  weeks: number,
): BackTested {
  const score = (each: LabelledCase) => scoreContact(card, each.subject, each.touches, each.at);
  const known = earlier.filter(isOutcome);
  const calibration = calibrate(
    known.map((each) => score(each).points),
    known.map((each) => each.isStrong),
  );
  const scored = later.map((each) => ({ each, score: score(each) }));
  const outcomes = scored.filter(({ each }) => isOutcome(each));
  const points = outcomes.map((one) => one.score.points);
  const strong = outcomes.map(({ each }) => each.isStrong);
  const chances = points.map((value) => chanceOf(value, calibration));
  const qualified = scored.filter((one) => qualify(one.score, card).isQualified);
  const hits = qualified.filter(({ each }) => each.isStrong).length;
  return {
    auc: measureAuc(points, strong),
    logLoss: measureLogLoss(chances, strong),
    ece: measureEce(chances, strong),
    lift: measureLift(points, strong),
    curve: drawCalibration(chances, strong),
    qualifiedPerWeek: qualified.length / weeks,
    qualified: { strong: hits, count: qualified.length, ...wilsonInterval(hits, qualified.length) },
  };
}
