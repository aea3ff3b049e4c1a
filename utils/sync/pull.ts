import { pullAnswerSchema } from '#contract/feed.ts';
import { readLastSettled } from '../outbox/read.ts';
import { applyPull, HoleInFeed } from '../replica/apply-pull.ts';
import { readHead } from '../replica/database.ts';
import { call, type Line } from './call.ts';
import { forgetPeople } from './forget-people.ts';
import type { Ground } from './ground.ts';
import { takeProgress } from './progress.ts';
import { takeSnapshot } from './snapshot.ts';
import { done, failStep, type Step } from './step.ts';

/**
 * Brings the replica to where the store is: changes after its cursor until there are no more, or a whole copy when it has none, when the store says so,
 * or when the changes do not join on. Also takes the store's word on this device's mutations.
 */
export async function pullChanges(ground: Ground, line: Line): Promise<Step> {
  for (;;) {
    const head = await readHead(ground.replica);
    if (head === null) return takeSnapshot(ground, line);
    // Only what was confirmed before the question was asked is surely in the answer.
    const settled = await readLastSettled(ground.outbox);
    const reply = await call(line, 'GET', `/v1/pull?after=${encodeURIComponent(head.cursor)}`, pullAnswerSchema);
    if (reply.kind !== 'ok') return failStep(reply);
    const answer = reply.value;
    if (answer.status === 'refetch') return takeSnapshot(ground, line);
    const covered = answer.more ? 0 : Math.min(settled, answer.device.lastSequence);
    // Before the cursor moves on: what stood here about people who were erased must not outlive the word of it.
    await forgetPeople(ground, answer.erasedContacts);
    try {
      await applyPull(ground.replica, answer, covered);
    } catch (error) {
      if (error instanceof HoleInFeed) return takeSnapshot(ground, line);
      throw error;
    }
    // Also when nothing of it is this device's: the Desk's figures rest on what others did.
    if (answer.to !== head.cursor) ground.changed();
    await takeProgress(ground, answer.device);
    if (!answer.more) return done;
  }
}
