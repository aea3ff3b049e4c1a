import type { Benchmark } from './benchmark.ts';
import { deskBenchmark } from './desk.ts';
import { importBenchmark } from './import.ts';
import { liveBenchmark } from './live.ts';
import { loopBenchmark } from './loop.ts';
import { replicaBenchmark } from './replica.ts';
import { scoreBenchmark } from './score.ts';
import { sitesBenchmark } from './sites.ts';
import { sizeBenchmark } from './size.ts';
import { storeBenchmark } from './store.ts';

/** Every benchmark, in the order they run. */
export const benchmarks: readonly Benchmark[] = [
  sizeBenchmark,
  sitesBenchmark,
  storeBenchmark,
  importBenchmark,
  liveBenchmark,
  loopBenchmark,
  replicaBenchmark,
  scoreBenchmark,
  deskBenchmark,
];
