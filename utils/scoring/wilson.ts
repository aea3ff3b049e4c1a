/** An interval of a rate, both ends within 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/** The standard normal quantile for 95 %, two-sided. */
const z = 1.959963984540054;

/**
 * The Wilson score interval, 95 %, of `hits` in `count` (E. B. Wilson, "Probable inference", JASA 22, 1927): it stays within 0 to 1 and is
 * honest for small counts. Nothing counted says nothing: 0 to 1.
 */
export function wilsonInterval(hits: number, count: number): Interval {
  if (count <= 0) return { low: 0, high: 1 };
  const rate = hits / count;
  const spread = z * z;
  const centre = (rate + spread / (2 * count)) / (1 + spread / count);
  const reach = (z * Math.sqrt((rate * (1 - rate)) / count + spread / (4 * count * count))) / (1 + spread / count);
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}

/** Below this many, a rate is not told: the interval would be too wide to act on. */
export const enough = 20;

/** How a rate stands to that of all: apart only when its whole interval lies on one side. */
export function compareToAll(hits: number, count: number, rateOfAll: number): 'above' | 'below' | 'cannotTell' {
  const { low, high } = wilsonInterval(hits, count);
  if (low > rateOfAll) return 'above';
  if (high < rateOfAll) return 'below';
  return 'cannotTell';
}
