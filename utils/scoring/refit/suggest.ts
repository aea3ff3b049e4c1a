import { type Calibration, calibrate, chanceOf, logOddsPerPoint } from './calibrate.ts';
import { fitLogistic, measureDeviations, type Prior } from './fit-logistic.ts';
import { lossOfChance, type Measured, measureMean } from './metrics.ts';
import { packRows } from './observations.ts';

/** A lead whose end is known, as a card's criteria see it at the moment it was labelled. */
export interface LabelledLead {
  /** When it was labelled, in milliseconds since 1970. */
  at: number;
  isStrong: boolean;
  /** An outcome (won, lost, a meeting) is a strong label; a verdict is one person's word. */
  source: 'outcome' | 'verdict';
  /** For the criteria that hold: their place in the card, and how many times their points they bring. */
  values: readonly (readonly [criterion: number, value: number])[];
}

/** What keeps a suggestion from being offered, with the figures that a person would ask for. */
export type Missing =
  | { what: 'outcomes' | 'strongOutcomes' | 'weakOutcomes'; have: number; need: number }
  | { what: 'improvement'; published: Measured; suggested: Measured }
  | { what: 'change' };

/** One criterion's points before and after, and the interval of what the labels say by themselves, before the step was bounded. */
export interface PointChange {
  criterion: number;
  from: number;
  to: number;
  low: number;
  high: number;
}

/** What a suggestion rests on: labels it was fitted on, and later ones it was held against. */
export interface Ground {
  outcomes: number;
  verdicts: number;
  from: number;
  to: number;
}

export type Suggestion =
  | { kind: 'notYet'; missing: Missing[] }
  | {
      kind: 'offered';
      points: number[];
      changes: PointChange[];
      fittedOn: Ground;
      testedOn: Ground;
      /** Log-loss on the later outcomes, and by how much it falls. */
      published: Measured;
      suggested: Measured;
      gain: Measured;
    };

/** So many outcomes are needed, and so many of each kind. */
export const leastOutcomes = 50;
export const leastOfEach = 10;
/** The furthest that points move in one step. */
export const mostStep = 10;

const verdictWeight = 0.25;
const heldOutShare = 0.3;
/** A step of `mostStep` points is two standard deviations of what is believed beforehand. */
const priorDeviation = (mostStep / 2) * logOddsPerPoint;
/** By so many standard errors the log-loss must fall on outcomes that the fit did not know: by luck alone it falls every other time. */
const leastErrors = 1.96;
const folds = 5;

/** The sum of points that a lead has by its values. */
export function addUp(points: readonly number[], lead: LabelledLead): number {
  return lead.values.reduce((sum, [criterion, value]) => sum + (points[criterion] ?? 0) * value, 0);
}

/** Splits what is labelled by time: the later ones hold `heldOutShare` of the outcomes. What is of one moment stays together. */
export function splitByTime<Labelled extends { at: number | Date; source: LabelledLead['source'] }>(
  leads: readonly Labelled[],
): { earlier: Labelled[]; later: Labelled[] } {
  const times = leads.filter(isOutcome).map((lead) => Number(lead.at));
  times.sort((a, b) => a - b);
  const border = times[Math.floor(times.length * (1 - heldOutShare))] ?? Infinity;
  return {
    earlier: leads.filter((lead) => Number(lead.at) < border),
    later: leads.filter((lead) => Number(lead.at) >= border),
  };
}

/** True of a strong label. */
export function isOutcome(lead: Pick<LabelledLead, 'source'>): boolean {
  return lead.source === 'outcome';
}

/** Calibrated on outcomes alone. */
export function calibrateCard(points: readonly number[], leads: readonly LabelledLead[]): Calibration {
  const outcomes = leads.filter(isOutcome);
  return calibrate(
    outcomes.map((lead) => addUp(points, lead)),
    outcomes.map((lead) => lead.isStrong),
  );
}

/**
 * What the labels suggest for a published card: its points after one step, or what is missing for one. `published` holds each criterion's points.
 * A card's points need not double the odds by ten, so how much a point of this card is worth is told by calibration first; the fit then moves
 * coefficients from the published ones, and points = round(coefficient · 10 / ln 2). Offered only when the log-loss falls on later outcomes,
 * and, with the earlier ones each held out once, by more than luck would have it.
 */
