import type { Session } from '#contract/session.ts';
import { type Connection, changeLocal, readLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/** How coarsely the clock is written down, in milliseconds. */
const clockStepMs = 60_000;

type Lease = Pick<Connection, 'leaseEndsAt' | 'clockAt'>;

/**
 * A lease that begins now. It lasts as long as the store says, by the store's own clock; the device's may be a year off, so only a length is taken over.
 */
export function leaseFrom(session: Pick<Session, 'leaseUntil' | 'storeTime'>, now: number): Required<Lease> {
  const length = Math.max(0, Date.parse(session.leaseUntil) - Date.parse(session.storeTime));
  return { leaseEndsAt: now + length, clockAt: now };
}

/** When the lease ends by the clock as it stands now: one that was set back takes the end back with it. */
function endOf({ leaseEndsAt, clockAt }: Lease, now: number): number {
  return leaseEndsAt - Math.max(0, (clockAt ?? now) - now);
}

/** Whether the replica may not be read any more until the store is reached. Pure. */
export function isLeaseOver(lease: Lease, now: number): boolean {
  return now >= endOf(lease, now);
}

/**
 * Notes where the device's clock stands, about once a minute, so that setting it back gains a minute at most and what has run out stays so. A clock set
 * forward ends the lease early: the store, once reached, gives another.
 */
export async function noteClock(ground: Ground): Promise<void> {
  const now = ground.now();
  const before = await readLocal(ground.local, 'connection');
  if (before === null || before.state !== 'connected') return;
  const clockAt = before.clockAt ?? now;
  const isFresh = before.clockAt !== undefined && now >= clockAt && now - clockAt < clockStepMs;
  if (isFresh) return;
  await changeLocal(ground.local, 'connection', (each) =>
    each === null ? null : { ...each, leaseEndsAt: endOf(each, now), clockAt: now },
  );
  // What an open panel still shows closes with it.
  if (isLeaseOver(before, now) && !isLeaseOver(before, clockAt)) ground.changed();
}
