/** How often somebody may ask: `burst` at once, then `perSecond`. */
export interface Allowance {
  burst: number;
  perSecond: number;
}

/** What came of asking. `left`: how many more are free now; `retryMs`: when the next one is (0: now). */
export interface Ruling {
  isAllowed: boolean;
  left: number;
  retryMs: number;
}

/** Token buckets by key, in this process's memory. */
export interface Buckets {
  allowance: Allowance;
  /** Takes one out, if it is there. */
  take(key: string): Ruling;
  /** Looks whether one is there. */
  look(key: string): Ruling;
  /** Takes out as many as are there, up to so many: for what is known only afterwards. */
  charge(key: string, cost: number): void;
  has(key: string): boolean;
  forget(key: string): void;
}

/** So many are remembered at most; the longest unused go first. */
const mostKeys = 100_000;

/** Makes buckets that fill themselves by the clock. `nowMs` is monotonic or not: going back fills nothing. */
export function createBuckets(allowance: Allowance, nowMs: () => number): Buckets {
  const { burst, perSecond } = allowance;
  const buckets = new Map<string, { left: number; at: number }>();

  function fill(key: string): { left: number; at: number } {
    const now = nowMs();
    const known = buckets.get(key);
    const since = known === undefined ? 0 : Math.max(0, now - known.at);
    const bucket = { left: Math.min(burst, (known?.left ?? burst) + (since * perSecond) / 1000), at: now };
    // Set anew, so that the map's order is that of last use.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > mostKeys) dropOldest();
    return bucket;
  }
  function dropOldest(): void {
    for (const key of buckets.keys()) {
      buckets.delete(key);
      return;
    }
  }
  const rule = (left: number): Ruling => ({
    isAllowed: left >= 1,
    left: Math.floor(left),
    retryMs: left >= 1 ? 0 : Math.ceil(((1 - left) / perSecond) * 1000),
  });

  return {
    allowance,
    take(key) {
      const bucket = fill(key);
      const ruling = rule(bucket.left);
      if (!ruling.isAllowed) return ruling;
      bucket.left -= 1;
      return { ...ruling, left: Math.floor(bucket.left) };
    },
    look: (key) => rule(fill(key).left),
    charge(key, cost) {
      const bucket = fill(key);
      bucket.left = Math.max(0, bucket.left - cost);
    },
    has: (key) => buckets.has(key),
    forget: (key) => void buckets.delete(key),
  };
}
