import { type Calibration, calibrate, logOddsPerPoint } from '../utils/scoring/refit/calibrate.ts';
import { fitLogistic, type LogisticFit, lossOf, type Prior, predict } from '../utils/scoring/refit/fit-logistic.ts';
import type { Observations } from '../utils/scoring/refit/observations.ts';
import type { Levelled } from './make-levels.ts';

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
const strengths = [0.5, 3, 18, 108];
const folds = 4;
const manyMore = 2;
/** So many rows are enough to choose by. */
export const mostTried = 12_000;

/**
 * Fits points to labelled rows: logistic regression in which each level draws to nought and neighbouring ranges of a number to each other, how strongly being
 * chosen by four-fold trial on some of the rows, alike ones (by their places) in one fold; points = round(coefficient · 10 / ln 2). What points are worth is calibrated on rows that the points were not fitted on,
 * or, where the rows are many more than were tried, on all of them: then it makes no difference, and one fold is enough to choose by.
 */
export function fitCard(
  columns: readonly Levelled[],
  labels: Int8Array,
  rows: readonly number[],
  { rows: tried, places }: { rows: readonly number[]; places: Float64Array },
): FittedCard {
  const foldOf = Uint8Array.from(tried, (row) => Math.floor((places[row] ?? 0) * folds));
  const data = observe(columns, labels, tried);
  const areMany = rows.length >= mostTried && rows.length >= manyMore * tried.length;
  const trials = strengths.map((strength) =>
    tryStrength(columns, { data, rows: tried, labels, foldOf }, strength, areMany ? 1 : folds),
  );
  const best = trials.reduce((one, other) => (other.loss < one.loss ? other : one));
  const fit = fitLogistic(observe(columns, labels, rows), makePrior(columns, best.strength));
  const points = shape(columns, fit, Math.round);
  const real = shape(columns, fit, (worth) => worth);
  const calibrateOn = (sums: ArrayLike<number>, some: readonly number[]) =>
    calibrate(
      sums,
      some.map((row) => labels[row] === 1),
    );
  const card = { points, real, strength: best.strength };
  if (!areMany) {
    return { ...card, calibration: calibrateOn(best.points, tried), realCalibration: calibrateOn(best.real, tried) };
  }
  const sumAll = (worth: number[][]) => Float64Array.from(rows, (row) => sumLevels(columns, worth, row));
  return { ...card, calibration: calibrateOn(sumAll(points), rows), realCalibration: calibrateOn(sumAll(real), rows) };
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
  /** For each row that was tried the card's points and the real-valued ones, both fitted without its fold. */
  points: Float64Array;
  real: Float64Array;
}

interface Tried {
  data: Observations;
  rows: readonly number[];
  labels: Int8Array;
  foldOf: Uint8Array;
}

function tryStrength(
  columns: readonly Levelled[],
  { data, rows, labels, foldOf }: Tried,
  strength: number,
  times: number,
): Trial {
  const prior = makePrior(columns, strength);
  const trial = { strength, loss: 0, points: new Float64Array(rows.length), real: new Float64Array(rows.length) };
  let last: LogisticFit | undefined;
  for (let fold = 0; fold < times; fold++) {
    const weights = Float64Array.from(foldOf, (each) => Number(each !== fold));
    last = fitLogistic({ ...data, weights }, prior, last);
    const logOdds = predict(data, last);
    const rounded = shape(columns, last, Math.round);
    for (const [index, row] of rows.entries()) {
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
