import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { inWorkspace } from '../db/scope.ts';
import { openImport } from '../store/import-job.ts';
import { createWorkspace } from '../store/workspace.ts';
import { runImport } from './run-import.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
/** Enough for a block, which is written once so much time is over and more rows come. */
const rowsOfPart = 4000;
const pauseMs = 600;
let database: TestDatabase;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  workspaceId = randomUUID() as WorkspaceId;
  await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, 'Kestrel Works', now));
});

const rowAt = (person: number, at: string) => `p${person}@company${person % 7}.example,opened,${at},Nurture\n`;
/** Rows of that many people, an event each. */
const writePart = (from: number, at: string) =>
  Array.from({ length: rowsOfPart }, (_, row) => rowAt(from + row, at)).join('');

/** Takes a file in that comes in parts, and does something between them. */
async function take(parts: readonly (string | (() => Promise<void>))[]): Promise<ImportStatus> {
  const { db, url } = database;
  const importId = randomUUID() as ImportId;
  const job = { id: importId, fileName: 'file.csv', bytes: null, dryRun: false, byMember: null, ticket: null };
  await inWorkspace(db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  const ground = { db, url, log: pino({ level: 'silent' }), now: () => now, poke: () => undefined, apart: null };
  async function* send(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('Email,Kind,At,Campaign\n');
    for (const part of parts) {
      if (typeof part !== 'string') await part();
      else yield new TextEncoder().encode(part);
    }
  }
  return runImport({ ...ground, workspaceId, importId }, send());
}

/** How many touches are in, a day of theirs each. */
async function countByDay(): Promise<Record<string, number>> {
  const { rows } = await sql<{ day: string; count: number }>`
    select to_char(at, 'YYYY-MM-DD') as day, count(*)::int as count from touch where workspace_id = ${workspaceId}
    group by day order by day`.execute(database.owner);
  return Object.fromEntries(rows.map(({ day, count }) => [day, count]));
}

async function waitForTouches(): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until; await sleep(20))
    if (Object.keys(await countByDay()).length > 0) return;
}

describe('a file that is still being sent', () => {
  test('has its first rows in already, and comes to what it holds', async () => {
    let before: Record<string, number> = {};
    const status = await take([
      writePart(0, '2026-11-01'),
      () => sleep(pauseMs),
      rowAt(1, '2026-11-02'),
      async () => {
        await waitForTouches();
        before = await countByDay();
      },
      rowAt(2, '2026-11-03'),
    ]);
    expect(Object.keys(before)).toEqual(['2026-11-01']);
    expect(status).toMatchObject({ state: 'done', rows: rowsOfPart + 2, rowsRead: rowsOfPart + 2, errorCount: 0 });
    expect(await countByDay()).toEqual({ '2026-11-01': rowsOfPart, '2026-11-02': 1, '2026-11-03': 1 });
  });

  test('holds back dates with slashes until its end has shown their order', async () => {
    let before: Record<string, number> = {};
    const status = await take([
      writePart(0, '2026-11-01'),
      () => sleep(pauseMs),
      rowAt(1, '2026-11-02'),
      waitForTouches,
      writePart(rowsOfPart, '5/6/2026'),
      () => sleep(pauseMs),
      rowAt(1, '2026-11-03'),
      async () => {
        await sleep(pauseMs);
        before = await countByDay();
      },
      rowAt(2, '30/6/2026'),
    ]);
    expect(Object.keys(before)).toEqual(['2026-11-01']);
    expect(status).toMatchObject({ state: 'done', errorCount: 0 });
    expect(await countByDay()).toEqual({
      '2026-06-05': rowsOfPart,
      '2026-06-30': 1,
      '2026-11-01': rowsOfPart,
      '2026-11-02': 1,
      '2026-11-03': 1,
    });
  });
});
