import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { talkingPointDraftSchema } from '#contract/desk.ts';
import type { ImportId, MemberId, WorkspaceId } from '#contract/ids.ts';
import { type ImportStatus, importStatusSchema } from '#contract/import.ts';
import { generateExports } from '../../test/fixtures/exports/generate.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { listTalkingPoints } from '../store/desk-point-results.ts';
import { pushTalkingPoint } from '../store/desk-talking-points.ts';
import { openImport, readImport } from '../store/import-job.ts';
import { ImportTaken } from '../store/import-run.ts';
import { createWorkspace } from '../store/workspace.ts';
import type { ImportGround } from './import-ground.ts';
import { takeUp } from './run-apart.ts';
import { type ImportOrder, runImport } from './run-import.ts';
import { undoImport } from './undo-import.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const exports = generateExports('2026-11-20');
let database: TestDatabase;
let workspaceId: WorkspaceId;
let ground: ImportGround;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db, url } = database;
  ground = { db, url, log: pino({ level: 'silent' }), now: () => now, poke: () => undefined, apart: null };
});
afterAll(() => database?.close());
beforeEach(async () => {
  workspaceId = randomUUID() as WorkspaceId;
  await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, 'Kestrel Works', now));
});

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const csv = (...lines: string[]) => `${lines.join('\n')}\n`;

