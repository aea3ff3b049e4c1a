import { type Problem, sessionSchema } from '#contract/session.ts';
import { settleRows } from '../outbox/settle.ts';
import { toInstant } from '../platform/clock.ts';
import { emptyReplica, readHead } from '../replica/database.ts';
import { type Connection, changeLocal, readLocal, writeLocal } from '../settings/local-state.ts';
import { call, type Line } from './call.ts';
import type { Ground } from './ground.ts';
import { keepHashKeys, keyIdOf, planMove, withoutOlderKeys } from './hash-keys.ts';
import { done, failStep, type Step } from './step.ts';
import { noteStoreTime } from './store-clock.ts';

/** How often the session is asked for again (role, name, key), and how coarsely the lease is written down, in milliseconds. */
const checkEveryMs = 10 * 60_000;
const leaseStepMs = 60_000;

/** How long a lease lasts, by the store's own clock, in milliseconds. The device's clock may be a year off: only lengths are taken over. */
export function leaseLength(session: { leaseUntil: string; storeTime: string }): number {
  return Math.max(0, Date.parse(session.leaseUntil) - Date.parse(session.storeTime));
}

/** The line to the store; null when no invite was taken or the token was refused. */
export async function readLine(ground: Ground): Promise<Line | null> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null || connection.state !== 'connected') return null;
  return { storeUrl: connection.storeUrl, token: connection.token, fetch: ground.fetch };
}

/** Whether the replica may be read: connected, and the lease not over. */
export function mayRead(connection: Connection | null, now: number): connection is Connection {
  return connection !== null && connection.state === 'connected' && now < connection.leaseEndsAt;
}

/** Asks who this device is, when that was long ago. */
export async function checkSession(ground: Ground, line: Line): Promise<Step> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null || Math.abs(ground.now() - connection.checkedAt) < checkEveryMs) return done;
  return askSession(ground, line);
}

/** Asks who this device is. A new key leaves the copy as it is: it is looked up by its own key until one under the new key is whole. */
export async function askSession(ground: Ground, line: Line): Promise<Step> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null) return done;
  const head = await readHead(ground.replica);
  const held = head === null ? '' : `?keyId=${keyIdOf(head, connection)}`;
  const reply = await call(line, 'GET', `/v1/session${held}`, sessionSchema);
  if (reply.kind !== 'ok') return failStep(reply);
  await noteStoreTime(ground, reply.value.storeTime);
  const now = ground.now();
  await keepHashKeys(ground, reply.value);
  await planMove(ground, reply.value);
  const session = withoutOlderKeys(reply.value);
  const next = { session, checkedAt: now, leaseEndsAt: now + leaseLength(session) };
  await changeLocal(ground.local, 'connection', (each) => (each === null ? null : { ...each, ...next }));
  ground.changed();
  return done;
}

/** The store answered: the lease runs anew, and it counts as reached. */
export async function noteReached(ground: Ground): Promise<void> {
  const now = ground.now();
  const connection = await readLocal(ground.local, 'connection');
  if (connection !== null) {
    const leaseEndsAt = now + leaseLength(connection.session);
    if (Math.abs(leaseEndsAt - connection.leaseEndsAt) > leaseStepMs)
      await changeLocal(ground.local, 'connection', (each) => (each === null ? null : { ...each, leaseEndsAt }));
  }
  const reach = await readLocal(ground.local, 'reach');
  if (reach?.store === 'reached' && reach.failures === 0) return;
  await writeLocal(ground.local, 'reach', { store: 'reached', since: now, failures: 0, retryAt: 0 });
  ground.changed();
}

/**
 * The store refused the token (revoked, expired, unknown): what it gave is wiped at once, what the person did stays in the outbox. A store that has
 * never heard of this browser was restored from a backup older than it, and has nothing of what it once confirmed: all of that waits again.
 */
export async function noteSignedOut(ground: Ground, problem: Problem): Promise<void> {
  if (problem.type === 'urn:baton:problem:token-unknown')
    await settleRows(ground.outbox, { lastSequence: 0, rejected: [] }, toInstant(ground.now()));
  await changeLocal(ground.local, 'connection', (each) =>
    each === null ? null : { ...each, state: 'signedOut', token: '' },
  );
  await changeLocal(ground.local, 'hashKeys', () => null);
  await emptyReplica(ground.replica);
  ground.changed();
}
