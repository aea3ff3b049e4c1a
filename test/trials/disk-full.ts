import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PushedMutation } from '#contract/mutation.ts';
import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import type { Trial, TrialResult } from './trial.ts';

/** The store's data is on a small disk, which is filled to its last byte while a rep clicks, and emptied again. */
export const diskFullTrial: Trial = {
  name: 'disk-full',
  about: 'the disk of the store is filled to its last byte while clicks are pushed, and emptied again',
  usualCount: 20,
  findObstacle: () =>
    process.platform === 'linux' && process.getuid?.() === 0
      ? null
      : 'It mounts a small disk, which only root on Linux may.',
  run: runTrials,
};

const diskMb = 300;
const patienceMs = 60_000;

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  const disk = await mkdtemp(join(tmpdir(), 'baton-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m,mode=0755`, 'tmpfs', disk]);
  let store: RunningStore | null = null;
  try {
    // No reserve: PostgreSQL itself must meet the end.
    store = await startStore({ DISK_RESERVE_MB: '0', LOG_LEVEL: 'silent' }, disk);
    const device = await joinStore(await store.invite('rep', 'rita.rep@seller.example'), 'Rita Rep');
    const contactId = await addPerson(store, device);
    const clicks: PushedMutation[] = [];
    for (let trial = 1; trial <= count; trial++) {
      await runTrial(store, disk, device, contactId, clicks, trial % 2 === 0);
      if (trial % 5 === 0) say(`  ${trial} of ${count}, ${clicks.length} clicks`);
    }
    return { name: diskFullTrial.name, count, ...(await compare(store, clicks)) };
  } finally {
    await store?.stop();
    execFileSync('umount', ['-l', disk]);
    await rm(disk, { recursive: true, force: true });
  }
}

/** `isDown`: PostgreSQL also has no room for its log, which brings it down; else only its tables cannot grow, and what is read goes on. */
async function runTrial(
  store: RunningStore,
  disk: string,
  device: Device,
  contactId: string,
  clicks: PushedMutation[],
  isDown: boolean,
): Promise<void> {
  const filler = join(disk, 'filler');
  await sleep(Math.random() * 300);
  // A segment of PostgreSQL's log that has just begun: whether the rest of it has its place on the disk is what reads hang on.
  if (!isDown) await store.sql('select pg_switch_wal()');
  await store.sql('update workspace set name = name');
  fill(filler);
  const until = Date.now() + patienceMs;
  // Pages that are there already take some clicks in; then there is no more.
  while ((await push(device, contactId, clicks)) === 200)
    if (Date.now() > until) throw new Error('The disk is full, and the store still took everything in.');
  if (isDown) await bringDown(store);
  else {
    // What failed is written to the log all the same, some milliseconds later, by PostgreSQL itself.
    await store.sql(`select pg_logical_emit_message(false, 'trial', repeat('x', 100000))`);
    await sleep(500);
    await expectReads(device);
  }
  // What comes to a store whose PostgreSQL is down is told to come later all the same.
  for (let times = 0; isDown && times < 3; times++, await sleep(300)) await push(device, contactId, clicks);
  rmSync(filler);
  while ((await push(device, contactId, clicks)) !== 200) {
    if (Date.now() > until) throw new Error('There is room again, and the store still takes nothing in.');
    await sleep(200);
  }
}

/** Writes to PostgreSQL's log until there is no room for more of it; the next commit then takes it down, and it starts again by itself. */
async function bringDown(store: RunningStore): Promise<void> {
  for (let times = 0; times < 500; times++) {
    const isTaken = await store.sql(`select pg_logical_emit_message(true, 'trial', repeat('x', 1000000))`).then(
      () => true,
      () => false,
    );
    if (isTaken) continue;
    const commit = store.sql('update workspace set name = name').catch((error: { code?: string }) => error);
    const { code = 'connection lost' } = (await commit) as { code?: string };
    if (code === '53100') continue;
    if (Array.isArray(await commit)) throw new Error('PostgreSQL had no room for its log, and still committed.');
    return;
  }
  throw new Error('The disk is full, and PostgreSQL still wrote to its log.');
}

/** To the last byte. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 16)) {
    try {
      while (writeSync(file, Buffer.alloc(size)) === size);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
}

/** What the device holds unacknowledged goes out again, in order, with some new clicks when there is nothing. Answers the status; anything but taken or "later" ends the trial. */
async function push(device: Device, contactId: string, clicks: PushedMutation[]): Promise<number> {
  const last = waiting.get(device) ?? 0;
  if (clicks.length === last) {
    for (let more = 0; more < 20; more++) {
      const body = { verdictId: randomUUID(), contactId, value: 'weak', shown: null };
      clicks.push({ sequence: clicks.length + 1, kind: 'recordVerdict', body, at: new Date().toISOString() });
    }
  }
  const response = await device.call('/v1/push', asPost({ mutations: clicks.slice(last) }));
  const answer = (await response.json()) as { lastSequence?: number; type?: string };
  if (response.status === 200) waiting.set(device, answer.lastSequence ?? 0);
  else if (response.status !== 503 || !response.headers.get('retry-after'))
    throw new Error(`A push on a full disk was answered ${response.status} ${answer.type}.`);
  return response.status;
}

/** Up to where each device's clicks were acknowledged. */
const waiting = new Map<Device, number>();

async function expectReads(device: Device): Promise<void> {
  if ((await device.readBundles()).length === 0) throw new Error('On a full disk the store showed nothing.');
  const ready = await device.call('/readyz');
  const said = (await ready.json()) as { status: string; why?: string };
  if (said.why !== 'disk-full') throw new Error(`/readyz does not say why: ${JSON.stringify(said)}.`);
}

async function compare(
  store: RunningStore,
  clicks: readonly PushedMutation[],
): Promise<Pick<TrialResult, 'lost' | 'doubled' | 'disordered'>> {
  const kept = (await store.sql<{ id: string }>('select id from verdict order by at, id')).map(({ id }) => id);
  const wanted = clicks.map(({ body }) => (body as { verdictId: string }).verdictId);
  const known = new Set(kept);
  const inOrder = wanted.filter((id) => known.has(id));
  return {
    lost: wanted.length - inOrder.length,
    doubled: kept.length - known.size + Math.max(0, kept.length - wanted.length),
    disordered: kept.filter((id, index) => id !== inOrder[index]).length,
  };
}

async function addPerson(store: RunningStore, device: Device): Promise<string> {
  const workspace = device.session.workspace.id;
  const [account, contact] = [randomUUID(), randomUUID()];
  await store.sql('insert into account (workspace_id, id, name) values ($1, $2, $3)', [workspace, account, 'Sample']);
  await store.sql('insert into contact (workspace_id, id, account_id, name) values ($1, $2, $3, $4)', [
    workspace,
    contact,
    account,
    'Person',
  ]);
  return contact;
}
