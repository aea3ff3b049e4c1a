import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestStore, seedAccount, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from './scope.ts';

let store: TestStore;
let ours: WorkspaceId;
let theirs: WorkspaceId;

beforeAll(async () => {
  store = await createTestStore();
  ours = await store.addWorkspace('Larkspur Instruments');
  theirs = await store.addWorkspace('Halden Pumps');
  for (const workspaceId of [ours, theirs]) {
    await seedAccount(store, workspaceId);
    await store.signIn(workspaceId, 'rep');
  }
});
afterAll(() => store?.close());

const guardedTables = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`.execute(store.database.owner);
  return rows.map((row) => row.name);
};

describe('row-level security', () => {
  test('is enabled and forced on every table that has a workspace, and the key of each begins with it', async () => {
    const { rows } = await sql<{ name: string; ok: boolean; key: string }>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as ok, a.attname as key
      from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relname = any(${await guardedTables()})`.execute(store.database.owner);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !row.ok || row.key !== 'workspace_id')).toEqual([]);
    expect(rows.map((row) => row.name).sort()).toEqual(await guardedTables());
  });

  test('leaves no table but the store’s own three without a workspace', async () => {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(
      store.database.owner,
    );
    const guarded = await guardedTables();
    expect(rows.map((row) => row.name).filter((name) => !guarded.includes(name))).toEqual([
      'kysely_migration',
      'kysely_migration_lock',
      'tenant',
    ]);
  });

  test('shows a query without any WHERE nothing of another workspace', async () => {
    for (const table of await guardedTables()) {
      const { rows } = await inWorkspace(store.database.db, ours, (scope) =>
        sql<{ workspaceId: string }>`select workspace_id from ${sql.table(table)}`.execute(scope),
      );
      expect(new Set(rows.map((row) => row.workspaceId)), table).toEqual(new Set(rows.length > 0 ? [ours] : []));
    }
    const accounts = await inWorkspace(store.database.db, ours, (scope) =>
      scope.selectFrom('account').selectAll().execute(),
    );
    expect(accounts).toHaveLength(1);
  });

  test('shows nothing at all to a query outside a workspace', async () => {
    for (const table of await guardedTables()) {
      const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(store.database.db);
      expect(rows, table).toEqual([]);
    }
  });

  test('lets an update or a delete without any WHERE touch nothing of another workspace', async () => {
    const before = await store.database.owner
      .selectFrom('contact')
      .selectAll()
      .where('workspaceId', '=', theirs)
      .execute();
    await inWorkspace(store.database.db, ours, async (scope) => {
      await scope.updateTable('contact').set({ name: 'Somebody' }).execute();
      await scope.deleteFrom('touch').execute();
    });
    expect(
      await store.database.owner.selectFrom('contact').selectAll().where('workspaceId', '=', theirs).execute(),
    ).toEqual(before);
    expect(
      await store.database.owner.selectFrom('touch').select('id').where('workspaceId', '=', theirs).execute(),
    ).toHaveLength(2);
  });

  test('refuses a row written into another workspace', async () => {
    const foreign = { workspaceId: theirs, kind: 'tier' as const, term: '9', text: 'Planted.' };
    await expect(
      inWorkspace(store.database.db, ours, (scope) => scope.insertInto('definition').values(foreign).execute()),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('binds the role that works: neither superuser nor exempt, also when the pool logs in as the owner', async () => {
    for (const pool of [store.database.db, store.database.owner]) {
      const { rows } = await inWorkspace(pool, ours, (scope) =>
        sql`select current_user::text as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`.execute(
          scope,
        ),
      );
      expect(rows).toEqual([{ name: 'baton_app', rolsuper: false, rolbypassrls: false }]);
      const accounts = await inWorkspace(pool, ours, (scope) =>
        scope.selectFrom('account').select('workspaceId').execute(),
      );
      expect(accounts).toEqual([{ workspaceId: ours }]);
    }
  });

  test('carries nothing from one transaction to the next on the same connection', async () => {
    await inWorkspace(store.database.db, ours, (scope) => scope.selectFrom('account').select('id').execute());
    const { rows } = await sql`select nullif(current_setting('baton.workspace_id', true), '') as left_over`.execute(
      store.database.db,
    );
    expect(rows).toEqual([{ leftOver: null }]);
  });

  test('keeps the list of workspaces from the working role', async () => {
    await expect(store.database.db.selectFrom('tenant').selectAll().execute()).rejects.toMatchObject({ code: '42501' });
  });
});
