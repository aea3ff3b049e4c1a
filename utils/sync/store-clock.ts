import { changeLocal, type LocalMemory, readLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/** How far the clock may drift before it is written down again, and how old what is written may get, in milliseconds. */
const driftMs = 2000;
const staleMs = 60_000;

/**
 * The store has just told its time. Kept beside the device's own, since only the length between the two counts: a laptop's clock may be a year off, and so may
 * nobody's cards be. `storeTime` must be of this very moment, not that of a file that was made earlier.
 */
export async function noteStoreTime(ground: Ground, storeTime: string): Promise<void> {
  const next = { store: Date.parse(storeTime), device: ground.now() };
  const kept = await readLocal(ground.local, 'storeClock');
  if (kept !== null) {
    const drift = Math.abs(next.store - next.device - (kept.store - kept.device));
    if (drift < driftMs && Math.abs(next.store - kept.store) < staleMs) return;
  }
  await changeLocal(ground.local, 'storeClock', () => next);
}

/**
 * How much later the store's clock is than the device's, in milliseconds (negative: earlier); 0 before the store has told. A device's clock that was put back
 * since leads to no time before the last that the store told; one that was put forward ends the lease of the copy before it leads far. `now`: the device's. Pure.
 */
export function clockOffsetOf({ storeClock }: LocalMemory, now: number): number {
  return storeClock === undefined ? 0 : Math.max(storeClock.store - storeClock.device, storeClock.store - now);
}
