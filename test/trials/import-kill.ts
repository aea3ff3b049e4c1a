import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ImportStatus, importStatusSchema, importTicketSchema } from '#contract/import.ts';
import type { PushedMutation } from '#contract/mutation.ts';
import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import type { Trial, TrialResult } from './trial.ts';

/**
 * The store dies while it reads a file, or while its rows go in, and a rep clicks; it starts again and goes on by itself. A file that was not read to its
 * end is sent again. In the end its tables are those of a store that took the same files in without a kill.
 */
export const importKillTrial: Trial = {
  name: 'import',
  about:
    'the store is killed with SIGKILL at a random moment of an import and pushes, and started again; then its tables are held against one run',
  usualCount: 3,
  run: runTrials,
};

const people = 1500;
const companies = 120;
const statuses = [
  'Sent',
  'Opened',
  'Clicked',
  'Registered',
  'Attended',
  'Responded',
  'Downloaded',
  'Met',
  'Replied',
  'Delivered',
];
const rowsPerFile = people * statuses.length;
const longestWaitMs = 300_000;

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  const [store, calm] = [await startStore(), await startStore()];
  try {
    const marketer = await joinStore(await store.invite('marketer', 'mia.marketer@seller.example'), 'Mia Marketer');
    const rep = await joinStore(await store.invite('rep', 'rita.rep@seller.example'), 'Rita Rep');
    const undisturbed = await joinStore(await calm.invite('marketer', 'mia.marketer@seller.example'), 'Mia Marketer');
    const clicks: PushedMutation[] = [];
    // Somebody to click on before the first file is in.
    await upload(marketer, writeFile(0)).ended;
    await upload(undisturbed, writeFile(0)).ended;
    const [contact] = await store.sql<{ id: string }>('select id from contact order by id limit 1');
    for (let trial = 1; trial <= count; trial++) {
      // One kill in three while the file is read, the others while its rows go in; where, is chance.
      const moment = { isReading: trial % 3 === 1, rows: Math.floor(Math.random() * rowsPerFile * 0.9) };
      const cut = await runTrial(store, { marketer, rep }, clicks, contact?.id ?? '', trial, moment);
      say(`  ${trial} of ${count}: killed ${cut}`);
      await upload(undisturbed, writeFile(trial)).ended;
    }
    const events = compareTables(await readTables(calm), await readTables(store), say);
    const pushed = await compareClicks(store, rep, clicks);
    return {
      name: importKillTrial.name,
      count,
      lost: events.lost + pushed.lost,
      doubled: events.doubled + pushed.doubled,
      disordered: pushed.disordered,
    };
  } finally {
    await store.stop();
    await calm.stop();
  }
}

/** When the kill falls: once so many rows are read, or are in. */
interface Moment {
  isReading: boolean;
  rows: number;
}

async function waitForMoment(store: RunningStore, importId: string, moment: Moment): Promise<void> {
  for (const until = Date.now() + longestWaitMs; Date.now() < until; await sleep(3)) {
    const [at] = await store.sql<{ state: string; read: number; rows: number }>(
      'select state, rows_read::int as read, rows::int as rows from import where id = $1',
      [importId],
    );
    if (at?.state === 'done' || at?.state === 'failed') return;
    if (at && at.state === 'running' && (moment.isReading ? at.read : at.rows) >= Math.max(1, moment.rows)) break;
  }
  // Not always right behind a commit.
  await sleep(Math.random() * 40);
}

/** One kill. Answers where in the import it fell. */
async function runTrial(
  store: RunningStore,
  { marketer, rep }: { marketer: Device; rep: Device },
  clicks: PushedMutation[],
  contactId: string,
  trial: number,
  moment: Moment,
): Promise<string> {
  const file = writeFile(trial);
  let acknowledged = clicks.length;
  const uploading = upload(marketer, file);
  // The kill: the sender knows only that there was no answer.
  uploading.ended.catch(() => undefined);
  const importId = await uploading.importId;
  const killed = waitForMoment(store, importId, moment).then(() => store.kill());
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
  const [at] = await store.sql<{ state: string; staged: boolean; rows: string; read: string }>(
    'select state, is_staged as staged, rows, rows_read as read from import where id = $1',
    [importId],
  );
  await store.restart();
  const waiting = clicks.slice(acknowledged);
  if (waiting.length > 0) await rep.push(waiting);
  // By itself it comes to an end; only a file that was not read to its end must be sent again.
  const { state } = await waitForEnd(marketer, importId);
  if (state !== 'done') await upload(marketer, file).ended;
  return at?.state === 'running'
    ? `while ${at.staged ? `rows went in, at ${at.rows} of ${at.read}` : `the file was read, at ${at.read}`}`
    : `when it was ${at?.state}`;
}

