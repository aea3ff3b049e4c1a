import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ContactId } from '#contract/ids.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { atLeast, type Benchmark, figure, type Mark, percentile } from './benchmark.ts';
import { createPlainCaller } from './plain-caller.ts';
import type { ReplayRequest, ReplayResult } from './replay-sql.ts';
import { growTouches, probes } from './store-growth.ts';
import { idOf, type Load, measureLoad, type Size } from './store-load.ts';

/** A large company's store, at scale 1: 100,000 accounts, 1,000,000 people, 10,000,000 touches. */
const full: Size = { accounts: 100_000, contactsEach: 10, touchesEach: 10 };
const deviceCount = 8;
const stretchMs = 3000;
const turns = 3;
/** A store over HTTP should reach this share of what the same SQL does without it. */
const wantedShare = 0.5;

/** Pushes and pulls a second through the store, beside the very same SQL sent through `pg` by another process. */
export const storeBenchmark: Benchmark = {
  name: 'store',
  about: `pushes and pulls of ${deviceCount} devices over HTTP, beside the same prepared SQL from a second process; bundles as touches grow.`,
  async measure(say, scale) {
    const store = await startStore({ RATE_LIMIT: 'off' });
    try {
      const accounts = Math.max(probes * 2, Math.round(full.accounts * scale));
      return await measureStore(store, say, { ...full, accounts });
    } finally {
      await store.stop();
    }
  },
};

async function measureStore(store: RunningStore, say: (line: string) => void, size: Size): Promise<Mark[]> {
  const devices: Device[] = [];
  for (let number = 1; number <= deviceCount; number++) {
    const link = await store.invite('rep', `rep-${number}@seller.example`);
    devices.push(await joinStore(link, `Rep ${number}`));
  }
  const [first] = devices;
  if (!first) throw new Error('No device joined.');
  const workspace = first.session.workspace.id;
  const flat = await growTouches(store, workspace, size, say);
  const contacts = Array.from(
    { length: 1000 },
    () => idOf('contact', Math.floor(Math.random() * size.accounts * size.contactsEach)) as ContactId,
  );
  const sequences = devices.map(() => 0);
  const callers = devices.map(({ token }) => createPlainCaller(store.url, token));
  const push = async (device: number) => {
    sequences[device] = (sequences[device] ?? 0) + 1;
    await callers[device]?.call('/v1/push', JSON.stringify(pushBody(sequences[device], contacts)));
  };
  await push(0);

  const pushes = await compare(
    async () => {
      say('  pushes over HTTP');
      // What the same SQL did meanwhile has moved the devices on.
      const rows = await store.sql<{ id: string; last: number }>('select id, last_sequence::int as last from device');
      const last = new Map(rows.map((row) => [row.id, row.last]));
      devices.forEach((device, index) => {
        sequences[index] = last.get(device.session.device.id) ?? 0;
      });
      return measureLoad(deviceCount, stretchMs, push);
    },
    () => {
      say('  the same SQL');
      const bodies = devices.map((_, device) => pushBody((sequences[device] ?? 0) + 1, contacts));
      return replay(store, devices, { path: '/v1/push', bodies });
    },
  );
  const pullPath = `/v1/pull?after=${await changeOneAccount(store, first)}`;
  const pulls = await compare(
    () => {
      say('  pulls of one changed account over HTTP');
      return measureLoad(deviceCount, stretchMs, async (device) => void (await callers[device]?.call(pullPath)));
    },
    () => {
      say('  the same SQL');
      return replay(store, devices, { path: pullPath, bodies: [] });
    },
  );
  for (const caller of callers) caller.close();
  return [...describeLoad('push', pushes), ...describeLoad('lookup (pull of one changed account)', pulls), ...flat];
}

/** The store's load and the bare SQL's, in turns: what else this machine does meanwhile falls on both. */
interface Compared {
  http: Load;
  sql: ReplayResult;
}

async function compare(http: () => Promise<Load>, sql: () => Promise<ReplayResult>): Promise<Compared> {
  const loads: Load[] = [];
  const replays: ReplayResult[] = [];
  for (let turn = 0; turn < turns; turn++) {
    loads.push(await http());
    replays.push(await sql());
  }
  const mean = (results: readonly { perSecond: number }[]) =>
    results.reduce((sum, { perSecond }) => sum + perSecond, 0) / results.length;
  return {
    http: { perSecond: mean(loads), samples: loads.flatMap(({ samples }) => samples) },
    sql: { perSecond: mean(replays), statements: replays[0]?.statements ?? 0 },
  };
}

function describeLoad(name: string, { http, sql }: Compared): Mark[] {
  return [
    figure(`${name}: over HTTP`, http.perSecond, '/s'),
    figure(`${name}: the same SQL, ${sql.statements} statements`, sql.perSecond, '/s'),
    atLeast(wantedShare, `${name}: share of the SQL alone`, http.perSecond / sql.perSecond, ''),
    figure(`${name}: p50`, percentile(http.samples, 0.5), 'ms'),
    figure(`${name}: p99`, percentile(http.samples, 0.99), 'ms'),
  ];
}

function pushBody(sequence: number, contacts: readonly ContactId[]) {
  const contactId = contacts[Math.floor(Math.random() * contacts.length)];
  const body = { verdictId: randomUUID(), contactId, value: 'weak', shown: null };
  return { mutations: [{ sequence, at: new Date().toISOString(), kind: 'recordVerdict', body }] };
}

/** Somebody adds a person to an account. Answers the cursor from before. */
async function changeOneAccount(store: RunningStore, device: Device): Promise<string> {
  const cursor = await readCursor(store, device.session.workspace.id);
  const account = idOf('account', 1);
  const [row] = await store.sql<{ next: number }>('select last_sequence::int + 1 as next from device where id = $1', [
    device.session.device.id,
  ]);
  const body = { contactId: randomUUID(), accountId: account, address: 'new.person@customer.example', name: null };
  await device.push([{ sequence: row?.next ?? 1, at: new Date().toISOString(), kind: 'addContact', body }]);
  return cursor;
}

async function readCursor(store: RunningStore, workspace: string): Promise<string> {
  const [head] = await store.sql<{ cursor: string }>(
    `select seq || '.' || token as cursor from feed_counter where workspace_id = $1`,
    [workspace],
  );
  return head?.cursor ?? '';
}

async function replay(
  store: RunningStore,
  devices: readonly Device[],
  request: Pick<ReplayRequest, 'path' | 'bodies'>,
): Promise<ReplayResult> {
  const program = fileURLToPath(new URL('./replay-sql.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const whole: ReplayRequest = {
    ...request,
    dataDir: store.dataDir,
    tokens: devices.map(({ token }) => token),
    milliseconds: stretchMs,
  };
  child.stdin.end(JSON.stringify(whole));
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  if (output === '') throw new Error('The process with the bare SQL ended without a result.');
  return JSON.parse(output) as ReplayResult;
}
