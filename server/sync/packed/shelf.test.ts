import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { readPacked } from '../../../test/postgres/packed.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../../test/postgres/store.ts';
import { readPoolUse } from '../../db/pool.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Metrics } from '../../metrics.ts';
import { erasePerson } from '../../persons/erase-person.ts';
import { appendChanges } from '../../store/change.ts';
import type { KeptFile } from './kept-file.ts';
import { createPackedShelf, type PackedShelf, type ShelfLimits, usualLimits } from './shelf.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
  return () => store.close();
});

let dir: string;
let shelf: PackedShelf;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let packings: number;
let nowMs: number;

function open(limits: Partial<ShelfLimits> = {}, isApart = false): void {
  const { db, url } = store.database;
  const metrics = { notePacked: () => void packings++, watch: () => undefined } as unknown as Metrics;
  const thread = isApart ? { thread: { isPreparing: true } } : {};
  shelf = createPackedShelf(
    { db, url, ...thread, log: pino({ level: 'silent' }), now: () => new Date(nowMs), metrics },
    dir,
    { ...usualLimits, patienceMs: 20_000, ...limits },
  );
}

beforeEach(async () => {
  packings = 0;
  nowMs = Date.now();
  dir = await mkdtemp(join(tmpdir(), 'baton-shelf-'));
  workspaceId = await store.addWorkspace();
  rep = await store.signIn(workspaceId, 'rep');
});
afterEach(async () => {
  await shelf.close();
  await rm(dir, { recursive: true });
});

const ask = (device: TestDevice = rep, etag: string | null = null) =>
  shelf.ask({ workspaceId: device.caller.workspaceId, memberId: device.caller.memberId, keyId: null, etag });
async function askFile(device: TestDevice = rep, etag: string | null = null): Promise<KeptFile> {
  const file = await ask(device, etag);
  if (file === null || !('stream' in file)) throw new Error(`No file: ${JSON.stringify(file)}.`);
  return file;
}
const readFile = async (file: KeptFile) => new Uint8Array(await new Response(file.stream(0, file.bytes)).arrayBuffer());
const tell = (...changes: Change[]) =>
  inWorkspace(store.database.db, workspaceId, (scope) => appendChanges(scope, workspaceId, changes));
const refetchOf = (memberId: string | null): Change => ({ kind: 'refetch', id: null, memberId });

test('is packed once for all who ask at the same moment, and for those who come after', async () => {
  open();
  const colleague = await store.signIn(workspaceId, 'marketer');
  const files = await Promise.all([askFile(), askFile(colleague), askFile(), askFile()]);
  files.push(await askFile(colleague));
  expect(new Set(files.map((file) => file.etag)).size).toBe(1);
  expect(packings).toBe(1);
});

test('is packed in a thread of its own just the same', async () => {
  open({}, true);
  const { accountId } = await seedAccount(store, workspaceId);
  expect(readPacked(await readFile(await askFile())).ids).toEqual([accountId]);
});

test('is given out for a while, and while not too much has changed', async () => {
  open({ mostChanges: 3 });
  const first = await askFile();
  await tell({ kind: 'workspace', id: null, memberId: null });
  expect((await askFile()).etag).toBe(first.etag);
  nowMs += usualLimits.freshMs;
  const second = await askFile();
  expect(second.etag).not.toBe(first.etag);
  const four = Array.from({ length: 4 }, (): Change => ({ kind: 'workspace', id: null, memberId: null }));
  await tell(...four);
  expect((await askFile()).etag).not.toBe(second.etag);
  expect(packings).toBe(3);
});

test('is never one from before everything was to be fetched again: for everybody, or for the member of whom that was said', async () => {
  open();
  const colleague = await store.signIn(workspaceId, 'rep');
  const first = await askFile();
  await tell(refetchOf(colleague.caller.memberId));
  expect((await askFile()).etag).toBe(first.etag);
  const second = await askFile(colleague);
  expect(second.etag).not.toBe(first.etag);
  await tell(refetchOf(null));
  for (const device of [rep, colleague]) expect([first.etag, second.etag]).not.toContain((await askFile(device)).etag);
});

test('lets whoever has the beginning of an older one go on with it', async () => {
  open();
  const first = await askFile();
  nowMs += usualLimits.freshMs;
  const second = await askFile();
  expect((await askFile(rep, first.etag)).etag).toBe(first.etag);
  expect((await askFile(rep, '"another"')).etag).toBe(second.etag);
});