async function waitForEnd(marketer: Device, importId: string): Promise<ImportStatus> {
  for (const until = Date.now() + longestWaitMs; Date.now() < until; await sleep(250)) {
    const status = importStatusSchema.parse(await (await marketer.call(`/v1/imports/${importId}`)).json());
    if (status.state === 'done' || status.state === 'failed') return status;
    if (status.state === 'waiting') return status;
  }
  throw new Error('An import that was cut off was not taken up.');
}

/** Members of one campaign at several statuses, the same people in every file, some of them new in each. */
function writeFile(trial: number): string {
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

function upload(marketer: Device, file: string): { importId: Promise<string>; ended: Promise<void> } {
  const opened = (async () => {
    const answer = await marketer.call(
      '/v1/imports',
      asPost({ fileName: 'members.csv', bytes: file.length, dryRun: false }),
    );
    return { ...importTicketSchema.parse(await answer.json()), url: answer.url };
  })();
  const ended = opened.then(async ({ importId, ticket, url }) => {
    const path = new URL(`/v1/imports/${importId}/file`, url);
    const sent = {
      method: 'PUT',
      headers: { authorization: `Ticket ${ticket}` },
      body: sendSlowly(file),
      duplex: 'half',
    };
    const answer = await fetch(path, sent as RequestInit);
    const status = importStatusSchema.parse(await answer.json());
    if (status.state !== 'done') throw new Error(`The import did not end well: ${status.failure}`);
  });
  return { importId: opened.then(({ importId }) => importId), ended };
}

/** A file on a slow line, so that reading it takes a while. */
function sendSlowly(file: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(file);
  const step = Math.ceil(bytes.length / 30);
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await sleep(60);
      controller.enqueue(bytes.subarray(at, at + step));
      at += step;
      if (at >= bytes.length) controller.close();
    },
  });
}

/** All that imports write, told without what differs from store to store (ids, times of writing). */
async function readTables(store: RunningStore): Promise<string[]> {
  const rows = await store.sql<{ row: string }>(
    `with who as (select contact_id, min(value) as email from identifier where kind = 'email' group by contact_id),
       firm as (select account_id, min(value) as domain from identifier where kind = 'domain' group by account_id)
     select concat_ws(' ', 'account', a.name, f.domain) as row from account a left join firm f on f.account_id = a.id
     union all select concat_ws(' ', 'contact', c.name, w.email, f.domain) from contact c left join who w on w.contact_id = c.id left join firm f on f.account_id = c.account_id
     union all select concat_ws(' ', 'identifier', i.kind, i.value, w.email, f.domain) from identifier i left join who w on w.contact_id = i.contact_id left join firm f on f.account_id = i.account_id
     union all select concat_ws(' ', 'campaign', source, external_id, name) from campaign
     union all select concat_ws(' ', 'touch', t.kind, t.at, t.source, c.external_id, w.email) from touch t left join who w on w.contact_id = t.contact_id left join campaign c on c.id = t.campaign_id
     union all select concat_ws(' ', 'set aside', import_id, number) from import_block`,
  );
  return rows.map(({ row }) => row);
}

function compareTables(
  wanted: readonly string[],
  found: readonly string[],
  say: (line: string) => void,
): { lost: number; doubled: number } {
  const counts = new Map<string, number>();
  for (const row of wanted) counts.set(row, (counts.get(row) ?? 0) + 1);
  for (const row of found) counts.set(row, (counts.get(row) ?? 0) - 1);
  const differing = [...counts].filter(([, count]) => count !== 0);
  for (const [row, count] of differing.slice(0, 5)) say(`  ${count > 0 ? 'lost' : 'too much'}: ${row}`);
  const sum = (sign: number) => differing.reduce((total, [, count]) => total + Math.max(0, sign * count), 0);
  say(`  ${found.length} rows held against ${wanted.length}`);
  return { lost: sum(1), doubled: sum(-1) };
}

/** What the store holds of the clicks in the end, beside what was clicked. */
async function compareClicks(
  store: RunningStore,
  rep: Device,
  clicks: readonly PushedMutation[],
): Promise<Pick<TrialResult, 'lost' | 'doubled' | 'disordered'>> {
  const kept = await store.sql<{ id: string }>('select id from verdict where device_id = $1 order by at, id', [
    rep.session.device.id,
  ]);
  const wanted = clicks.map(({ body }) => (body as { verdictId: string }).verdictId);
  return {
    lost: Math.max(0, wanted.length - kept.length),
    doubled: Math.max(0, kept.length - wanted.length),
    disordered: kept.filter(({ id }, index) => id !== wanted[index]).length,
  };
}
