import type { Scorecard } from '#contract/score.ts';
import { dayMs } from '../points.ts';
import { qualify } from '../qualify.ts';
import { scoreOnce } from '../score.ts';
import { enough, type Interval, wilsonInterval } from '../wilson.ts';
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
  /** What was predicted against what came, by rising chance, in groups that are large enough for a rate. */
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

/** All that a back-test needs of a case under one card: touches need not be held for it. */
export interface ScoredCase extends Pick<LabelledCase, 'at' | 'isStrong' | 'source'> {
  points: number;
  isQualified: boolean;
}

/** A case as the card would have scored it at the moment it was labelled. */
export function scoreCase(card: Scorecard, { at, isStrong, source, subject, touches }: LabelledCase): ScoredCase {
  const score = scoreOnce(card, subject, touches, at);
  return { at, isStrong, source, points: score.points, isQualified: qualify(score, card).isQualified };
}

/** Holds cards against the workspace's past, split by time as for a suggestion, each lead scored as it would have been at the moment it was labelled. */
export function backTest<Name extends string>(
  cards: Record<Name, Scorecard>,
  cases: readonly LabelledCase[],
): BackTest<Name> {
  const scored = Object.entries<Scorecard>(cards).map(([name, card]) => [
    name,
    cases.map((each) => scoreCase(card, each)),
  ]);
  return compareScored(Object.fromEntries(scored));
}

/** The same of cases that were scored before: under each card the same cases in the same order. */
export function compareScored<Name extends string>(cards: Record<Name, readonly ScoredCase[]>): BackTest<Name> {
  const [first = []] = Object.values<readonly ScoredCase[]>(cards);
  const { later } = splitByTime(first);
  const times = later.map((each) => each.at.getTime()).sort((a, b) => a - b);
  const [from = null, to = null] = [times[0], times.at(-1)];
  const weeks = Math.max(1, ((to ?? 0) - (from ?? 0)) / (7 * dayMs));
  const tested = Object.entries<readonly ScoredCase[]>(cards).map(([name, scored]) => [name, measure(scored, weeks)]);
  const outcomes = later.filter(isOutcome).length;
  return {
    outcomes,
    verdicts: later.length - outcomes,
    from: from === null ? null : new Date(from),
    to: to === null ? null : new Date(to),
    cards: Object.fromEntries(tested),
  };
}

function measure(scored: readonly ScoredCase[], weeks: number): BackTested {
  const { earlier, later } = splitByTime(scored);
  const known = earlier.filter(isOutcome);
  const calibration = calibrate(
    known.map((each) => each.points),
    known.map((each) => each.isStrong),
  );
  const outcomes = later.filter(isOutcome);
  const points = outcomes.map((each) => each.points);
  const strong = outcomes.map((each) => each.isStrong);
  const chances = points.map((value) => chanceOf(value, calibration));
  const qualified = later.filter((each) => each.isQualified);
  const hits = qualified.filter((each) => each.isStrong).length;
  return {
    auc: measureAuc(points, strong),
    logLoss: measureLogLoss(chances, strong),
    ece: measureEce(chances, strong),
    lift: measureLift(points, strong),
    curve: drawCalibration(chances, strong, enough),
    qualifiedPerWeek: qualified.length / weeks,
    qualified: { strong: hits, count: qualified.length, ...wilsonInterval(hits, qualified.length) },
  };
}