test('lives in a file that has no name, which only its owner could have opened', async () => {
  open();
  await seedAccount(store, workspaceId);
  const file = await askFile();
  expect(await readdir(dir)).toEqual([]);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect(readPacked(await readFile(file)).bundles).toHaveLength(1);
});

test('goes when somebody is erased, also by a command or on another node, and whoever is at it may end', async () => {
  open({ sweepMs: 50 });
  const dana = await seedAccount(store, workspaceId);
  const file = await askFile();
  const reader = file.stream(0, file.bytes).getReader();
  const begun = await reader.read();
  await erasePerson(store.database.db, workspaceId, { kind: 'email', value: dana.address }, null);
  await vi.waitFor(() => expect(shelf.measure().files).toBe(0), { timeout: 5000 });
  expect(begun.value?.length).toBe(file.bytes);
  const { bundles } = readPacked(await readFile(await askFile()));
  expect(bundles.flatMap((bundle) => bundle.contacts)).toEqual([]);
});

test('that is being packed when somebody is erased is given up, and packed anew for whoever asks again', async () => {
  open();
  const dana = await seedAccount(store, workspaceId);
  const before = ask();
  await erasePerson(store.database.db, workspaceId, { kind: 'email', value: dana.address }, null);
  shelf.forget(workspaceId);
  await before;
  const { bundles } = readPacked(await readFile(await askFile()));
  expect(bundles.flatMap((bundle) => bundle.contacts)).toEqual([]);
  expect(shelf.measure().files).toBe(1);
});

test('tells how far it has come to whoever does not wait', async () => {
  open({ patienceMs: 0 });
  await seedAccount(store, workspaceId);
  expect(await ask()).toEqual({ packed: 0, of: expect.any(Number) });
  await vi.waitFor(async () => expect(await ask()).toHaveProperty('stream'), { timeout: 5000 });
  expect(packings).toBe(1);
});

test('whose reader is slow or gone holds nothing but the open file', async () => {
  open();
  for (let count = 0; count < 40; count++) await seedAccount(store, workspaceId, { touches: 20 });
  const file = await askFile();
  const slow = file.stream(0, file.bytes).getReader();
  await slow.read();
  const gone = file.stream(0, file.bytes).getReader();
  await gone.read();
  await gone.cancel();
  const use = readPoolUse(store.database.db);
  expect(use?.open).toBe(use?.idle);
  shelf.forget(workspaceId);
  for (let isDone = false; !isDone; ) ({ done: isDone } = await slow.read());
  await expect(readFile(file)).rejects.toThrow();
});

test('goes after a while, and the oldest first where there are too many or too many bytes', async () => {
  open({ mostFiles: 2, sweepMs: 50 });
  const others = [
    await store.signIn(await store.addWorkspace(), 'rep'),
    await store.signIn(await store.addWorkspace(), 'rep'),
  ];
  for (const device of [rep, ...others]) await askFile(device);
  expect(shelf.measure().files).toBe(2);
  await askFile();
  expect(packings).toBe(4);
  nowMs += usualLimits.keptMs;
  await vi.waitFor(() => expect(shelf.measure()).toEqual({ files: 0, bytes: 0 }), { timeout: 5000 });
  await shelf.close();
  open({ mostBytes: 1 });
  for (const device of [rep, ...others]) await askFile(device);
  expect(shelf.measure().files).toBe(1);
});

test('is for reps of the same territories one file, and for others another', async () => {
  open();
  const admin = await store.signIn(workspaceId, 'admin');
  const reps = [rep, await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'rep')];
  await admin.request('PATCH', '/v1/desk/settings', { scopeByTerritory: true });
  for (const [at, territories] of [['North', 'South'], ['South', 'North', 'North'], ['East']].entries())
    await admin.request('PUT', `/v1/desk/members/${reps[at]?.caller.memberId}/territories`, { territories });
  const etags = await Promise.all([...reps, admin].map(async (device) => (await askFile(device)).etag));
  expect(etags[0]).toBe(etags[1]);
  expect(new Set(etags).size).toBe(3);
});

test('that cannot be packed is told as the fault it is, and tried again', async () => {
  open();
  await rm(dir, { recursive: true });
  await expect(ask()).rejects.toMatchObject({ code: 'ENOENT' });
  dir = await mkdtemp(dir);
  await shelf.close();
  open();
  expect(await askFile()).toHaveProperty('etag');
});
