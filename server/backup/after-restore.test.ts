import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cursor, pullAnswerSchema } from '#contract/feed.ts';
import type { AccountId, ContactId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { createApp } from '../app.ts';
import type { Authenticated } from '../deps.ts';
import { createAskers } from '../sync/askers.ts';
import { settlingMs } from '../sync/settling.ts';
import { createSharedPages } from '../sync/shared-pages.ts';
import { checkBackup } from './read-backup.ts';
import { restoreBackup } from './restore.ts';
import { takeBackup } from './take-backup.ts';

const dayMs = 86_400_000;
let dir: string;
let store: TestStore;
let restored: TestDatabase;
let app: Hono<Authenticated>;
let workspaceId: WorkspaceId;
let accountId: AccountId;
let contactId: ContactId;
let rep: TestDevice;
let idle: TestDevice;
let late: TestDevice;
let behind: Cursor;
let ahead: Cursor;
const clicks: Mutation[] = [];
let now = new Date();

const click = (contact = contactId): Mutation => ({
  kind: 'recordVerdict',
  body: { verdictId: randomUUID() as VerdictId, contactId: contact, value: 'weak', shown: null },
});

/** A request to the restored store. */
const ask = (device: TestDevice, path: string, body?: unknown) =>
  app.request(path, {
    headers: { Authorization: `Bearer ${device.token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
const pull = async (after: Cursor) => pullAnswerSchema.parse(await (await ask(rep, `/v1/pull?after=${after}`)).json());
async function push(device: TestDevice, first: number, ...mutations: Mutation[]) {
  const numbered = mutations.map((each, index) => ({ ...each, sequence: first + index, at: new Date().toISOString() }));
  const response = await ask(device, '/v1/push', { mutations: numbered });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'baton-restored-'));
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  ({ accountId, contactId } = await seedAccount(store, workspaceId));
  rep = await store.signIn(workspaceId, 'rep');
  idle = await store.signIn(workspaceId, 'rep');
  const { owner } = store.database;
  await sql`insert into import (workspace_id, id, file_name, state, dry_run) values (${workspaceId}, gen_random_uuid(), 'big.csv', 'running', false)`.execute(
    owner,
  );
  await sql`update device set expires_at = now() + interval '1 day' where id = ${idle.caller.deviceId}`.execute(owner);
  for (let count = 0; count < 4; count++) clicks.push(click());
  behind = await rep.cursor();
  await rep.push(1, ...clicks.slice(0, 2));
  const path = join(dir, 'a.backup');
  await takeBackup(store.database.ownerUrl, path, () => undefined);
  await rep.push(3, ...clicks.slice(2));
  ahead = await rep.cursor();
  late = await store.signIn(workspaceId, 'rep');

  restored = await createTestDatabase();
  now = new Date(Date.now() + 20 * dayMs);
  await restoreBackup(restored.ownerUrl, await checkBackup(path), { now });
  const pulls = { askers: createAskers(restored.db), pages: createSharedPages() };
  app = createApp({ ...store.deps, db: restored.db, databaseUrl: restored.url, pulls, now: () => now });
});
afterAll(async () => {
  await restored?.close();
  await store?.close();
  rmSync(dir, { recursive: true, force: true });
});

test('a device ahead of the backup is sent for a fresh copy and told from where to send again; nothing is doubled', async () => {
  expect(await pull(ahead)).toMatchObject({ status: 'refetch', device: { lastSequence: 2 } });
  // What it did next comes too early: first what is missing.
  expect(await push(rep, 5, click())).toMatchObject({ status: 409, body: { lastSequence: 2 } });
  expect(await push(rep, 1, ...clicks)).toMatchObject({ status: 200, body: { lastSequence: 4, rejected: [] } });
  const { rows } = await sql<{ id: string }>`select id from verdict order by at, id`.execute(restored.owner);
  expect(rows.map(({ id }) => id)).toEqual(clicks.map(({ body }) => (body as { verdictId: string }).verdictId));
});

test('an entry that is written after the restore under a number that was there before is another entry', async () => {
  const { rows } = await sql<{ seq: number; token: string }>`
    select seq, token from feed_entry where seq = ${Number(ahead.split('.')[0])}`.execute(restored.owner);
  expect(rows).toHaveLength(1);
  expect(`${rows[0]?.seq}.${rows[0]?.token}`).not.toBe(ahead);
  expect((await pull(ahead)).status).toBe('refetch');
});

test('a device behind the backup finds its place in the feed, and is told what is missing', async () => {
  // An import had been under way: whether everybody was told of all it did, nobody knows, so the copy is made anew.
  expect(await pull(behind)).toMatchObject({ status: 'refetch', device: { lastSequence: 4 } });
  const { rows } = await sql<{
    seq: number;
    token: string;
  }>`select seq, token from feed_entry order by seq desc limit 2`.execute(restored.owner);
  const last = rows[1]!;
  expect(await pull(`${last.seq}.${last.token}` as Cursor)).toMatchObject({ status: 'changes' });
});

test('the time since the backup does not count against a device’s token', async () => {
  expect((await ask(idle, '/v1/session')).status).toBe(200);
});

test('a device that joined after the backup is unknown', async () => {
  const response = await ask(late, '/v1/session');
  expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([
    401,
    'urn:baton:problem:token-unknown',
  ]);
});

test('an import that ran is shown as broken off', async () => {
  const { rows } = await sql<{ state: string; failure: string }>`select state, failure from import`.execute(
    restored.owner,
  );
  expect(rows).toEqual([{ state: 'failed', failure: expect.stringContaining('import the same file again') }]);
});

test('a click on somebody whom a colleague has yet to bring back waits for an hour, what stands before it goes in, and then it is refused', async () => {
  const added = randomUUID() as ContactId;
  const [before, waiting] = [click(), click(added)];
  expect(await push(rep, 5, before, waiting)).toMatchObject({ status: 200, body: { lastSequence: 5, rejected: [] } });
  expect(await push(rep, 6, waiting)).toMatchObject({ status: 503, body: { type: 'urn:baton:problem:settling' } });
  await push(idle, 1, {
    kind: 'addContact',
    body: { contactId: added, accountId, name: null, address: 'new@kestrel.example' },
  });
  expect(await push(rep, 6, waiting)).toMatchObject({ status: 200, body: { lastSequence: 6, rejected: [] } });
  const never = click(randomUUID() as ContactId);
  expect((await push(rep, 7, never)).status).toBe(503);
  now = new Date(now.getTime() + settlingMs);
  expect(await push(rep, 7, never)).toMatchObject({
    status: 200,
    body: { lastSequence: 7, rejected: [{ code: 'unknown-contact' }] },
  });
});
