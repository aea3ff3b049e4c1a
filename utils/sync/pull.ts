import type { Bundle } from '#contract/bundle.ts';
import { pullAnswerSchema } from '#contract/feed.ts';
import { readLastSettled } from '../outbox/read.ts';
import { scrubRows } from '../outbox/scrub.ts';
import { applyPull, HoleInFeed } from '../replica/apply-pull.ts';
import { readHead } from '../replica/database.ts';
import { readLocal } from '../settings/local-state.ts';
import { call, type Line } from './call.ts';
import { askSession } from './connection.ts';
import type { Ground } from './ground.ts';
import { isMoveDue, keyIdOf, putMoveOff, readSecret } from './hash-keys.ts';
import { takeProgress } from './progress.ts';
import { takeSnapshot } from './snapshot.ts';
import { done, failStep, type Step } from './step.ts';

/** Whether a bundle holds a key that is not under this one. */
function isUnderAnother(bundle: Bundle, keyId: string): boolean {
  const keys = [...(bundle.account?.keys ?? []), ...bundle.contacts.flatMap((each) => each.keys)];
  return keys.some((key) => !key.startsWith(`${keyId}:`));
}

/** Takes a copy under the newest key where it is time for it. Where it does not come, the one that is there goes on. Null: the copy stays as it is for now. */
async function moveToNewKey(ground: Ground, line: Line, isWished: boolean): Promise<Step | null> {
  const head = await readHead(ground.replica);
  if (head === null || !(await isMoveDue(ground, head, isWished))) return null;
  const moved = await takeSnapshot(ground, line);
  if (moved.kind !== 'unreachable') return moved;
  await putMoveOff(ground);
  return null;
}

/**
 * What came of asking for a page of changes, where it is not the end of the way. `more`: there are further ones; `refetch`: they cannot join on to this copy, or there
 * is none; `newKey`: all is in, and the store has a newer key than this browser knows.
 */
type Next = 'more' | 'refetch' | 'newKey';

async function pullPage(ground: Ground, line: Line): Promise<Step | Next> {
  const [head, connection] = await Promise.all([readHead(ground.replica), readLocal(ground.local, 'connection')]);
  if (head === null || connection === null) return 'refetch';
  const keyId = keyIdOf(head, connection);
  // A copy whose key is gone finds nobody.
  if ((await readSecret(ground, connection, keyId)) === null) return 'refetch';
  // Only what was confirmed before the question was asked is surely in the answer.
  const settled = await readLastSettled(ground.outbox);
  const query = `after=${encodeURIComponent(head.cursor)}&keyId=${keyId}`;
  const reply = await call(line, 'GET', `/v1/pull?${query}`, pullAnswerSchema);
  if (reply.kind !== 'ok') return failStep(reply);
  const answer = reply.value;
  if (answer.status === 'refetch' || answer.bundles.some((each) => isUnderAnother(each, keyId))) return 'refetch';
  const covered = answer.more ? 0 : Math.min(settled, answer.device.lastSequence);
  // Before the cursor moves on: what stood here about people who were erased must not outlive the word of it.
  await scrubRows(ground.outbox, answer.erasedContacts);
  try {
    await applyPull(ground.replica, answer, covered);
  } catch (error) {
    if (error instanceof HoleInFeed) return 'refetch';
    throw error;
  }
  // Also when nothing of it is this device's: the Desk's figures rest on what others did.
  if (answer.to !== head.cursor) ground.changed();
  await takeProgress(ground, answer.device);
  if (answer.more) return 'more';
  return answer.keyId === undefined || answer.keyId === connection.session.hashing.keyId ? done : 'newKey';
}

/**
 * Brings the replica to where the store is: changes after its cursor until there are no more, or a whole copy when it has none, when the store says so, when the
 * changes do not join on, or when it is time to move to a newer key (`isWished`: now). Also takes the store's word on this device's mutations.
 */
export async function pullChanges(ground: Ground, line: Line, isWished = false): Promise<Step> {
  const moved = await moveToNewKey(ground, line, isWished);
  if (moved !== null) return moved;
  let next: Step | Next;
  do next = await pullPage(ground, line);
  while (next === 'more');
  if (next === 'refetch') return takeSnapshot(ground, line);
  if (next !== 'newKey') return next;
  // It is asked for now, and the move planned; whoever wished to be up to date moves at once.
  const asked = await askSession(ground, line);
  if (asked.kind !== 'done') return asked;
  return (await moveToNewKey(ground, line, isWished)) ?? done;
}
