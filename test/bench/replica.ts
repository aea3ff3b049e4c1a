import type { Benchmark, Mark } from './benchmark.ts';
import { measurePacking } from './replica-store.ts';

const sizes = [1000, 10_000, 100_000];

/** What a copy of the workspace costs, at three sizes. */
export const replicaBenchmark: Benchmark = {
  name: 'replica',
  about: 'a packed snapshot of 1,000, 10,000 and 100,000 contacts: seconds, bytes, CPU and memory in the store.',
  async measure(say, scale) {
    const marks: Mark[] = [];
    for (const size of sizes) marks.push(...(await measurePacking(Math.max(10, Math.round(size * scale)), say)));
    return marks;
  },
};
