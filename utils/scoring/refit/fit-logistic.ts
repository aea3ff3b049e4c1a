import { factor, invertDiagonal, solve } from './cholesky.ts';
import { type Observations, requireSound } from './observations.ts';

/**
 * What is believed of the coefficients before any label: normal, with `mean` and `precision` (1 / variance) of each feature. `ties` draw two features'
 * coefficients together, as neighbouring ranges of one number are. The intercept is free.
 */
export interface Prior {
  mean: Float64Array;
  precision: Float64Array;
  ties?: readonly { one: number; other: number; strength: number }[];
}

/** A fitted model: log-odds = `intercept` + Σ coefficient · value. */
export interface LogisticFit {
  intercept: number;
  coefficients: Float64Array;
  /** False when the steps ran out; the coefficients are then the best that were found. */
  isConverged: boolean;
  steps: number;
}

/** Keeps the intercept's row positive definite where all labels are the same: weak enough to be felt by nobody else. */
const interceptPrecision = 1e-4;
const mostSteps = 60;
const mostHalvings = 40;

/** The logistic function, right for any log-odds. */
export function toProbability(logOdds: number): number {
  if (logOdds >= 0) return 1 / (1 + Math.exp(-logOdds));
  const odds = Math.exp(logOdds);
  return odds / (1 + odds);
}

/** −log p of a label of share `label` under these log-odds, without ever taking the logarithm of 0. */
export function lossOf(logOdds: number, label: number): number {
  return Math.max(logOdds, 0) - logOdds * label + Math.log1p(Math.exp(-Math.abs(logOdds)));
}

/** Log-odds of each row under these parameters, the intercept being the last of them. */
function predictInto(data: Observations, parameters: Float64Array, into: Float64Array): void {
  const { starts, features, values, width } = data;
  const intercept = parameters[width] as number;
  for (let row = 0; row < into.length; row++) {
    let sum = intercept;
    const end = starts[row + 1] as number;
    for (let at = starts[row] as number; at < end; at++) {
      sum += (parameters[features[at] as number] as number) * (values[at] as number);
    }
    into[row] = sum;
  }
}

/** Log-odds of each row under a fit. */
export function predict(data: Observations, fit: Pick<LogisticFit, 'intercept' | 'coefficients'>): Float64Array {
  const parameters = new Float64Array(data.width + 1);
  parameters.set(fit.coefficients);
  parameters[data.width] = fit.intercept;
  const logOdds = new Float64Array(data.labels.length);
  predictInto(data, parameters, logOdds);
  return logOdds;
}

/** What is to be made small: the weighted loss and the prior's pull. */
function measure(data: Observations, prior: Prior, parameters: Float64Array, logOdds: Float64Array): number {
  let sum = (interceptPrecision * (parameters[data.width] as number) ** 2) / 2;
  for (let row = 0; row < logOdds.length; row++) {
    sum += (data.weights[row] as number) * lossOf(logOdds[row] as number, data.labels[row] as number);
  }
  for (let j = 0; j < data.width; j++) {
    sum += ((prior.precision[j] as number) * ((parameters[j] as number) - (prior.mean[j] as number)) ** 2) / 2;
  }
  for (const { one, other, strength } of prior.ties ?? []) {
    sum += (strength * ((parameters[one] as number) - (parameters[other] as number)) ** 2) / 2;
  }
  return sum;
}

/** Adds the prior's part of gradient and Hessian. */
function addPrior(prior: Prior, parameters: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
  const size = parameters.length;
  const last = size - 1;
  const add = (into: Float64Array, at: number, value: number) => {
    into[at] = (into[at] as number) + value;
  };
  for (let j = 0; j < last; j++) {
    const precision = prior.precision[j] as number;
    add(gradient, j, precision * ((parameters[j] as number) - (prior.mean[j] as number)));
    add(hessian, j * size + j, precision);
  }
  add(gradient, last, interceptPrecision * (parameters[last] as number));
  add(hessian, last * size + last, interceptPrecision);
  for (const { one, other, strength } of prior.ties ?? []) {
    const pull = strength * ((parameters[one] as number) - (parameters[other] as number));
    add(gradient, one, pull);
    add(gradient, other, -pull);
    add(hessian, one * size + one, strength);
    add(hessian, other * size + other, strength);
    add(hessian, Math.max(one, other) * size + Math.min(one, other), -strength);
  }
}

/** Gradient, and the lower half of the Hessian, of the weighted loss. Rows must have their features in rising order. */
function addLoss(data: Observations, logOdds: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
  const { starts, features, values, labels, weights, width } = data;
  const size = width + 1;
  const lastRow = width * size;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights[row] as number;
    if (weight === 0) continue;
    const p = toProbability(logOdds[row] as number);
    const residual = weight * (p - (labels[row] as number));
    const curvature = weight * p * (1 - p);
    const begin = starts[row] as number;
    const end = starts[row + 1] as number;
    for (let at = begin; at < end; at++) {
      const j = features[at] as number;
      const value = values[at] as number;
      gradient[j] = (gradient[j] as number) + residual * value;
      const scaled = curvature * value;
      hessian[lastRow + j] = (hessian[lastRow + j] as number) + scaled;
      const line = j * size;
      for (let k = begin; k <= at; k++) {
        const place = line + (features[k] as number);
        hessian[place] = (hessian[place] as number) + scaled * (values[k] as number);
      }
    }
    gradient[width] = (gradient[width] as number) + residual;
    hessian[lastRow + width] = (hessian[lastRow + width] as number) + curvature;
  }
}