async function take(text: string, more: Partial<ImportOrder> & { dryRun?: boolean } = {}): Promise<ImportStatus> {
  const importId = randomUUID() as ImportId;
  const job = {
    id: importId,
    fileName: 'file.csv',
    bytes: null,
    dryRun: more.dryRun ?? false,
    byMember: null,
    ticket: null,
  };
  await inWorkspace(database.db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  const { dryRun: _, ...order } = more;
  return importStatusSchema.parse(await runImport({ ...ground, ...order, workspaceId, importId }, once(text)));
}

const read = (id: ImportId) => inWorkspace(database.db, workspaceId, (scope) => readImport(scope, workspaceId, id));
const undo = (importId: ImportId) => undoImport(ground, { workspaceId, importId, byMember: null });

const tables = [
  'account',
  'contact',
  'identifier',
  'campaign',
  'touch',
  'planned_touch',
  'opportunity',
  'waiting_row',
  'import_block',
];
/** Every row of every table that imports write, as text. */
async function readAll(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - 'updated_at' - 'linked_at')::text as row from ${sql.table(table)} t where workspace_id = ${workspaceId}`.execute(
      database.owner,
    );
    all[table] = rows.map(({ row }) => row).sort();
  }
  return all;
}

async function cutShort(text: string, afterBatches: number): Promise<ImportId> {
  let batches = 0;
  const status = await take(text, {
    onProgress: () => {
      batches += 1;
      // As a kill right behind a commit: nobody writes anything any more.
      if (batches > afterBatches) throw new ImportTaken();
    },
  });
  await sql`update import set beat_at = now() - interval '1 hour' where id = ${status.id}`.execute(database.owner);
  return status.id;
}

test('every kind of file is undone to the row', { timeout: 90_000 }, async () => {
  for (const file of exports.files) {
    const before = await readAll();
    const { id, canUndo } = await take(file.text);
    expect(canUndo).toBe(true);
    expect(await readAll()).not.toEqual(before);
    expect(await undo(id)).toMatchObject({
      state: 'undone',
      undoneAt: now.toISOString(),
      undoNote: null,
      canUndo: false,
    });
    expect(await readAll()).toEqual(before);
    await take(file.text);
  }
});

test('changed accounts, contacts, plans and campaigns are as they were before the import', async () => {
  await take(csv('Account Name,Domain,Segment,Tier', 'Ardmoor,ardmoor.example,Food,2'));
  await take(csv('Email,Name,Title', 'a@ardmoor.example,Ana,Buyer'));
  await take(csv('Email,Campaign,Kind,Planned For,Status', 'a@ardmoor.example,Nurture,sent,2026-11-19,planned'));
  const before = await readAll();
  const first = await take(csv('Account Name,Domain,Segment,Tier', 'Ardmoor Ltd,ardmoor.example,Steel,1'));
  const second = await take(csv('Email,Name,Salesforce Contact ID', 'a@ardmoor.example,Anna,0035g00000DanOrAAJ'));
  const third = await take(csv('Email,Campaign,Kind,At', 'a@ardmoor.example,Nurture,sent,2026-11-18'));
  expect(third.planned.changed).toBe(1);
  await expect(undo(first.id)).rejects.toThrow(/only the last one/);
  for (const { id } of [third, second, first]) await undo(id);
  expect(await readAll()).toEqual(before);
});

test('nothing is undone while another import runs', async () => {
  const { id } = await take(csv('Account Name,Domain', 'Ardmoor,ardmoor.example'));
  const other = {
    id: randomUUID() as ImportId,
    fileName: 'x.csv',
    bytes: 1,
    dryRun: false,
    byMember: null,
    ticket: null,
  };
  await inWorkspace(database.db, workspaceId, (scope) => openImport(scope, workspaceId, other));
  expect((await read(id))?.canUndo).toBe(false);
  await expect(undo(id)).rejects.toThrow(/not while another one runs/);
  await sql`update import set state = 'failed' where id = ${other.id}`.execute(database.owner);
  expect(await undo(id)).toMatchObject({ state: 'undone' });
});

test('a dry run is nothing to undo, and in nobody’s way, also where rows would wait', async () => {
  const { id } = await take(csv('Account Name,Domain', 'Ardmoor,ardmoor.example'));
  const text = exports.files.find(({ name }) => name === 'marketo-activities.csv')?.text ?? '';
  const dry = await take(text, { dryRun: true });
  expect(dry.waitingRows).toBeGreaterThan(0);
  expect(dry.canUndo).toBe(false);
  await expect(undo(dry.id)).rejects.toThrow(/cannot be undone/);
  expect(await undo(id)).toMatchObject({ state: 'undone' });
});

test('a talking point was sent to as many accounts as are left of those it went to', async () => {
  await take(csv('Account Name,Domain', 'Ardmoor,ardmoor.example'));
  const second = await take(csv('Account Name,Domain', 'Larkspur,larkspur.example', 'Osprey,osprey.example'));
  const draft = talkingPointDraftSchema.parse({
    ...{
      title: 'Torqline ends',
      text: 'Ask.',
      whyNow: null,
      link: null,
      campaignId: null,
      startsOn: null,
      expiresOn: null,
    },
    audience: { segments: [], tiers: [], stages: [], activeDays: null },
  });
  const within = <T>(work: (scope: Scope) => Promise<T>) => inWorkspace(database.db, workspaceId, work);
  await within((scope) => pushTalkingPoint(scope, workspaceId, randomUUID() as MemberId, draft, now));
  const told = async () => (await within((scope) => listTalkingPoints(scope, workspaceId, now)))[0]?.accounts;
  const counted = async () =>
    (
      await sql<{
        rows: number;
      }>`select count(*)::int as rows from talking_point_account where workspace_id = ${workspaceId}`.execute(
        database.owner,
      )
    ).rows[0]?.rows;
  expect([await told(), await counted()]).toEqual([3, 3]);
  await undo(second.id);
  expect([await told(), await counted()]).toEqual([1, 1]);
  // Sent by a store of before, which noted no number.
  await sql`update talking_point set accounts = null where workspace_id = ${workspaceId}`.execute(database.owner);
  expect(await told()).toBe(1);
});

test('whom a colleague has judged since stays, and the status says so', async () => {
  const { id } = await take(
    csv(
      'Email,Name,Company',
      'a@ardmoor.example,Ana,Ardmoor',
      'b@ardmoor.example,Bo,Ardmoor',
      'c@other.example,Cy,Other',
    ),
  );
  await sql`
    insert into insight (workspace_id, id, contact_id, account_id, member_id, text, kind, method, claimed_at)
    select ${workspaceId}, gen_random_uuid(), id, account_id, gen_random_uuid(), 'Needs a second line', 'customer', 'interview', now()
    from contact where workspace_id = ${workspaceId} and name = 'Ana'`.execute(database.owner);
  expect((await undo(id)).undoNote).toMatch(/^1 contact and 1 account stay: colleagues/);
  const left = await readAll();
  expect([left['account']?.length, left['contact']?.length, left['identifier']?.length]).toEqual([1, 1, 2]);
});

test('an import, and its undoing, that are cut short are completed by whoever takes them up, as if there had been one run', async () => {
  const lines = Array.from(
    { length: 6000 },
    (_, row) =>
      `p${row % 1500}@c${row % 20}.example,${['sent', 'opened', 'clicked', 'attended'][Math.floor(row / 1500)]},2026-11-0${1 + (row % 9)}`,
  );
  const text = csv('Email,Kind,At', ...lines);
  const empty = await readAll();
  const id = await cutShort(text, 1);
  expect(await read(id)).toMatchObject({ state: 'running', rowsRead: 6000 });
  expect(await takeUp({ ...ground, workspaceId }, id)).toBe(true);
  expect(await read(id)).toMatchObject({
    state: 'done',
    rows: 6000,
    touches: { added: 6000, unchanged: 0 },
    contacts: { added: 1500 },
  });
  expect((await readAll())['touch']).toHaveLength(6000);

  let pokes = 0;
  const dying = {
    ...ground,
    poke: () => {
      pokes += 1;
      if (pokes > 3) throw new ImportTaken();
    },
  };
  await undoImport(dying, { workspaceId, importId: id, byMember: null });
  expect(await read(id)).toMatchObject({ state: 'undoing' });
  await sql`update import set beat_at = now() - interval '1 hour' where id = ${id}`.execute(database.owner);
  expect(await takeUp({ ...ground, workspaceId }, id)).toBe(true);
  expect(await read(id)).toMatchObject({ state: 'undone' });
  expect(await readAll()).toEqual(empty);
});

test('an import with a living process is taken up by nobody', async () => {
  const id = await cutShort(
    csv('Email,Kind,At', ...Array.from({ length: 6000 }, (_, row) => `p${row}@b.example,sent,2026-11-01`)),
    0,
  );
  await sql`update import set beat_at = now() where id = ${id}`.execute(database.owner);
  expect(await takeUp({ ...ground, workspaceId }, id)).toBe(false);
});
