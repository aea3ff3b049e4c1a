import { randomUUID } from 'node:crypto';
import type { ContactId } from '#contract/ids.ts';
import { type ImportStatus, importStatusSchema, importTicketSchema } from '#contract/import.ts';
import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { atLeast, atMost, type Benchmark, figure, type Mark, percentile } from './benchmark.ts';
import { fillStore, measureLoad } from './store-load.ts';

const rows = 150_000;
const people = 30_000;
const companies = 2000;
const stretchMs = 4000;
/** Reps at work beside an import do not push without a pause. */
const pauseMs = 100;
const reps = 4;

/** A marketer uploads a large Salesforce export to a running store while reps go on pushing verdicts. */
export const importBenchmark: Benchmark = {
  name: 'import',
  about: `${rows.toLocaleString('en-US')} Salesforce campaign members uploaded to a store, with ${reps} reps pushing verdicts meanwhile.`,
  async measure(say) {
    const store = await startStore({ RATE_LIMIT: 'off' });
    try {
      return await measureImport(store, say);
    } finally {
      await store.stop();
    }
  },
};

async function measureImport(store: RunningStore, say: (line: string) => void): Promise<Mark[]> {
  const marketer = await joinStore(await store.invite('marketer', 'marketer@seller.example'), 'Marketer');
  const devices: Device[] = [];
  for (let number = 1; number <= reps; number++)
    devices.push(await joinStore(await store.invite('rep', `rep-${number}@seller.example`), `Rep ${number}`));
  const contacts = await fillStore(store, marketer, { accounts: 200 });
  const sequences = devices.map(() => 0);
  const pushOnce = (device: number) => pushVerdict(devices, sequences, contacts, device);

  say('  pushes alone');
  const alone = await measurePushes(stretchMs, pushOnce);
  say('  pushes during the import');
  const uploading = upload(marketer, writeMembers());
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  uploading.then(over, over);
  const during: number[] = [];
  while (!isOver) during.push(...(await measurePushes(500, pushOnce)));
  const status = await uploading;
  if (status.touches.added !== rows)
    throw new Error(`The import added ${status.touches.added} touches of ${rows}: ${status.failure}`);
  const p95 = { alone: percentile(alone, 0.95), during: percentile(during, 0.95) };
  return [
    atLeast(50_000, 'import: touches', status.rowsPerSecond ?? 0, '/s'),
    figure('push alone: p95', p95.alone, 'ms'),
    figure('push during the import: p95', p95.during, 'ms'),
    atMost(2, 'push during the import: p95 against alone', p95.during / p95.alone, 'times'),
  ];
}

async function measurePushes(milliseconds: number, pushOnce: (device: number) => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  await measureLoad(reps, milliseconds, async (device) => {
    samples.push(await pushOnce(device));
    await new Promise((done) => setTimeout(done, pauseMs));
  });
  return samples;
}

async function pushVerdict(
  devices: readonly Device[],
  sequences: number[],
  contacts: readonly ContactId[],
  device: number,
): Promise<number> {
  const sequence = (sequences[device] ?? 0) + 1;
  const contactId = contacts[Math.floor(Math.random() * contacts.length)];
  const body = { verdictId: randomUUID(), contactId, value: 'weak', shown: null };
  const before = performance.now();
  await devices[device]?.push([{ sequence, at: new Date().toISOString(), kind: 'recordVerdict', body }]);
  sequences[device] = sequence;
  return performance.now() - before;
}

/** Members of many campaigns, each person in several, as a data loader exports them. */
function writeMembers(): string {
  const lines = [
    'CampaignId,Campaign.Name,Status,HasResponded,FirstRespondedDate,CreatedDate,FirstName,LastName,CompanyOrAccount,Email',
  ];
  for (let row = 0; row < rows; row++) {
    const person = row % people;
    const campaign = Math.floor(row / people);
    const company = person % companies;
    lines.push(
      `7015g0000${String(campaign).padStart(6, '0')},Campaign ${campaign},Clicked,true,2026-10-${10 + (row % 20)}T10:00:00.000+0000,2026-10-01T10:00:00.000+0000,First ${person},Last,Company ${company},p${person}@company${company}.example`,
    );
  }
  return lines.join('\n');
}

async function upload(marketer: Device, file: string): Promise<ImportStatus> {
  const body = new Blob([file]);
  const opened = await marketer.call(
    '/v1/imports',
    asPost({ fileName: 'members.csv', bytes: body.size, dryRun: false }),
  );
  const { importId, ticket } = importTicketSchema.parse(await opened.json());
  const path = new URL(`/v1/imports/${importId}/file`, opened.url);
  const answer = await fetch(path, { method: 'PUT', headers: { authorization: `Ticket ${ticket}` }, body });
  return importStatusSchema.parse(await answer.json());
}
