import { setTimeout as sleep } from 'node:timers/promises';
import type { Device } from '../e2e/harness/device.ts';
import type { RunningStore } from '../e2e/harness/store.ts';
import { readProcess } from './read-process.ts';

const pauseMs = 20;

/** Asks the store for something small without end, and looks at its memory meanwhile, until it is stopped. Times in ms, memory in MB. */
export function watchStore(store: RunningStore, device: Device) {
  const lookups: number[] = [];
  let peak = 0;
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await (await device.call('/v1/session')).arrayBuffer();
      lookups.push(performance.now() - startedAt);
      peak = Math.max(peak, readProcess(store.pid() ?? 0).megabytes);
      await sleep(pauseMs);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await running;
      return { lookups, peak };
    },
  };
}
