import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactId, VerdictId } from '#contract/ids.ts';
import type { Mutation, PushedMutation } from '#contract/mutation.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { addPeople } from './add-people.ts';
import { compareClicks } from './compare-clicks.ts';
import type { Trial, TrialResult } from './trial.ts';

/** The store dies at a random moment while a device pushes clicks, one after the other; the same command starts it again. */
export const storeKillTrial: Trial = {
  name: 'store-kill',
  about: 'the store is killed with SIGKILL while clicks are pushed, and started again by the same command',
  usualCount: 200,
  run: runTrials,
};

const longestDelayMs = 60;

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  const store = await startStore();
  try {
    const device = await joinStore(await store.invite('rep', 'rita.rep@seller.example'), 'Rita Rep');
    const { contacts } = await addPeople(store);
    const clicks: PushedMutation[] = [];
    let lostAfterRestart = 0;
    for (let trial = 1; trial <= count; trial++) {
      lostAfterRestart += await runTrial(store, device, contacts, clicks);
      if (trial % 20 === 0) say(`  ${trial} of ${count}, ${clicks.length} clicks`);
    }
    const own = clicks.map(({ body }) => ({ ...(body as { verdictId: string }), isPromised: true }));
    const result = await compareClicks(store, [own]);
    return { name: storeKillTrial.name, count, ...result, lost: result.lost + lostAfterRestart };
  } finally {
    await store.stop();
  }
}

/** One kill. Answers how many clicks the store had acknowledged and did not have any more afterwards. */
async function runTrial(
  store: RunningStore,
  device: Device,
  contacts: readonly ContactId[],
  clicks: PushedMutation[],
): Promise<number> {
  let acknowledged = clicks.length;
  const killed = sleep(Math.random() * longestDelayMs).then(() => store.kill());
  try {
    for (;;) {
      // Each push goes out while the next click is not made yet, as a person clicks; some carry several.
      const batch = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, (_, index) =>
        click(clicks.length + index + 1, contacts),
      );
      clicks.push(...batch);
      acknowledged = (await device.push(batch)).lastSequence;
    }
  } catch {
    // The kill: what the last push came to is unknown here, as it is to a device.
  }
  await killed;
  await store.restart();
  const [row] = await store.sql<{ kept: number }>(
    'select count(*)::int as kept from mutation where device_id = $1 and sequence <= $2',
    [device.session.device.id, acknowledged],
  );
  // The device sends again all that it has no answer for, in order.
  const waiting = clicks.slice(acknowledged);
  if (waiting.length > 0) await device.push(waiting);
  return acknowledged - (row?.kept ?? 0);
}

function click(sequence: number, contacts: readonly ContactId[]): PushedMutation {
  const contactId = contacts[Math.floor(Math.random() * contacts.length)] as ContactId;
  const value = Math.random() < 0.5 ? 'weak' : 'strong';
  const body = { verdictId: randomUUID() as VerdictId, contactId, value, shown: null } as const;
  const mutation: Mutation = { kind: 'recordVerdict', body };
  return { ...mutation, sequence, at: new Date().toISOString() };
}
