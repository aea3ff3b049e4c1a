import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { withPlainOwner } from '../../test/postgres/plain-owner.ts';
import { up } from './migrations/0017-kept-digests-and-stages.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

/** The database as it was before there was a history of stages, with an account of each of two workspaces in one. */
async function goBack(): Promise<void> {
  const { owner } = database;
  await sql`drop table if exists account_stage, kept_digest`.execute(owner);
  await sql`delete from account`.execute(owner);
  for (const [name, stage] of [
    ['Kestrel', 'MQL'],
    ['Larkspur', null],
    ['Osprey', 'SQL'],
  ])
    await sql`insert into account (workspace_id, id, name, stage, updated_at) values (${randomUUID()}, ${randomUUID()}, ${name}, ${stage}, '2026-10-05T08:00:00Z')`.execute(
      owner,
    );
}

const listStays = async () =>
  (
    await sql<object>`select a.name, s.stage, s.from_at, s.until_at, s.is_first_seen from account_stage s
      join account a on a.workspace_id = s.workspace_id and a.id = s.account_id order by a.name`.execute(database.owner)
  ).rows;

const since = { fromAt: new Date('2026-10-05T08:00:00Z'), untilAt: null, isFirstSeen: true };
const begun = [
  { name: 'Kestrel', stage: 'MQL', ...since },
  { name: 'Osprey', stage: 'SQL', ...since },
];

test('the history begins with the stage each account is in, since it was last changed at least', async () => {
  await goBack();
  await up(database.owner as Kysely<unknown>);
  expect(await listStays()).toEqual(begun);
});

test('it begins so in every workspace, also for an owner whom row-level security binds, and binds them afterwards', async () => {
  await goBack();
  const { owner } = database;
  await withPlainOwner(owner, { tables: ['account'] }, async (asPlain) => {
    await asPlain(up);
    expect(await listStays()).toEqual(begun);
    const { rows } = await sql<{ forced: boolean }>`
      select bool_and(relforcerowsecurity) as forced from pg_class where relname in ('account', 'account_stage', 'kept_digest')`.execute(
      owner,
    );
    expect(rows).toEqual([{ forced: true }]);
  });
});
