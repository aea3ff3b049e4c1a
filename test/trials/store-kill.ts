import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactId, VerdictId } from '#contract/ids.ts';
import type { Mutation, PushedMutation } from '#contract/mutation.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import type { Trial, TrialResult } from './trial.ts';

/** The store dies at a random moment while a device pushes clicks, one after the other; the same command starts it again. */
export const storeKillTrial: Trial = {
  name: 'store-kill',
  about: 'the store is killed with SIGKILL while clicks are pushed, and started again by the same command',
  usualCount: 200,
  run: runTrials,
};

const people = 40;
const longestDelayMs = 60;

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  const store = await startStore();
  try {
    const device = await joinStore(await store.invite('rep', 'rita.rep@seller.example'), 'Rita Rep');
    const contacts = await addPeople(store, device);
    const clicks: PushedMutation[] = [];
    let lostAfterRestart = 0;
    for (let trial = 1; trial <= count; trial++) {
      lostAfterRestart += await runTrial(store, device, contacts, clicks);
      if (trial % 20 === 0) say(`  ${trial} of ${count}, ${clicks.length} clicks`);
    }
    const result = await compare(store, device, clicks);
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

/** What the store holds in the end, beside what was clicked. */
async function compare(
  store: RunningStore,
  device: Device,
  clicks: readonly PushedMutation[],
): Promise<{ lost: number; doubled: number; disordered: number }> {
  const kept = await store.sql<{ id: string }>('select id from verdict where device_id = $1 order by at, id', [
    device.session.device.id,
  ]);
  const told = await store.sql<{ times: number }>(
    `select count(*)::int as times from feed_entry, jsonb_array_elements(changes) as change
     where change->>'kind' = 'verdict' group by change->>'id' having count(*) > 1`,
  );
  const wanted = clicks.map(({ body }) => (body as { verdictId: string }).verdictId);
  const known = new Set(kept.map(({ id }) => id));
  const lost = wanted.filter((id) => !known.has(id)).length;
  const inOrder = wanted.filter((id) => known.has(id));
  const disordered = kept.filter(({ id }, index) => id !== inOrder[index]).length;
  return {
    lost,
    doubled: kept.length - known.size + Math.max(0, kept.length - wanted.length) + told.length,
    disordered,
  };
}

/** People to click on, put straight into the database: the trial is about clicks, not about imports. */
async function addPeople(store: RunningStore, device: Device): Promise<ContactId[]> {
  const workspace = device.session.workspace.id;
  const account = randomUUID();
  await store.sql('insert into account (workspace_id, id, name) values ($1, $2, $3)', [workspace, account, 'Sample']);
  const ids = Array.from({ length: people }, () => randomUUID() as ContactId);
  await store.sql(
    `insert into contact (workspace_id, id, account_id, name) select $1, id, $2, 'Person' from unnest($3::uuid[]) as id`,
    [workspace, account, ids],
  );
  return ids;
}
