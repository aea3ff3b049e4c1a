import { type Calibration, calibrate, logOddsPerPoint } from '../utils/scoring/refit/calibrate.ts';
import { fitLogistic, type LogisticFit, lossOf, type Prior, predict } from '../utils/scoring/refit/fit-logistic.ts';
import type { Observations } from '../utils/scoring/refit/observations.ts';
import type { Levelled } from './make-levels.ts';
import { hashToShare } from './split.ts';

/** A fitted card: points for each level of each column, in the columns' order; the same with what they were before rounding; and what points are worth. */
export interface FittedCard {
  points: number[][];
  calibration: Calibration;
  real: number[][];
  realCalibration: Calibration;
  /** How strongly coefficients were held, chosen by trying. */
  strength: number;
}

/** How strongly coefficients may be held to nought: 1 is as much as a label at even odds says in four. */
const strengths = [0.5, 2, 8, 32];
const folds = 5;

/**
 * Fits points to labelled rows: logistic regression in which each level draws to nought and neighbouring ranges of a number to each other, how strongly being
 * chosen by five-fold trial; points = round(coefficient · 10 / ln 2). What points are worth is calibrated on rows that the points were not fitted on.
 * `tried`: how many of the rows the trials look at, at most.
 */
export function fitCard(
  columns: readonly Levelled[],
  labels: Int8Array,
  rows: readonly number[],
  tried: number,
): FittedCard {
  const step = Math.max(1, rows.length / tried);
  const sample = Array.from({ length: Math.floor(rows.length / step) }, (_, k) => rows[Math.floor(k * step)] ?? 0);
  const foldOf = Uint8Array.from(sample, (row) => Math.floor(hashToShare(`fold ${row}`) * folds));
  const trials = strengths.map((strength) => tryStrength(columns, labels, sample, foldOf, strength));
  const best = trials.reduce((one, other) => (other.loss < one.loss ? other : one));
  // What holds coefficients to nought is the same in size however many rows speak against it.
  const fit = fitLogistic(observe(columns, labels, rows), makePrior(columns, best.strength));
  const strong = sample.map((row) => labels[row] === 1);
  return {
    points: shape(columns, fit, Math.round),
    calibration: calibrate(best.points, strong),
    real: shape(columns, fit, (points) => points),
    realCalibration: calibrate(best.real, strong),
    strength: best.strength,
  };
}

/** The points that a row's levels sum up to. */
export function sumLevels(columns: readonly Levelled[], points: readonly (readonly number[])[], row: number): number {
  let sum = 0;
  for (const [index, column] of columns.entries()) sum += points[index]?.[column.levels[row] ?? -1] ?? 0;
  return sum;
}

interface Trial {
  strength: number;
  loss: number;
  /** For each row of the sample the card's points and the real-valued ones, both fitted without its fold. */
  points: Float64Array;
  real: Float64Array;
}

function tryStrength(
  columns: readonly Levelled[],
  labels: Int8Array,
  sample: readonly number[],
  foldOf: Uint8Array,
  strength: number,
): Trial {
  const data = observe(columns, labels, sample);
  const prior = makePrior(columns, strength);
  const trial = { strength, loss: 0, points: new Float64Array(sample.length), real: new Float64Array(sample.length) };
  let last: LogisticFit | undefined;
  for (let fold = 0; fold < folds; fold++) {
    const weights = Float64Array.from(foldOf, (each) => Number(each !== fold));
    last = fitLogistic({ ...data, weights }, prior, last);
    const logOdds = predict(data, last);
    const rounded = shape(columns, last, Math.round);
    for (const [index, row] of sample.entries()) {
      if (foldOf[index] !== fold) continue;
      const odds = logOdds[index] ?? 0;
      trial.loss += lossOf(odds, labels[row] ?? 0);
      trial.real[index] = (odds - last.intercept) / logOddsPerPoint;
      trial.points[index] = sumLevels(columns, rounded, row);
    }
  }
  return trial;
}

/** Rows as a fit takes them: of each column the level that holds. */
export function observe(columns: readonly Levelled[], labels: Int8Array, rows: readonly number[]): Observations {
  const firsts = listFirsts(columns);
  const data: Observations = {
    width: columns.reduce((sum, column) => sum + column.names.length, 0),
    starts: new Int32Array(rows.length + 1),
    features: new Int32Array(rows.length * columns.length),
    values: new Float64Array(rows.length * columns.length).fill(1),
    labels: Float64Array.from(rows, (row) => labels[row] ?? 0),
    weights: new Float64Array(rows.length).fill(1),
  };
  let at = 0;
  for (const [index, row] of rows.entries()) {
    for (const [c, column] of columns.entries()) {
      const level = column.levels[row] ?? -1;
      if (level >= 0) data.features[at++] = (firsts[c] ?? 0) + level;
    }
    data.starts[index + 1] = at;
  }
  return data;
}

function listFirsts(columns: readonly Levelled[]): number[] {
  let first = 0;
  return columns.map((column) => {
    const own = first;
    first += column.names.length;
    return own;
  });
}

/** Ranges of a number are held to each other rather than to nought: a slope is no less likely for being long. */
function makePrior(columns: readonly Levelled[], strength: number): Prior {
  const firsts = listFirsts(columns);
  const precision = columns.flatMap((column) =>
    column.names.map((_, level) => (level < column.ranges ? strength / 4 : strength)),
  );
  const ties = columns.flatMap((column, index) =>
    Array.from({ length: Math.max(0, column.ranges - 1) }, (_, k) => {
      const one = (firsts[index] ?? 0) + k;
      return { one, other: one + 1, strength: strength * 2 };
    }),
  );
  return { mean: new Float64Array(precision.length), precision: Float64Array.from(precision), ties };
}

function shape(columns: readonly Levelled[], fit: LogisticFit, round: (points: number) => number): number[][] {
  const firsts = listFirsts(columns);
  return columns.map((column, index) =>
    column.names.map((_, level) => round((fit.coefficients[(firsts[index] ?? 0) + level] ?? 0) / logOddsPerPoint) + 0),
  );
}
