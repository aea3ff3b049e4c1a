import { type Problem, sessionSchema } from '#contract/session.ts';
import { dropSentRows, settleRows } from '../outbox/settle.ts';
import { toInstant } from '../platform/clock.ts';
import { emptyReplica, readHead } from '../replica/database.ts';
import { type Connection, changeLocal, emptyLocal, readLocal, writeLocal } from '../settings/local-state.ts';
import { call, type Line } from './call.ts';
import type { Ground } from './ground.ts';
import { keepHashKeys, keyIdOf, planMove, withoutOlderKeys } from './hash-keys.ts';
import { isLeaseOver, leaseFrom } from './lease.ts';
import { done, failStep, type Step } from './step.ts';
import { noteStoreTime } from './store-clock.ts';

/** How often the session is asked for again (role, name, key, lease), and how coarsely the lease is written down, in milliseconds. */
const checkEveryMs = 10 * 60_000;
const leaseStepMs = 60_000;

/** The line to the store; null when no invite was taken or the token was refused. */
export async function readLine(ground: Ground): Promise<Line | null> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null || connection.state !== 'connected') return null;
  return { storeUrl: connection.storeUrl, token: connection.token, fetch: ground.fetch };
}

/** Whether the replica may be read: connected, and the lease not over. */
export function mayRead(connection: Connection | null, now: number): connection is Connection {
  return connection !== null && connection.state === 'connected' && !isLeaseOver(connection, now);
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
  const next = { session, checkedAt: now, ...leaseFrom(session, now) };
  await changeLocal(ground.local, 'connection', (each) => (each === null ? null : { ...each, ...next }));
  ground.changed();
  return done;
}

/** The store answered: the lease runs anew, and it counts as reached. */
export async function noteReached(ground: Ground): Promise<void> {
  const now = ground.now();
  const connection = await readLocal(ground.local, 'connection');
  if (connection !== null) {
    const lease = leaseFrom(connection.session, now);
    const wasOver = isLeaseOver(connection, now);
    if (wasOver || Math.abs(lease.leaseEndsAt - connection.leaseEndsAt) > leaseStepMs)
      await changeLocal(ground.local, 'connection', (each) => (each === null ? null : { ...each, ...lease }));
    if (wasOver) ground.changed();
  }
  const reach = await readLocal(ground.local, 'reach');
  if (reach?.store === 'reached' && reach.failures === 0) return;
  await writeLocal(ground.local, 'reach', { store: 'reached', since: now, failures: 0, retryAt: 0 });
  ground.changed();
}

/**
 * The store refused the token (revoked, expired, unknown): what it gave is wiped at once, its key for hashing too; of the session only what says whose the
 * outbox is stays. What the person did and the store has not got stays until they choose. A store that has never heard of this browser was restored from a
 * backup older than it, and has nothing of what it once confirmed: all of that waits again. One that revoked it has it all.
 */
export async function noteSignedOut(ground: Ground, problem: Problem): Promise<void> {
  if (problem.type === 'urn:baton:problem:token-unknown')
    await settleRows(ground.outbox, { lastSequence: 0, rejected: [] }, toInstant(ground.now()));
  if (problem.type === 'urn:baton:problem:token-revoked') await dropSentRows(ground.outbox);
  await changeLocal(ground.local, 'connection', (each) =>
    each === null
      ? null
      : { ...each, state: 'signedOut', token: '', session: { ...each.session, hashing: { keyId: '', key: '' } } },
  );
  await emptyLocal(ground.local, 'connection', 'reach', 'storeSpeaks');
  await emptyReplica(ground.replica);
  ground.wiped();
  ground.changed();
}
