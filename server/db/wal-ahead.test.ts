import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from './embedded.ts';
import { createPool } from './pool.ts';
import type { Schema } from './schema.ts';
import { countMissing, makeWalAhead } from './wal-ahead.ts';

const segment = 4_194_304;
let dir: string;
let postgres: EmbeddedPostgres;
let owner: Kysely<Schema>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'baton-wal-'));
  postgres = await startEmbedded({ dir, isThrowaway: true });
  owner = createPool(postgres.url, { size: 1, onError: () => undefined });
});

afterAll(async () => {
  await owner?.destroy();
  await postgres?.stop();
  await rm(dir, { recursive: true, force: true });
});

const measure = async () => {
  const { rows } = await sql<{ there: number; at: string }>`
    select sum(size)::float8 as there, pg_walfile_name(pg_current_wal_insert_lsn()) as at from pg_ls_waldir()`.execute(
    owner,
  );
  return rows[0] ?? { there: 0, at: '' };
};

test('segments that are missing are made, and stay for what comes', async () => {
  const before = await measure();
  const wanted = before.there + 6 * segment;
  await makeWalAhead(owner, wanted, new AbortController().signal);
  const after = await measure();
  expect(after.there).toBeGreaterThanOrEqual(wanted);
  expect(after.at).not.toBe(before.at);
  // The next segment is one of them: none has to be made for it.
  await sql`select pg_logical_emit_message(false, 'baton', ''), pg_switch_wal()`.execute(owner);
  expect((await measure()).there).toBe(after.there);
});

test('nothing is made where there is enough, nor once the store goes down', async () => {
  const before = await measure();
  await makeWalAhead(owner, before.there, new AbortController().signal);
  await makeWalAhead(owner, before.there + 6 * segment, AbortSignal.abort());
  expect(await measure()).toEqual(before);
});

test('no more is made than PostgreSQL keeps', () => {
  const state = { there: 10 * segment, segment, kept: 20 * segment };
  expect(countMissing(state, 15 * segment)).toBe(5);
  expect(countMissing(state, 1000 * segment)).toBe(10);
  expect(countMissing(state, 0)).toBe(0);
});
