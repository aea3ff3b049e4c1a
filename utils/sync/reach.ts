import { log } from '../platform/log.ts';
import { type Reach, readLocal, writeLocal } from '../settings/local-state.ts';
import { backoffMs } from './backoff.ts';
import type { OldSide } from './call.ts';
import type { Ground } from './ground.ts';

/** A store that says "later" for longer than this is told of as one that does not answer, in milliseconds. */
const patientMs = 2 * 60_000;
/** The first wait of two sides that do not understand each other: an update does not come within a second. In milliseconds. */
const mismatchMs = 60_000;

/** No wait that is written down here is longer, in milliseconds. */
const longestWaitMs = 15 * 60_000;

/** Whether the next try may be made. A wait longer than any that is ever set was written down by a clock that has been put right since: it counts for nothing. */
export function isTryDue(reach: Pick<Reach, 'retryAt'> | null, now: number): boolean {
  return reach === null || now >= reach.retryAt || reach.retryAt - now > longestWaitMs;
}

/** No answer that makes sense: the next try waits longer. Answers when it may be, in milliseconds from now. */
export async function noteUnreachable(ground: Ground, why: string): Promise<number> {
  const now = ground.now();
  const reach = await readLocal(ground.local, 'reach');
  const failures = (reach?.failures ?? 0) + 1;
  const wait = backoffMs(failures);
  log.warn('sync', 'the store was not reached', { why, failures, wait });
  const since = reach?.store === 'unreachable' ? reach.since : now;
  await writeLocal(ground.local, 'reach', { store: 'unreachable', since, failures, retryAt: now + wait });
  if (reach?.store !== 'unreachable') ground.changed();
  return wait;
}

/**
 * The store itself said when to come back (too many requests, or going down and up again): nobody is told that it is gone, and it is left alone until then,
 * and up to half as long again, so that devices do not come back all at once. After two minutes of that it counts as unreachable. Answers as `noteUnreachable`.
 */
export async function noteBusy(
  ground: Ground,
  why: string,
  retryMs: number,
  random: () => number = Math.random,
): Promise<number> {
  const now = ground.now();
  const reach = await readLocal(ground.local, 'reach');
  const busySince = reach?.busySince ?? now;
  if (reach === null || reach.store !== 'reached' || now - busySince > patientMs) {
    const wait = Math.max(retryMs, await noteUnreachable(ground, why));
    const noted = await readLocal(ground.local, 'reach');
    if (noted !== null) await writeLocal(ground.local, 'reach', { ...noted, retryAt: now + wait });
    return wait;
  }
  const wait = Math.round(retryMs * (1 + random() / 2));
  log.info('sync', 'the store asks to be left alone for a while', { why, wait });
  await writeLocal(ground.local, 'reach', { ...reach, failures: reach.failures + 1, retryAt: now + wait, busySince });
  return wait;
}

/** One side is too old for the other. What was done here is kept; it is tried again now and then, as either may be updated. Answers as `noteUnreachable`. */
export async function noteMismatch(ground: Ground, old: OldSide): Promise<number> {
  const now = ground.now();
  const store = old === 'store' ? 'storeTooOld' : 'extensionTooOld';
  const reach = await readLocal(ground.local, 'reach');
  const failures = reach?.store === store ? reach.failures + 1 : 1;
  const wait = Math.max(mismatchMs, backoffMs(failures));
  log.warn('sync', 'store and extension do not understand each other', { old });
  const since = reach?.store === store ? reach.since : now;
  await writeLocal(ground.local, 'reach', { store, since, failures, retryAt: now + wait });
  if (reach?.store !== store) ground.changed();
  return wait;
}
