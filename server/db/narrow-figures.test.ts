import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { withPlainOwner } from '../../test/postgres/plain-owner.ts';
import { up } from './migrations/0019-narrow-figures.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

/** The database as it was before scores knew accounts, with two people of each of two workspaces in it, one of them at no account. */
async function goBack(): Promise<void> {
  const { owner } = database;
  await sql`drop table if exists account_reach, reach_campaign, reach_progress`.execute(owner);
  await sql`drop trigger if exists move_score on contact`.execute(owner);
  await sql`drop trigger if exists place on kept_score`.execute(owner);
  await sql`drop trigger if exists name_insight on insight`.execute(owner);
  for (const table of ['contact', 'account'])
    for (const trigger of ['rename_insights', 'forget_name'])
      await sql.raw(`drop trigger if exists ${trigger} on ${table}`).execute(owner);
  await sql`alter table insight drop column if exists names`.execute(owner);
  await sql`alter table verdict drop column if exists met`.execute(owner);
  await sql`drop index if exists insight_person`.execute(owner);
  await sql`alter table kept_score drop column if exists account_id`.execute(owner);
  await sql`create index if not exists kept_score_band on kept_score (workspace_id, grade, contact_id)`.execute(owner);
  await sql`delete from contact`.execute(owner);
  await sql`delete from insight`.execute(owner);
  await sql`delete from tenant`.execute(owner);
  for (const name of ['Kestrel', 'Larkspur']) {
    const workspaceId = randomUUID();
    await sql`insert into tenant (id) values (${workspaceId})`.execute(owner);
    for (const accountId of [randomUUID(), null]) {
      const id = randomUUID();
      await sql`insert into contact (workspace_id, id, account_id, name) values (${workspaceId}, ${id}, ${accountId}, ${name})`.execute(
        owner,
      );
      await sql`insert into kept_score (workspace_id, contact_id, version, fit, tallies, grade) values (${workspaceId}, ${id}, 1, 0, '[]', 'A1')`.execute(
        owner,
      );
      await sql`insert into insight (workspace_id, id, contact_id, member_id, text, kind, method, claimed_at) values (${workspaceId}, ${randomUUID()}, ${id}, ${id}, '', 'market', 'survey', now())`.execute(
        owner,
      );
    }
  }
}

const countPlaced = async () =>
  (
    await sql<object>`select count(*)::int as people, count(k.account_id)::int as placed, count(*) filter (where k.account_id is distinct from c.account_id)::int as wrong, count(*) filter (where i.names @@ lower(c.name)::tsquery)::int as named
      from contact c join kept_score k on k.workspace_id = c.workspace_id and k.contact_id = c.id
      join insight i on i.workspace_id = c.workspace_id and i.contact_id = c.id`.execute(database.owner)
  ).rows;
const placed = [{ people: 4, placed: 2, wrong: 0, named: 4 }];

test('scores of before learn where their people are, and insights what they are called', async () => {
  await goBack();
  await up(database.owner as Kysely<unknown>);
  expect(await countPlaced()).toEqual(placed);
});

test('they learn it in every workspace, also for an owner whom row-level security binds', async () => {
  await goBack();
  const { owner } = database;
  const tables = ['account', 'contact', 'insight', 'kept_score', 'verdict', 'tenant'];
  const functions = ['place_score()', 'move_score()', 'name_insight()', 'rename_insights()', 'list_met(jsonb)'];
  await withPlainOwner(owner, { tables, functions }, async (asPlain) => {
    await asPlain(up);
    expect(await countPlaced()).toEqual(placed);
    const { rows } = await sql<{ forced: boolean }>`
      select bool_and(relforcerowsecurity) as forced from pg_class where relname in ('contact', 'kept_score', 'account_reach', 'reach_campaign', 'reach_progress')`.execute(
      owner,
    );
    expect(rows).toEqual([{ forced: true }]);
  });
});
