import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { importStatusSchema, importTicketSchema } from '#contract/import.ts';
import type { PushedMutation } from '#contract/mutation.ts';
import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import type { Trial, TrialResult } from './trial.ts';

/** The store dies while it takes a file in and a rep clicks; it starts again, and the same file is sent again. */
export const importKillTrial: Trial = {
  name: 'import-kill',
  about: 'the store is killed with SIGKILL during an import and pushes, started again, and the file is sent again',
  usualCount: 10,
  run: runTrials,
};

const people = 1500;
const companies = 120;
const rowsPerFile = 6000;
const longestDelayMs = 1500;

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  const store = await startStore();
  try {
    const marketer = await joinStore(await store.invite('marketer', 'mia.marketer@seller.example'), 'Mia Marketer');
    const rep = await joinStore(await store.invite('rep', 'rita.rep@seller.example'), 'Rita Rep');
    const clicks: PushedMutation[] = [];
    // Somebody to click on before the first file is in.
    await upload(marketer, writeFile(0));
    const [contact] = await store.sql<{ id: string }>('select id from contact limit 1');
    let cut = 0;
    for (let trial = 1; trial <= count; trial++) {
      if (await runTrial(store, { marketer, rep }, clicks, contact?.id ?? '', trial)) cut += 1;
      if (trial % 5 === 0) say(`  ${trial} of ${count}, ${cut} of them in the middle of the file`);
    }
    return { name: importKillTrial.name, count, ...(await compare(store, rep, clicks, count)) };
  } finally {
    await store.stop();
  }
}

/** One kill. True when it came before the import's end. */
async function runTrial(
  store: RunningStore,
  { marketer, rep }: { marketer: Device; rep: Device },
  clicks: PushedMutation[],
  contactId: string,
  trial: number,
): Promise<boolean> {
  const file = writeFile(trial);
  let acknowledged = clicks.length;
  const killed = sleep(Math.random() * longestDelayMs).then(() => store.kill());
  const uploading = upload(marketer, file).then(
    () => false,
    // The kill: the sender knows only that there was no answer.
    () => true,
  );
  try {
    for (;;) {
      const body = { verdictId: randomUUID(), contactId, value: 'weak', shown: null };
      const click = { sequence: clicks.length + 1, kind: 'recordVerdict', body, at: new Date().toISOString() };
      clicks.push(click);
      acknowledged = (await rep.push([click])).lastSequence;
      await sleep(10);
    }
  } catch {
    // The kill, as a device sees it.
  }
  await killed;
  const isCut = await uploading;
  await store.restart();
  const waiting = clicks.slice(acknowledged);
  if (waiting.length > 0) await rep.push(waiting);
  await upload(marketer, file);
  return isCut;
}

/** Members of one campaign at several statuses, the same people in every file, some of them new in each. */
function writeFile(trial: number): string {
  const statuses = ['Sent', 'Opened', 'Clicked', 'Registered'];
  const lines = ['CampaignId,Campaign.Name,Status,CreatedDate,FirstName,LastName,CompanyOrAccount,Email'];
  for (let row = 0; row < rowsPerFile; row++) {
    const person = (row % people) + trial * 10;
    const status = statuses[Math.floor(row / people)];
    const company = person % companies;
    lines.push(
      `7015g0000${String(trial).padStart(6, '0')},Campaign ${trial},${status},2026-10-05T10:00:00.000+0000,First,Last ${person},Company ${company},p${person}@company${company}.example`,
    );
  }
  return lines.join('\n');
}

async function upload(marketer: Device, file: string): Promise<void> {
  const request = asPost({ fileName: 'members.csv', bytes: file.length, dryRun: false });
  const opened = await marketer.call('/v1/imports', request);
  const { importId, ticket } = importTicketSchema.parse(await opened.json());
  const path = new URL(`/v1/imports/${importId}/file`, opened.url);
  const answer = await fetch(path, { method: 'PUT', headers: { authorization: `Ticket ${ticket}` }, body: file });
  const status = importStatusSchema.parse(await answer.json());
  if (status.state !== 'done') throw new Error(`The import did not end well: ${status.failure}`);
}

/** What the store holds in the end, beside one run of each file and every click. */
async function compare(
  store: RunningStore,
  rep: Device,
  clicks: readonly PushedMutation[],
  count: number,
): Promise<Pick<TrialResult, 'lost' | 'doubled' | 'disordered'>> {
  const events = await store.sql<{ times: number }>(
    `select count(*)::int as times from touch t
     join campaign c on c.workspace_id = t.workspace_id and c.id = t.campaign_id
     join identifier i on i.workspace_id = t.workspace_id and i.contact_id = t.contact_id and i.kind = 'email'
     group by c.name, i.value, t.kind`,
  );
  const [records] = await store.sql<{ contacts: number; accounts: number; campaigns: number }>(
    `select (select count(*)::int from contact) as contacts, (select count(*)::int from account) as accounts,
            (select count(*)::int from campaign) as campaigns`,
  );
  const kept = await store.sql<{ id: string }>('select id from verdict where device_id = $1 order by at, id', [
    rep.session.device.id,
  ]);
  const wanted = clicks.map(({ body }) => (body as { verdictId: string }).verdictId);
  const differences = [
    events.length - (count + 1) * rowsPerFile,
    (records?.contacts ?? 0) - (people + count * 10),
    (records?.accounts ?? 0) - companies,
    (records?.campaigns ?? 0) - (count + 1),
    kept.length - wanted.length,
  ];
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    lost: sum(differences.map((difference) => Math.max(0, -difference))),
    doubled: sum(differences.map((difference) => Math.max(0, difference))) + sum(events.map(({ times }) => times - 1)),
    disordered: kept.filter(({ id }, index) => id !== wanted[index]).length,
  };
}
