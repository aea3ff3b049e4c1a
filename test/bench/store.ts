import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { snapshotLineSchema } from '#contract/feed.ts';
import type { ContactId } from '#contract/ids.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { atLeast, type Benchmark, figure, type Mark, percentile } from './benchmark.ts';
import type { ReplayRequest, ReplayResult } from './replay-sql.ts';
import { fillStore, type Load, measureLoad } from './store-load.ts';

const deviceCount = 8;
const stretchMs = 5000;
/** A store over HTTP should reach this share of what the same SQL does without it. */
const wantedShare = 0.5;

/** Pushes and pulls a second through the store, beside the very same SQL sent through `pg` by another process. */
export const storeBenchmark: Benchmark = {
  name: 'store',
  about: `pushes and pulls of ${deviceCount} devices over HTTP, beside the same prepared SQL from a second process.`,
  async measure(say) {
    const store = await startStore({ RATE_LIMIT: 'off' });
    try {
      return await measureStore(store, say);
    } finally {
      await store.stop();
    }
  },
};

async function measureStore(store: RunningStore, say: (line: string) => void): Promise<Mark[]> {
  const devices: Device[] = [];
  for (let number = 1; number <= deviceCount; number++) {
    const link = await store.invite('rep', `rep-${number}@seller.example`);
    devices.push(await joinStore(link, `Rep ${number}`));
  }
  const [first] = devices;
  if (!first) throw new Error('No device joined.');
  const contacts = await fillStore(store, first, { accounts: 500 });
  const sequences = devices.map(() => 0);
  await push(devices, sequences, contacts, 0);

  say('  pushes over HTTP');
  const pushes = await measureLoad(deviceCount, stretchMs, (device) => push(devices, sequences, contacts, device));
  say('  the same SQL');
  const pushSql = await replay(store, devices, {
    path: '/v1/push',
    bodies: devices.map((_, device) => pushBody((sequences[device] ?? 0) + 1, contacts)),
  });
  say('  pulls of one changed account over HTTP');
  const pullPath = `/v1/pull?after=${await changeOneAccount(store, first)}`;
  const pulls = await measureLoad(deviceCount, stretchMs, async (device) => {
    const answer = await devices[device]?.call(pullPath);
    await answer?.arrayBuffer();
  });
  say('  the same SQL');
  const pullSql = await replay(store, devices, { path: pullPath, bodies: [] });
  return [...describeLoad('push', pushes, pushSql), ...describeLoad('pull', pulls, pullSql)];
}

function describeLoad(name: string, load: Load, sql: ReplayResult): Mark[] {
  return [
    figure(`${name}: over HTTP`, load.perSecond, '/s'),
    figure(`${name}: the same SQL, ${sql.statements} statements`, sql.perSecond, '/s'),
    atLeast(wantedShare, `${name}: share of the SQL alone`, load.perSecond / sql.perSecond, ''),
    figure(`${name}: p50`, percentile(load.samples, 0.5), 'ms'),
    figure(`${name}: p99`, percentile(load.samples, 0.99), 'ms'),
  ];
}

function pushBody(sequence: number, contacts: readonly ContactId[]) {
  const contactId = contacts[Math.floor(Math.random() * contacts.length)];
  const body = { verdictId: randomUUID(), contactId, value: 'weak', shown: null };
  return { mutations: [{ sequence, at: new Date().toISOString(), kind: 'recordVerdict', body }] };
}

async function push(
  devices: readonly Device[],
  sequences: number[],
  contacts: readonly ContactId[],
  device: number,
): Promise<void> {
  const sequence = (sequences[device] ?? 0) + 1;
  await devices[device]?.push(pushBody(sequence, contacts).mutations);
  sequences[device] = sequence;
}

/** Somebody adds a person to an account. Answers the cursor from before. */
async function changeOneAccount(store: RunningStore, device: Device): Promise<string> {
  const cursor = await readCursor(device);
  const [account] = await store.sql<{ id: string }>('select id from account limit 1');
  const [row] = await store.sql<{ next: number }>('select last_sequence::int + 1 as next from device where id = $1', [
    device.session.device.id,
  ]);
  const body = { contactId: randomUUID(), accountId: account?.id, address: 'new.person@customer.example', name: null };
  await device.push([{ sequence: row?.next ?? 1, at: new Date().toISOString(), kind: 'addContact', body }]);
  return cursor;
}

async function readCursor(device: Device): Promise<string> {
  const text = await (await device.call('/v1/snapshot')).text();
  const head = snapshotLineSchema.parse(JSON.parse(text.slice(0, text.indexOf('\n'))));
  if (head.line !== 'head') throw new Error('A snapshot began without its head.');
  return head.cursor;
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
