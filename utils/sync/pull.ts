import type { Bundle } from '#contract/bundle.ts';
import { type PullAnswer, pullAnswerSchema } from '#contract/feed.ts';
import { readLastSettled } from '../outbox/read.ts';
import { log } from '../platform/log.ts';
import { applyPull, HoleInFeed } from '../replica/apply-pull.ts';
import { countRows, type ReplicaHead, readHead } from '../replica/database.ts';
import { forgetContacts } from '../replica/packed/forget.ts';
import { readLocal } from '../settings/local-state.ts';
import { call, type Line } from './call.ts';
import { askSession } from './connection.ts';
import { dropOpened, forgetPeople } from './forget-people.ts';
import { hasNoRoom } from './give-way.ts';
import type { Ground } from './ground.ts';
import { hastenMove, isMoveDue, keyIdOf, putMoveOff, readSecret } from './hash-keys.ts';
import { noteBroken } from './note-broken.ts';
import { takeProgress } from './progress.ts';
import { takeSnapshot } from './snapshot.ts';
import { done, failStep, type Step } from './step.ts';
import { noteStoreTime } from './store-clock.ts';

/** So many rows over a packed base are too many: at most this, or this share of the base, and never fewer than the least. */
const mostRows = 20_000;
const shareOfBase = 0.25;
const leastRows = 500;

type Changes = Extract<PullAnswer, { status: 'changes' }>;

/** Changes cannot be joined on to what is here: a whole copy is needed. */
const needsCopy = { kind: 'needsCopy' } as const;
/** All is in, and the store has a newer hash key than this browser knows. */
const newKey = { kind: 'newKey' } as const;

async function takeChanges(ground: Ground, head: ReplicaHead, answer: Changes, settled: number): Promise<void> {
  // Before the cursor moves on: what stood here about people who were erased must not outlive the word of it.
  await forgetPeople(ground, answer.erasedContacts);
  if (head.base) await forgetContacts(ground.replica, head.generation, head.base, answer.erasedContacts);
  await applyPull(ground.replica, answer, answer.more ? 0 : Math.min(settled, answer.device.lastSequence));
  // A card that was asked for in between came from the copy as it was.
  await dropOpened(ground, answer.erasedContacts);
}

/** Whether a bundle holds a key that is not under this one. */
function isUnderAnother(bundle: Bundle, keyId: string): boolean {
  const keys = [...(bundle.account?.keys ?? []), ...bundle.contacts.flatMap((each) => each.keys)];
  return keys.some((key) => !key.startsWith(`${keyId}:`));
}

/** What the store has for this copy after its cursor, and what it was asked on the ground of. */
interface Page {
  kind: 'page';
  head: ReplicaHead;
  /** This device's mutations up to there were confirmed before the question was asked: only they are surely in the answer. */
  settled: number;
  changes: Changes;
  isNewest: boolean;
}

/** Asks for the next changes. */
async function askChanges(ground: Ground, line: Line): Promise<Page | Step | typeof needsCopy> {
  const [head, connection] = await Promise.all([readHead(ground.replica), readLocal(ground.local, 'connection')]);
  if (head === null || connection === null) return needsCopy;
  const keyId = keyIdOf(head, connection);
  // A copy whose key is gone finds nobody.
  if ((await readSecret(ground, connection, keyId)) === null) return needsCopy;
  const settled = await readLastSettled(ground.outbox);
  const query = new URLSearchParams({ after: head.cursor, keyId });
  const reply = await call(line, 'GET', `/v1/pull?${query}`, pullAnswerSchema);
  if (reply.kind !== 'ok') return failStep(reply);
  const answer = reply.value;
  await noteStoreTime(ground, answer.storeTime);
  if (answer.status === 'refetch' || answer.bundles.some((each) => isUnderAnother(each, keyId))) return needsCopy;
  const isNewest = answer.keyId === undefined || answer.keyId === connection.session.hashing.keyId;
  return { kind: 'page', head, settled, changes: answer, isNewest };
}

/** Takes in what changed after the replica's cursor until there is no more. */
async function followFeed(ground: Ground, line: Line): Promise<Step | typeof needsCopy | typeof newKey> {
  for (;;) {
    const page = await askChanges(ground, line);
    if (page.kind !== 'page') return page;
    const { head, settled, changes, isNewest } = page;
    try {
      await takeChanges(ground, head, changes, settled);
    } catch (error) {
      if (error instanceof HoleInFeed || (await noteBroken(ground, error))) return needsCopy;
      throw error;
    }
    // Also when nothing of it is this device's: the Desk's figures rest on what others did.
    if (changes.to !== head.cursor) ground.changed();
    await takeProgress(ground, changes.device);
    if (!changes.more) return isNewest ? done : newKey;
  }
}

/** Whether more has changed since the base was packed than is good to read through. */
async function isOvergrown(ground: Ground, { base, generation }: ReplicaHead): Promise<boolean> {
  if (!base) return false;
  const bound = Math.max(leastRows, Math.min(mostRows, base.bundles * shareOfBase));
  return (await countRows(ground.replica, generation)) > bound;
}

/**
 * What a copy that serves and is up to date is to be replaced by. `another`: any, since something in it is damaged, it is time to move to a newer key, or it is of a version before bases;
 * `newer`: one of another file than its own; null: it may stay.
 */
async function findWant(ground: Ground): Promise<'another' | 'newer' | null> {
  const head = await readHead(ground.replica);
  if (head === null || head.isBroken || head.base === undefined || (await isMoveDue(ground, head))) return 'another';
  return (await isOvergrown(ground, head)) ? 'newer' : null;
}

/** A file can be older than what this device was already told: what changed since comes at once. */
async function takeAndFollow(ground: Ground, line: Line, known: string | null): Promise<Step> {
  const taken = await takeSnapshot(ground, line, known);
  if (taken.kind !== 'done') return taken;
  const followed = await followFeed(ground, line);
  if (followed.kind === 'needsCopy') return { kind: 'unreachable', why: 'the copy does not join on to the feed' };
  return followed.kind === 'newKey' ? done : followed;
}

/**
 * Brings the replica to where the store is: changes after its cursor until there are no more, or a whole copy when it has none, when the store says so, when the
 * changes do not join on, or when it is time to move to a newer key (`isWished`: now). Also takes the store's word on this device's mutations.
 */
export async function pullChanges(ground: Ground, line: Line, isWished = false): Promise<Step> {
  const followed = await followFeed(ground, line);
  if (followed.kind === 'needsCopy') return (await hasNoRoom(ground)) ? done : takeAndFollow(ground, line, null);
  if (followed.kind !== 'done' && followed.kind !== 'newKey') return followed;
  if (followed.kind === 'newKey') {
    // It is asked for now, and the move planned.
    const asked = await askSession(ground, line);
    if (asked.kind !== 'done') return asked;
  }
  if (isWished) await hastenMove(ground);
  const want = await findWant(ground);
  if (want === null || (await hasNoRoom(ground))) return done;
  const known = want === 'newer' ? ((await readHead(ground.replica))?.base?.etag ?? null) : null;
  const taken = await takeAndFollow(ground, line, known);
  if (taken.kind !== 'unreachable') return taken;
  // The present copy serves and is up to date: that a better one did not come is nobody's trouble yet.
  log.info('sync', 'the copy is not replaced yet', { why: taken.why });
  await putMoveOff(ground);
  return done;
}
