import { fitLogistic, toProbability } from './fit-logistic.ts';
import { packRows } from './observations.ts';

/** How many log-odds a point is worth when ten points double the odds. */
export const logOddsPerPoint = Math.LN2 / 10;

/** How points become a chance: log-odds = `intercept` + `slope` · points · ln 2 / 10. A slope of 1: ten points double the odds. */
export interface Calibration {
  slope: number;
  intercept: number;
}

/**
 * Platt's calibration (J. Platt, "Probabilistic outputs for support vector machines", 1999) with his smoothed labels, drawn weakly to a slope of 1 so that
 * perfectly sorted leads do not make it endless. `strong` holds strong labels alone: a verdict's noise would flatten the chances.
 */
export function calibrate(points: ArrayLike<number>, strong: ArrayLike<boolean | number>): Calibration {
  const hits = Array.from(strong).filter(Boolean).length;
  const yes = (hits + 1) / (hits + 2);
  const no = 1 / (points.length - hits + 2);
  const rows = Array.from(points, (value, index) => ({
    entries: [[0, value * logOddsPerPoint] as const],
    label: strong[index] ? yes : no,
  }));
  const { intercept, coefficients } = fitLogistic(packRows(rows, 1), {
    mean: Float64Array.of(1),
    precision: Float64Array.of(1),
  });
  return { slope: coefficients[0] ?? 1, intercept };
}

/** The log-odds that so many points stand for. */
export function logOddsOf(points: number, { slope, intercept }: Calibration): number {
  return intercept + slope * points * logOddsPerPoint;
}

/** The chance of "strong" that so many points stand for. */
export function chanceOf(points: number, calibration: Calibration): number {
  return toProbability(logOddsOf(points, calibration));
}
