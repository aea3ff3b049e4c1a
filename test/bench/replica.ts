import type { Benchmark } from './benchmark.ts';
import { measureReplicaDevice } from './replica-device.ts';

/** The copy in the browser. */
export const replicaBenchmark: Benchmark = {
  name: 'replica',
  about: 'A copy of 1,000, 10,000 and 100,000 contacts taken by a browser, and cards read from it.',
  measure: measureReplicaDevice,
};
