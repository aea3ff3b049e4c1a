import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database.ts';

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});

afterAll(async () => {
  await Promise.all([first?.close(), second?.close()]);
});

describe('a test database', () => {
  it('is migrated', async () => {
    const { rows } = await sql<{ there: boolean }>`select to_regclass('workspace') is not null as there`.execute(
      first.owner,
    );
    expect(rows).toEqual([{ there: true }]);
  });

  it('shows nothing of another', async () => {
    await sql`create table only_here ()`.execute(first.owner);
    const { rows } = await sql<{ there: boolean }>`select to_regclass('only_here') is not null as there`.execute(
      second.owner,
    );
    expect(rows).toEqual([{ there: false }]);
  });

  it('is worked on as a role that row-level security binds', async () => {
    const { rows } =
      await sql`select current_user::text as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`.execute(
        first.db,
      );
    expect(rows).toEqual([{ name: 'baton_app', rolsuper: false, rolbypassrls: false }]);
  });
});
