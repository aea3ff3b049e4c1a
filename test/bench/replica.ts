import type { Benchmark, Mark } from './benchmark.ts';
import { measureReplicaDevice } from './replica-device.ts';
import { measurePainted } from './replica-painted.ts';
import { measurePacking } from './replica-store.ts';

const sizes = [1000, 10_000, 100_000];

/** What a copy of the workspace costs, at three sizes: the store that packs it, and the browser that takes it and reads cards from it. */
export const replicaBenchmark: Benchmark = {
  name: 'replica',
  about:
    'A copy of 1,000, 10,000 and 100,000 contacts packed by a store, taken by a browser, and cards read from it, and painted in a mail page.',
  async measure(say, scale) {
    const marks: Mark[] = [];
    for (const size of sizes) marks.push(...(await measurePacking(Math.max(10, Math.round(size * scale)), say)));
    marks.push(...(await measureReplicaDevice(say, scale)));
    return [...marks, ...(await measurePainted(Math.max(10, Math.round(Math.max(...sizes) * scale)), say))];
  },
};
