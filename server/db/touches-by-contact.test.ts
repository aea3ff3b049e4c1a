import { createHash, randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { withPlainOwner } from '../../test/postgres/plain-owner.ts';
import { up } from './migrations/0020-touches-by-contact.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

const signs = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** What an event's identity began with before: its contact's bits, six a sign. */
function prefixOf(contactId: string): string {
  const bits = [...contactId.replaceAll('-', '')].map((sign) => Number.parseInt(sign, 16).toString(2).padStart(4, '0'));
  const sixes = bits.join('').match(/.{1,6}/g) ?? [];
  return sixes.map((six) => signs[Number.parseInt(six.padEnd(6, '0'), 2)]).join('');
}

const place = createHash('sha256').update('a campaign').digest('base64url').slice(0, 12);

/** The database as it was before, with what tells the events of two hundred people apart; the first of them, Ada, has three more (`own`). */
async function goBack() {
  const { owner } = database;
  await sql`delete from touch`.execute(owner);
  await sql`alter table touch drop constraint touch_pkey, add primary key (workspace_id, source, external_id)`.execute(
    owner,
  );
  await sql`drop index touch_source`.execute(owner);
  await sql`create index touch_contact on touch (workspace_id, contact_id, at desc) include (is_robot)`.execute(owner);
  const workspaceId = randomUUID();
  const people = Array.from({ length: 200 }, () => randomUUID() as string);
  const add = (contactId: string, externalId: string) =>
    sql`insert into touch (workspace_id, id, source, external_id, contact_id, kind, at)
      values (${workspaceId}, ${randomUUID()}, 'salesforce', ${externalId}, ${contactId}, 'sent', now())`.execute(
      owner,
    );
  for (const contactId of people) await add(contactId, prefixOf(contactId) + place);
  const [ada = '', ben = ''] = people;
  // An id of the source's own, one of the same length as an identity, and one that begins with somebody else.
  const own = ['id:00v5g0000000001', `id:${'x'.repeat(31)}`, prefixOf(ben) + place.slice(0, 11)];
  for (const externalId of own) await add(ada, externalId);
  return { workspaceId, people, own, add };
}

async function expectToldApart({ workspaceId, people, own, add }: Awaited<ReturnType<typeof goBack>>) {
  const { rows } = await sql<{ externalId: string; contactId: string }>`
    select external_id, contact_id from touch where workspace_id = ${workspaceId}`.execute(database.owner);
  const kept = (contactId: string) =>
    rows.filter((row) => row.contactId === contactId).map(({ externalId }) => externalId);
  const [ada = '', ben = ''] = people;
  expect(kept(ada).sort()).toEqual([...own, place].sort());
  for (const contactId of people.slice(1)) expect(kept(contactId)).toEqual([place]);
  await expect(add(ben, place)).rejects.toThrow('touch_pkey');
  await expect(add(ben, 'id:00v5g0000000001')).rejects.toThrow('touch_source');
}

test('events lose the contact from their identity where it stood there, and stay told apart', async () => {
  const before = await goBack();
  await up(database.owner as Kysely<unknown>);
  await expectToldApart(before);
});

test('they do so too for an owner whom row-level security binds, and it binds them afterwards', async () => {
  const before = await goBack();
  const { owner } = database;
  await withPlainOwner(owner, { tables: ['touch'] }, async (asPlain) => {
    await asPlain(up);
    await expectToldApart(before);
    const { rows } = await sql<{ forced: boolean }>`
      select relforcerowsecurity as forced from pg_class where relname = 'touch'`.execute(owner);
    expect(rows).toEqual([{ forced: true }]);
  });
});
