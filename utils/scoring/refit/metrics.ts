import { type Interval, wilsonInterval } from '../wilson.ts';
import { createRandom } from './random.ts';

/** A figure with its 95 % interval. */
export interface Measured extends Interval {
  value: number;
}

/** One point of the calibration curve: what was predicted on average, what came, of how many. */
export interface CurvePoint {
  predicted: number;
  observed: Measured;
  count: number;
}

const z = 1.959963984540054;
const bins = 10;
const resamples = 400;

/** Ranks from 1, ties sharing the middle of theirs. */
function rank(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, index) => index).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to += 1;
    for (let k = from; k < to; k++) ranks[order[k] as number] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/**
 * The chance that a strong lead stands before a weak one, ties counting half: the area under the ROC curve.
 * NaN when one of the two is missing: there is nothing to tell apart.
 */
export function aucOf(scores: ArrayLike<number>, strong: ArrayLike<boolean | number>): number {
  const ranks = rank(scores);
  let hits = 0;
  let sum = 0;
  for (let index = 0; index < ranks.length; index++) {
    if (!strong[index]) continue;
    hits += 1;
    sum += ranks[index] as number;
  }
  const misses = ranks.length - hits;
  return (sum - (hits * (hits + 1)) / 2) / (hits * misses);
}

/** The AUC with its interval by DeLong's variance (Biometrics 44, 1988, by mid-ranks). NaN and 0 to 1 when one of the two is missing. */
export function measureAuc(scores: ArrayLike<number>, strong: ArrayLike<boolean | number>): Measured {
  const value = aucOf(scores, strong);
  if (Number.isNaN(value)) return { value, low: 0, high: 1 };
  const all = rank(scores);
  const variance = [true, false].reduce((sum, isStrong) => {
    const own = Array.from(scores).flatMap((_, index) => (Boolean(strong[index]) === isStrong ? [index] : []));
    const ownRanks = rank(own.map((index) => scores[index] as number));
    const others = all.length - own.length;
    const places = own.map((index, k) => ((all[index] as number) - (ownRanks[k] as number)) / others);
    return sum + varianceOf(places) / own.length;
  }, 0);
  const reach = z * Math.sqrt(variance);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}

function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return 0.25;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** −log of the chance that was given to what came. A chance of exactly 0 or 1 is taken as one of 10⁻¹⁵ off. */
export function lossOfChance(chance: number, isStrong: boolean | number | undefined): number {
  return -Math.log(Math.max(1e-15, isStrong ? chance : 1 - chance));
}

/** The mean log-loss, with the interval of a mean. NaN of nothing. */
export function measureLogLoss(chances: ArrayLike<number>, strong: ArrayLike<boolean | number>): Measured {
  return measureMean(Array.from(chances, (chance, index) => lossOfChance(chance, strong[index])));
}

/** A mean with its normal interval. NaN of nothing; of a single value the interval is everything. */
export function measureMean(values: readonly number[]): Measured {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const reach = values.length < 2 ? Infinity : z * Math.sqrt(varianceOf(values) / values.length);
  return { value, low: value - reach, high: value + reach };
}

function binOf(chance: number): number {
  return Math.min(bins - 1, Math.floor(chance * bins));
}

/** The expected calibration error over ten equal ranges of chance: how far what came lies from what was predicted, on average. NaN of nothing. */
export function eceOf(chances: ArrayLike<number>, strong: ArrayLike<boolean | number>): number {
  const gaps = new Float64Array(bins);
  for (let index = 0; index < chances.length; index++) {
    const bin = binOf(chances[index] as number);
    gaps[bin] = (gaps[bin] as number) + (chances[index] as number) - (strong[index] ? 1 : 0);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / chances.length;
}

/**
 * The expected calibration error with a bootstrap's percentiles, the same each time. A resample is never better calibrated by luck alone than its source is by
 * truth: of few leads the interval lies high.
 */
export function measureEce(chances: ArrayLike<number>, strong: ArrayLike<boolean | number>): Measured {
  const value = eceOf(chances, strong);
  const count = chances.length;
  if (count === 0) return { value, low: 0, high: 1 };
  const random = createRandom(count);
  const binned = Uint8Array.from(chances, binOf);
  const gapOf = Float64Array.from(chances, (chance, index) => chance - Number(Boolean(strong[index])));
  const found = Array.from({ length: resamples }, () => {
    const gaps = new Float64Array(bins);
    for (let drawn = 0; drawn < count; drawn++) {
      const index = Math.floor(random() * count);
      const bin = binned[index] as number;
      gaps[bin] = (gaps[bin] as number) + (gapOf[index] as number);
    }
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count;
  }).sort((one, other) => one - other);
  const low = found[Math.floor(0.025 * resamples)] ?? 0;
  const high = found[Math.ceil(0.975 * resamples) - 1] ?? 1;
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** What was predicted against what came, in ten groups of as many leads each (fewer where a group would have fewer than `least`), by rising chance. */
export function drawCalibration(
  chances: ArrayLike<number>,
  strong: ArrayLike<boolean | number>,
  least = 1,
): CurvePoint[] {
  const order = Array.from(chances, (_, index) => index).sort(
    (a, b) => (chances[a] as number) - (chances[b] as number) || a - b,
  );
  const groups = Math.min(bins, Math.max(Math.sign(order.length), Math.floor(order.length / least)));
  return Array.from({ length: groups }, (_, group) => {
    const own = order.slice(
      Math.floor((group * order.length) / groups),
      Math.floor(((group + 1) * order.length) / groups),
    );
    const hits = own.filter((index) => strong[index]).length;
    const predicted = own.reduce((sum, index) => sum + (chances[index] as number), 0) / own.length;
    return {
      predicted,
      observed: { value: hits / own.length, ...wilsonInterval(hits, own.length) },
      count: own.length,
    };
  });
}

/**
 * How much more often the best tenth is strong than all are: 1 is no better than chance. Leads that tie at its border count with the share that has room.
 * The interval is that of the tenth's rate. NaN when none is strong.
 */
export function measureLift(scores: ArrayLike<number>, strong: ArrayLike<boolean | number>): Measured {
  const order = Array.from(scores, (_, index) => index).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const room = Math.max(1, Math.round(order.length / 10));
  const border = scores[order[room - 1] ?? 0] as number;
  const above = order.filter((index) => (scores[index] as number) > border);
  const tied = order.filter((index) => scores[index] === border);
  const countStrong = (some: readonly number[]) => some.filter((index) => strong[index]).length;
  const hits = countStrong(above) + (countStrong(tied) * (room - above.length)) / Math.max(1, tied.length);
  const rateOfAll = countStrong(order) / order.length;
  const { low, high } = wilsonInterval(hits, room);
  return { value: hits / room / rateOfAll, low: low / rateOfAll, high: high / rateOfAll };
}