/** Factors the Hessian; where rounding has cost it its definiteness (a coefficient without a prior, collinear columns) the diagonal is raised until it holds. */
function factorSafely(hessian: Float64Array, size: number): Float64Array {
  let largest = 0;
  for (let j = 0; j < size; j++) largest = Math.max(largest, hessian[j * size + j] as number);
  for (let lift = 0; ; lift = lift === 0 ? Math.max(largest, 1) * 1e-12 : lift * 10) {
    const attempt = hessian.slice();
    for (let j = 0; j < size; j++) attempt[j * size + j] = (attempt[j * size + j] as number) + lift;
    if (factor(attempt, size)) return attempt;
  }
}

/**
 * Logistic regression with a normal prior, by iteratively reweighted least squares (Newton's method; a step that does not help is halved), solved by Cholesky.
 * The prior makes the optimum finite and single on separable, constant and collinear columns too; with precision 0 these are held by what is added to the diagonal.
 * `from`: parameters to begin with, for a series of like fits. Throws a RangeError that names the row for values that are no numbers, and for a prior of another width.
 */
export function fitLogistic(data: Observations, prior: Prior, from?: LogisticFit): LogisticFit {
  requireSound(data);
  requirePrior(prior, data.width);
  const size = data.width + 1;
  let parameters = new Float64Array(size);
  parameters.set(from?.coefficients ?? prior.mean);
  parameters[data.width] = from?.intercept ?? 0;
  const ordered = orderFeatures(data);
  let logOdds = new Float64Array(data.labels.length);
  predictInto(ordered, parameters, logOdds);
  let loss = measure(ordered, prior, parameters, logOdds);
  let isConverged = false;
  let steps = 0;
  while (!isConverged && steps < mostSteps) {
    const { gradient, hessian } = differentiate(ordered, prior, parameters, logOdds);
    solve(factorSafely(hessian, size), size, gradient);
    steps += 1;
    const next = descend(ordered, prior, { parameters, step: gradient, loss });
    isConverged = next === null || loss - next.loss <= 1e-9 * (1 + Math.abs(next.loss));
    if (next !== null) ({ parameters, logOdds, loss } = next);
  }
  return {
    intercept: parameters[data.width] as number,
    coefficients: parameters.slice(0, data.width),
    isConverged,
    steps,
  };
}

/** Posterior standard deviations of a fit's coefficients, in their order, by the curvature where it stands. */
export function measureDeviations(data: Observations, prior: Prior, fit: LogisticFit): Float64Array {
  const parameters = Float64Array.of(...fit.coefficients, fit.intercept);
  const { hessian } = differentiate(orderFeatures(data), prior, parameters, predict(data, fit));
  const deviations = invertDiagonal(factorSafely(hessian, parameters.length), parameters.length).map(Math.sqrt);
  return deviations.slice(0, data.width);
}

function differentiate(data: Observations, prior: Prior, parameters: Float64Array, logOdds: Float64Array) {
  const size = parameters.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  addLoss(data, logOdds, gradient, hessian);
  addPrior(prior, parameters, gradient, hessian);
  return { gradient, hessian };
}

/** The step, halved until it helps; null when no part of it does: then this is the optimum, as near as numbers go. */
function descend(
  data: Observations,
  prior: Prior,
  at: { parameters: Float64Array; step: Float64Array; loss: number },
): { parameters: Float64Array<ArrayBuffer>; logOdds: Float64Array<ArrayBuffer>; loss: number } | null {
  const logOdds = new Float64Array(data.labels.length);
  for (let halvings = 0, share = 1; halvings < mostHalvings; halvings++, share /= 2) {
    const parameters = Float64Array.from(at.parameters, (value, j) => value - share * (at.step[j] as number));
    predictInto(data, parameters, logOdds);
    const loss = measure(data, prior, parameters, logOdds);
    if (loss <= at.loss) return { parameters, logOdds, loss };
  }
  return null;
}

function requirePrior({ mean, precision }: Prior, width: number): void {
  if (mean.length !== width || precision.length !== width) {
    throw new RangeError(`The prior speaks of ${mean.length} features, the rows of ${width}.`);
  }
  const wrong = mean.findIndex((value, j) => !Number.isFinite(value) || !((precision[j] as number) >= 0));
  if (wrong !== -1) throw new RangeError(`The prior of feature ${wrong} is no number.`);
}

/** The same rows with their features in rising order, so that pairs fall in the Hessian's lower half; rows that are so already stay as they are. */
function orderFeatures(data: Observations): Observations {
  const { starts, features, values } = data;
  const isOrdered = (row: number) => {
    for (let at = (starts[row] as number) + 1; at < (starts[row + 1] as number); at++) {
      if ((features[at] as number) < (features[at - 1] as number)) return false;
    }
    return true;
  };
  let ordered: { features: Int32Array; values: Float64Array } | null = null;
  for (let row = 0; row < data.labels.length; row++) {
    if (isOrdered(row)) continue;
    ordered ??= { features: features.slice(), values: values.slice() };
    const begin = starts[row] as number;
    const places = Array.from({ length: (starts[row + 1] as number) - begin }, (_, k) => begin + k);
    places.sort((a, b) => (features[a] as number) - (features[b] as number));
    for (const [k, place] of places.entries()) {
      ordered.features[begin + k] = features[place] as number;
      ordered.values[begin + k] = values[place] as number;
    }
  }
  return ordered === null ? data : { ...data, ...ordered };
}