export function suggestPoints(published: readonly number[], leads: readonly LabelledLead[]): Suggestion {
  const missing = listMissing(leads.filter(isOutcome));
  if (missing.length > 0) return { kind: 'notYet', missing };
  const { earlier, later } = splitByTime(leads);
  const changes = fitChanges(published, earlier);
  if (changes.length === 0) return { kind: 'notYet', missing: [{ what: 'change' }] };
  const points = applyChanges(published, changes);

  const tested = compareOn(later, earlier, published, points);
  const figures = {
    published: measureMean(tested.map(({ old }) => old)),
    suggested: measureMean(tested.map(({ next }) => next)),
  };
  const gain = measureMean(tested.map(({ old, next }) => old - next));
  if (!(gain.value > 0) || !isBeyondLuck([...tested, ...crossCompare(published, earlier)])) {
    return { kind: 'notYet', missing: [{ what: 'improvement', ...figures }] };
  }
  return {
    kind: 'offered',
    points,
    changes,
    fittedOn: describeGround(earlier),
    testedOn: describeGround(later),
    ...figures,
    gain,
  };
}

/** The losses of one outcome under the published card and under the suggestion, neither of which knew it. */
interface Compared {
  old: number;
  next: number;
}

/** Both cards, calibrated on `known`, held against the outcomes of `unknown`. */
function compareOn(
  unknown: readonly LabelledLead[],
  known: readonly LabelledLead[],
  published: readonly number[],
  points: readonly number[],
): Compared[] {
  const [before, after] = [calibrateCard(published, known), calibrateCard(points, known)];
  return unknown.filter(isOutcome).map((lead) => ({
    old: lossOfChance(chanceOf(addUp(published, lead), before), lead.isStrong),
    next: lossOfChance(chanceOf(addUp(points, lead), after), lead.isStrong),
  }));
}

/** The same step taken without one part of the leads at a time, and held against that part: few later outcomes alone say little. */
function crossCompare(published: readonly number[], leads: readonly LabelledLead[]): Compared[] {
  return Array.from({ length: folds }, (_, fold) => {
    const known = leads.filter((_lead, index) => index % folds !== fold);
    const unknown = leads.filter((_lead, index) => index % folds === fold);
    return compareOn(unknown, known, published, applyChanges(published, fitChanges(published, known)));
  }).flat();
}

function isBeyondLuck(compared: readonly Compared[]): boolean {
  const { value, high } = measureMean(compared.map(({ old, next }) => old - next));
  return value > (leastErrors * (high - value)) / 1.96;
}

function applyChanges(published: readonly number[], changes: readonly PointChange[]): number[] {
  const moved = new Map(changes.map(({ criterion, to }) => [criterion, to]));
  return published.map((from, criterion) => moved.get(criterion) ?? from);
}

function listMissing(outcomes: readonly LabelledLead[]): Missing[] {
  const strong = outcomes.filter((lead) => lead.isStrong).length;
  const counts = [
    { what: 'outcomes', have: outcomes.length, need: leastOutcomes },
    { what: 'strongOutcomes', have: strong, need: leastOfEach },
    { what: 'weakOutcomes', have: outcomes.length - strong, need: leastOfEach },
  ] as const;
  return counts.filter(({ have, need }) => have < need);
}

/** The criteria whose points move. What a point of this card is worth is held to what a card can sensibly mean. */
function fitChanges(published: readonly number[], leads: readonly LabelledLead[]): PointChange[] {
  const unit = Math.min(4, Math.max(0.25, calibrateCard(published, leads).slope));
  const rows = leads.map(({ values, isStrong, source }) => ({
    entries: values.map(([criterion, value]) => [criterion, value * unit] as const),
    label: Number(isStrong),
    weight: source === 'outcome' ? 1 : verdictWeight,
  }));
  const data = packRows(rows, published.length);
  const prior: Prior = {
    mean: Float64Array.from(published, (points) => points * logOddsPerPoint),
    precision: new Float64Array(published.length).fill(priorDeviation ** -2),
  };
  const fit = fitLogistic(data, prior);
  const deviations = measureDeviations(data, prior, fit);
  return published.flatMap((from, criterion) => {
    const wanted = (fit.coefficients[criterion] ?? 0) / logOddsPerPoint;
    const reach = (1.96 * (deviations[criterion] ?? 0)) / logOddsPerPoint;
    const to = Math.min(from + mostStep, Math.max(from - mostStep, Math.round(wanted))) + 0;
    return to === from ? [] : [{ criterion, from, to, low: wanted - reach, high: wanted + reach }];
  });
}

function describeGround(leads: readonly LabelledLead[]): Ground {
  const outcomes = leads.filter(isOutcome).length;
  const times = leads.map((lead) => lead.at);
  return {
    outcomes,
    verdicts: leads.length - outcomes,
    from: times.reduce((a, b) => Math.min(a, b), Infinity),
    to: times.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}
