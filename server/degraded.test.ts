import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ContactId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../test/postgres/store.ts';
import { createPool } from './db/pool.ts';
import { createDiskWatch } from './disk.ts';

const log = pino({ level: 'silent' });
let store: TestStore;
let workspaceId: WorkspaceId;
let device: TestDevice;
let contactId: ContactId;
let sequence = 0;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  device = await store.signIn(workspaceId, 'rep');
  ({ contactId } = await seedAccount(store, workspaceId));
});
afterAll(() => store?.close());

const click = (): Mutation => ({
  kind: 'recordVerdict',
  body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null },
});

async function pushNext(): Promise<{
  status: number;
  retryAfter: string | null;
  body: { type?: string; detail?: string };
}> {
  const mutations = [{ ...click(), sequence: sequence + 1, at: new Date().toISOString() }];
  const response = await device.request('POST', '/v1/push', { mutations });
  if (response.ok) sequence += 1;
  return { status: response.status, retryAfter: response.headers.get('Retry-After'), body: await response.json() };
}

const ask = async (path: string) => {
  const response = await device.request('GET', path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const countVerdicts = async () =>
  (await sql<{ count: number }>`select count(*)::int as count from verdict`.execute(store.database.owner)).rows[0]
    ?.count;

describe('a full disk', () => {
  test('as PostgreSQL tells of it: a push is told to come later, what is read goes on, and it recovers by itself', async () => {
    const { owner } = store.database;
    let clock = 0;
    const disk = createDiskWatch({ dir: null, reserveBytes: 0, log, now: () => clock });
    store.deps.disk = disk;
    await pushNext();
    const cursor = await device.cursor();
    await sql`create function be_full() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100', message = 'could not extend file'; end $$`.execute(
      owner,
    );
    await sql`create trigger be_full before insert on verdict for each statement execute function be_full()`.execute(
      owner,
    );
    const refused = await pushNext();
    expect(refused).toMatchObject({ status: 503, retryAfter: '30', body: { type: 'urn:baton:problem:disk-full' } });
    expect(refused.body.detail).toMatch(/disk is full.*kept in this browser.*by itself/);
    expect((await ask(`/v1/pull?after=${cursor}`)).status).toBe(200);
    expect(await ask('/readyz')).toMatchObject({ status: 200, body: { status: 'read-only', why: 'disk-full' } });
    await sql`drop trigger be_full on verdict`.execute(owner);
    // Believed for a while, so that PostgreSQL is left alone; then tried again.
    expect((await pushNext()).status).toBe(503);
    clock += 60_000;
    expect((await pushNext()).status).toBe(200);
    expect(await countVerdicts()).toBe(sequence);
    expect(await ask('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
    delete store.deps.disk;
  });

  test('is met by the store before PostgreSQL meets it: below the reserve nothing is taken in', async () => {
    let free = 50;
    store.deps.disk = createDiskWatch({ dir: '/data', reserveBytes: 100, log, readFree: () => free });
    const before = await countVerdicts();
    expect(await pushNext()).toMatchObject({ status: 503, body: { type: 'urn:baton:problem:disk-full' } });
    expect(await ask('/readyz')).toMatchObject({ body: { status: 'read-only', freeBytes: 50 } });
    expect((await ask('/v1/session')).status).toBe(200);
    expect(await countVerdicts()).toBe(before);
    free = 500;
    store.deps.disk = createDiskWatch({ dir: '/data', reserveBytes: 100, log, readFree: () => free });
    expect(await ask('/readyz')).toMatchObject({ body: { status: 'ready', warning: 'disk-low', freeBytes: 500 } });
    expect((await pushNext()).status).toBe(200);
    delete store.deps.disk;
  });
});

test('what no outbox keeps is said not to be kept, when the disk is full', async () => {
  const marketer = await store.signIn(workspaceId, 'marketer');
  store.deps.disk = createDiskWatch({ dir: '/data', reserveBytes: 100, log, readFree: () => 50 });
  const response = await marketer.request('POST', '/v1/imports', { fileName: 'x.csv', bytes: 1, dryRun: false });
  const { detail } = (await response.json()) as { detail: string };
  expect([response.status, detail]).toEqual([503, expect.stringMatching(/Nothing of this was kept: do it again/)]);
  delete store.deps.disk;
});

test('a database that a full disk has brought down is told by the disk', async () => {
  const { db } = store.deps;
  const away = createPool('postgres://nobody@127.0.0.1:1/none', { size: 1, onError: () => undefined });
  Object.assign(store.deps, { db: away, disk: createDiskWatch({ dir: '/', reserveBytes: 9, log, readFree: () => 0 }) });
  const full = { status: 'database unreachable', why: 'disk-full', freeBytes: 0 };
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: full });
  delete store.deps.disk;
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: { status: full.status, why: 'database' } });
  store.deps.db = db;
  await away.destroy();
});

test('a database without a connection left is told as that, and found again by itself', async () => {
  const { owner } = store.database;
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner);
  const name = sql.id(rows[0]?.name ?? '');
  await sql`alter database ${name} connection limit 0`.execute(owner);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'baton_app'`.execute(
    owner,
  );
  // The pool finds out one broken connection at a time.
  let refused = await pushNext();
  for (let times = 0; times < 20 && refused.body.type !== 'urn:baton:problem:no-connections'; times++)
    refused = await pushNext();
  expect(refused).toMatchObject({ status: 503, retryAfter: '3', body: { type: 'urn:baton:problem:no-connections' } });
  expect(await ask('/readyz')).toMatchObject({
    status: 503,
    body: { status: 'database unreachable', why: 'no-connections' },
  });
  await sql`alter database ${name} connection limit -1`.execute(owner);
  expect((await pushNext()).status).toBe(200);
  expect(await countVerdicts()).toBe(sequence);
  expect((await ask('/readyz')).status).toBe(200);
});

describe('the disk', () => {
  const watch = (readings: number[]) => {
    const heard: string[] = [];
    const told = {
      error: (_: unknown, line: string) => heard.push(line),
      warn: (_: unknown, line: string) => heard.push(line),
      info: (_: unknown, line: string) => heard.push(line),
    };
    let at = 0;
    const disk = createDiskWatch({
      dir: '/',
      reserveBytes: 100,
      log: told as never,
      readFree: () => readings[Math.min(at++, readings.length - 1)]!,
    });
    return { disk, heard };
  };

  test('is ok, low or full by what is free, and says so once', () => {
    expect([1000, 700, 99].map((free) => watch([free]).disk.state())).toEqual(['ok', 'low', 'full']);
    expect(watch([700]).heard).toEqual([expect.stringContaining('filling up')]);
  });

  test('has room again only when there is clearly more than the reserve, and is looked at by itself', () => {
    vi.useFakeTimers();
    const { disk, heard } = watch([99, 101, 119, 121, 900]);
    const states = [disk.state()];
    for (let looks = 0; looks < 4; looks++) {
      vi.advanceTimersByTime(2000);
      states.push(disk.state());
    }
    vi.useRealTimers();
    expect(states).toEqual(['full', 'full', 'full', 'low', 'ok']);
    expect(heard).toEqual([
      expect.stringContaining('full'),
      expect.stringContaining('filling up'),
      expect.stringContaining('room again'),
    ]);
  });

  test('that cannot be measured stops nothing', () => {
    const disk = createDiskWatch({
      dir: '/',
      reserveBytes: 100,
      log,
      readFree: () => {
        throw new Error('no such folder');
      },
    });
    expect([disk.state(), disk.freeBytes()]).toEqual(['ok', null]);
  });
});
