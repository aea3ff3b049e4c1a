/** One measured figure beside the mark it should reach. */
export interface Mark {
  name: string;
  value: number;
  unit: string;
  /** Null where there is nothing to reach: the figure is for comparison. */
  mark: number | null;
  /** Null where there is no mark. */
  met: boolean | null;
}

/** An entry of `npm run bench`. */
export interface Benchmark {
  /** What a person types to run this one alone. */
  name: string;
  /** What it measures, in one sentence. */
  about: string;
  /** Measures; `say` reports progress, `scale` is the share of the full size that is wanted (1 for a mark that counts); `data`, where a benchmark knows it, a folder that it fills once and finds filled the next time. Throws one sentence when something it needs is missing. */
  measure(say: (line: string) => void, scale: number, data?: string | null): Promise<Mark[]>;
  /** What it consists of, where a part alone can be asked for by its name; the whole runs them all. */
  parts?: readonly Benchmark[];
}

/** A figure that should be no more than its mark. */
export function atMost(mark: number, name: string, value: number, unit: string): Mark {
  return { name, value: round(value), unit, mark, met: value <= mark };
}

/** A figure that should be no less than its mark. */
export function atLeast(mark: number, name: string, value: number, unit: string): Mark {
  return { name, value: round(value), unit, mark, met: value >= mark };
}

/** A figure without a mark. */
export function figure(name: string, value: number, unit: string): Mark {
  return { name, value: round(value), unit, mark: null, met: null };
}

/** The value below which a share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
