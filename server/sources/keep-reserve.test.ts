import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { inWorkspace } from '../db/scope.ts';
import type { DiskState } from '../disk.ts';
import { openImport, readImport } from '../store/import-job.ts';
import { createWorkspace } from '../store/workspace.ts';
import type { ImportGround } from './import-ground.ts';
import { type ImportOrder, runImport } from './run-import.ts';
import { watchImports } from './watch-imports.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
let database: TestDatabase;
let workspaceId: WorkspaceId;
let ground: ImportGround;
let state: DiskState;
let heard: string[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  workspaceId = randomUUID() as WorkspaceId;
  state = 'ok';
  await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, 'Kestrel Works', now));
  const disk = { state: () => state, freeBytes: () => null, noteFull: () => undefined, close: () => undefined };
  const { db, url } = database;
  heard = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void heard.push(line) });
  ground = { db, url, log, now: () => now, poke: () => undefined, apart: null, disk };
});

const rows = 40_000;
const header = 'Email,Kind,At\n';
const line = (at: number) => `p${at % 4000}@company${at % 90}.example,${kinds[Math.floor(at / 4000)]},2026-11-01\n`;
const kinds = [
  'sent',
  'opened',
  'clicked',
  'attended',
  'met',
  'replied',
  'registered',
  'downloaded',
  'delivered',
  'other',
];

/** Writes rows, and says before each piece how many there were. */
async function* write(most: number, before: (rows: number) => Promise<void> | void): AsyncGenerator<Uint8Array> {
  yield Buffer.from(header);
  for (let at = 0; at < most; at += 5000) {
    await before(at);
    yield Buffer.from(Array.from({ length: 5000 }, (_, more) => line(at + more)).join(''));
  }
}

async function take(file: AsyncIterable<Uint8Array>, more: Partial<ImportOrder> = {}) {
  const importId = randomUUID() as ImportId;
  const job = { id: importId, fileName: 'x.csv', bytes: null, dryRun: false, byMember: null, ticket: null };
  await inWorkspace(database.db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  return runImport({ ...ground, ...more, workspaceId, importId }, file);
}
const read = (id: ImportId) => inWorkspace(database.db, workspaceId, (scope) => readImport(scope, workspaceId, id));

async function countTouches(): Promise<number | undefined> {
  const { rows: found } = await sql<{
    count: number;
  }>`select count(*)::int as count from touch where workspace_id = ${workspaceId}`.execute(database.owner);
  return found[0]?.count;
}

describe('an import whose disk runs full', { timeout: 60_000 }, () => {
  test('stops behind a batch, is left alone while there is no room, and comes to its end by itself once there is', async () => {
    const status = await take(
      write(rows, () => undefined),
      {
        onStaged: (aside) => {
          if (aside.rows >= rows) state = 'full';
        },
      },
    );
    expect(status).toMatchObject({ state: 'running', failure: null });
    expect(status.rows).toBeLessThan(rows);
    expect(await countTouches()).toBe(status.touches.added);
    const watch = watchImports(ground, async () => [workspaceId]);
    await sleep(500);
    expect((await read(status.id))?.rows).toBe(status.rows);
    expect(heard).toEqual([]);
    state = 'ok';
    await expect.poll(async () => (await read(status.id))?.state, { timeout: 40_000, interval: 100 }).toBe('done');
    await watch.stop();
    expect(await read(status.id)).toMatchObject({ rows, touches: { added: rows, unchanged: 0 }, failure: null });
    expect(await countTouches()).toBe(rows);
  });

  test('while its file is read takes no more of it, and says so once what came before is in', async () => {
    let sent = 0;
    const status = await take(
      write(rows, (at) => {
        sent = at;
        if (at === 10_000) state = 'full';
      }),
    );
    expect(sent).toBe(10_000);
    state = 'low';
    const watch = watchImports(ground, async () => [workspaceId]);
    await expect.poll(async () => (await read(status.id))?.state, { timeout: 40_000, interval: 100 }).toBe('failed');
    await watch.stop();
    expect(await read(status.id)).toMatchObject({
      rows: 10_000,
      failure: expect.stringMatching(
        /^The store’s disk ran full while this file was read.*Make room and import the same file again/,
      ),
    });
    expect((await take(write(rows, () => undefined))).touches).toMatchObject({
      added: rows - 10_000,
      unchanged: 10_000,
    });
  });
});
