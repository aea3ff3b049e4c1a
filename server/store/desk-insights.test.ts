import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insightListSchema } from '#contract/desk.ts';
import type { AccountId, InsightId, WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { everyInsight } from '../../test/postgres/every-insight.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { fileInsight, findAccountNames } from './desk-insight-changes.ts';
import { type InsightFilter, listInsightRows, listInsights } from './desk-insights.ts';

let database: TestDatabase;
let db: Kysely<Schema>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database?.close());

const now = new Date('2026-11-18T12:00:00.000Z');
const id = () => crypto.randomUUID();

interface Written {
  text: string;
  quote?: string;
  theme?: string;
  account?: string;
  contact?: string;
}

/** A workspace with these insights, each a minute older than the one before; what the search answers, by text. */
async function write(...insights: Written[]) {
  const workspaceId = id() as WorkspaceId;
  const accountIds = new Map<string, string>();
  await inWorkspace(db, workspaceId, async (scope) => {
    for (const [minute, { text, quote, theme, account, contact }] of insights.entries()) {
      if (account && !accountIds.has(account)) {
        accountIds.set(account, id());
        await scope
          .insertInto('account')
          .values({ workspaceId, id: accountIds.get(account)!, name: account })
          .execute();
      }
      const accountId = account ? accountIds.get(account)! : null;
      const contactId = contact ? id() : null;
      if (contactId)
        await scope.insertInto('contact').values({ workspaceId, id: contactId, name: contact!, accountId }).execute();
      const at = new Date(now.getTime() - minute * 60_000);
      await scope
        .insertInto('insight')
        .values({
          workspaceId,
          id: id(),
          // On a person there it stands on their account without saying so.
          accountId: contact ? null : accountId,
          contactId,
          memberId: id(),
          text,
          quote: quote ?? null,
          theme: theme ?? null,
          kind: 'customer',
          method: 'interview',
          at,
          claimedAt: at,
        })
        .execute();
    }
  });
  const list = async (filter: Partial<InsightFilter>) =>
    insightListSchema.parse(
      await inWorkspace(db, workspaceId, (scope) =>
        listInsights(scope, workspaceId, { ...everyInsight, ...filter }, now),
      ),
    );
  const find = async (words: string) => {
    const found = await list({ words });
    expect(found.matching).toBe(found.rows.length);
    return found.rows.map((row) => row.text);
  };
  return { workspaceId, accountIds, list, find };
}

describe('a search', () => {
  test.each([
    ['capitals are nothing', 'SPARE parts', 'Price of spare parts'],
    ['a joined word is its parts', 'spare-parts', 'Price of spare_parts'],
    ['accents are nothing', 'malaga gross', 'Málaga sagt: zu groß, zu groSS'],
    ['nor is their lack', 'Málaga', 'The malaga plant'],
    ['the last word may be a beginning', 'price sp', 'Price of spare parts'],
    ['Greek and Cyrillic', 'склад', 'Их склад пуст'],
    ['Arabic', 'المصنع', 'قال المصنع ذلك'],
    ['scripts without spaces', '値段', '彼らは値段が高いと言う'],
    ['compatibility forms', 'office', 'Their o\ufb03ce moved'],
  ])('finds what was said: %s', async (_law, words, text) => {
    const { find } = await write({ text }, { text: 'Something else entirely' });
    expect(await find(words)).toEqual([text]);
  });

  test('knows account and person by what they are called now: renamed, moved, gone', async () => {
    const { workspaceId, accountIds, find } = await write(
      { text: 'of an account', account: 'Kestrel Works' },
      { text: 'of a person', account: 'Kestrel Works', contact: 'Dana Weiß' },
    );
    const change = (query: ReturnType<typeof sql>) => inWorkspace(db, workspaceId, (scope) => query.execute(scope));
    const kestrel = accountIds.get('Kestrel Works');
    const larkspur = id();
    expect(await find('kestrel')).toEqual(['of an account', 'of a person']);
    expect(await find('kestrel dana weiss')).toEqual([]);
    expect(await find('works dana weiß')).toEqual(['of a person']);
    await change(sql`update account set name = 'Merlin' where id = ${kestrel}`);
    expect(await find('kestrel')).toEqual([]);
    expect(await find('merlin')).toEqual(['of an account', 'of a person']);
    await change(sql`update contact set name = 'Dána Okoye' where name like 'Dana%'`);
    expect(await find('weiß')).toEqual([]);
    expect(await find('merlin dana okoye')).toEqual(['of a person']);
    await change(sql`insert into account (workspace_id, id, name) values (${workspaceId}, ${larkspur}, 'Larkspur')`);
    await change(sql`update contact set account_id = ${larkspur} where workspace_id = ${workspaceId}`);
    expect(await find('merlin')).toEqual(['of an account']);
    expect(await find('larkspur okoye')).toEqual(['of a person']);
    await change(sql`update insight set account_id = ${larkspur} where account_id = ${kestrel}`);
    expect(await find('larkspur')).toEqual(['of an account', 'of a person']);
    await change(sql`delete from contact where workspace_id = ${workspaceId}`);
    expect(await find('okoye')).toEqual([]);
    await change(sql`delete from account where id = ${larkspur}`);
    expect(await find('larkspur')).toEqual([]);
    const { rows } =
      await sql<object>`select distinct names::text from insight where workspace_id = ${workspaceId}`.execute(
        database.owner,
      );
    expect(rows).toEqual([{ names: '' }]);
  });

  test('takes all words, a phrase, one or the other, and what is not to be there', async () => {
    const { find } = await write(
      { text: 'price rises again' },
      { text: 'again a rise in price' },
      { text: 'support is slow' },
    );
    expect(await find('price again')).toHaveLength(2);
    expect(await find('"price rises"')).toEqual(['price rises again']);
    expect(await find('slow or rises')).toEqual(['price rises again', 'support is slow']);
    expect(await find('price -rises')).toEqual(['again a rise in price']);
  });

  test('looks in quote, theme, and the names of account and person', async () => {
    const { find } = await write(
      { text: 'one', quote: 'a day behind' },
      { text: 'two', theme: 'Lead time' },
      { text: 'three', account: 'Brückner Mühlen' },
      { text: 'four', account: 'Quarry Lane', contact: 'Zoë Márquez' },
    );
    expect(await find('behind')).toEqual(['one']);
    expect(await find('lead time')).toEqual(['two']);
    expect(await find('muhlen')).toEqual(['three']);
    expect(await find('zoe marquez')).toEqual(['four']);
  });

  test('finds names in plain letters as it finds all others', async () => {
    const { find } = await write(
      { text: 'one', account: 'Larkspur-Mills (North) Ltd. 4.5' },
      { text: 'two', account: 'Osprey', contact: 'Dana O_Neil' },
      { text: 'three', account: 'Quarry' },
    );
    expect(await find('MILLS north')).toEqual(['one']);
    expect(await find('larkspur_mi')).toEqual(['one']);
    expect(await find('4.5')).toEqual(['one']);
    expect(await find('neil or quarry')).toEqual(['two', 'three']);
    expect(await find('"osprey dana"')).toEqual(['two']);
    expect(await find('-osprey')).toEqual(['one', 'two', 'three']);
    expect(await find('osprey -dana')).toEqual([]);
    expect(await find('quarry or -osprey')).toHaveLength(3);
  });

  test.each(['%', "'", '\\', ':*', '!', '& |', '-', '"', '((', '<script>', 'a:b<->c', '\u202e', "x' or 1=1 --"])(
    'is never a fault: %s',
    async (words) => {
      const { find } = await write({ text: 'Nothing of it' });
      expect(await find(words)).toEqual([]);
    },
  );

  test('sees nothing of another workspace', async () => {
    const { workspaceId } = await write({ text: 'theirs' });
    const other = id() as WorkspaceId;
    const found = await inWorkspace(db, other, (scope) =>
      listInsights(scope, workspaceId, { ...everyInsight, words: 'theirs' }, now),
    );
    expect(found).toMatchObject({ rows: [], all: 0, matching: 0 });
  });
});

test('rows alone are those of the list', async () => {
  const { workspaceId, list } = await write({ text: 'price' }, { text: 'two' }, { text: 'price again' });
  const [first] = (await list({ words: 'price' })).rows;
  const rows = await inWorkspace(db, workspaceId, (scope) =>
    listInsightRows(scope, workspaceId, { ...everyInsight, words: 'price', after: first!.id }, now),
  );
  expect(rows.map((row) => row.text)).toEqual(['price again']);
});

describe('facets', () => {
  test('of theme and account count what each would leave, as a count by hand does', async () => {
    const { list, accountIds } = await write(
      { text: 'a price', theme: 'Price', account: 'Kestrel' },
      { text: 'b price', theme: 'Price', account: 'Larkspur', contact: 'Noor Haddad' },
      { text: 'c', theme: 'Support', account: 'Larkspur' },
      { text: 'd' },
    );
    const larkspur = accountIds.get('Larkspur') as AccountId;
    const every = await list({});
    expect(every.themes).toEqual([
      { value: 'Price', count: 2 },
      { value: 'Support', count: 1 },
    ]);
    expect(every.byAccount.map(({ name, count }) => [name, count])).toEqual([
      ['Larkspur', 2],
      ['Kestrel', 1],
    ]);
    expect(every.accounts).toBe(2);
    const priced = await list({ themes: ['Price'], accountId: larkspur });
    expect(priced.rows.map((row) => row.text)).toEqual(['b price']);
    expect(priced.themes.map(({ count }) => count)).toEqual([1, 1]);
    expect(priced.byAccount.map(({ count }) => count)).toEqual([1, 1]);
    expect((await list({ words: 'price' })).themes).toEqual([{ value: 'Price', count: 2 }]);
  });
});

test('an insight that was taken back is filed no more', async () => {
  const { workspaceId, list } = await write({ text: 'kept' });
  const [row] = (await list({})).rows;
  const file = () =>
    inWorkspace(db, workspaceId, (scope) => fileInsight(scope, workspaceId, row!.id, { theme: 'T', swot: 'threat' }));
  expect(await file()).toBe(true);
  expect((await list({})).rows[0]).toMatchObject({ theme: 'T', swot: 'threat' });
  await inWorkspace(db, workspaceId, (scope) => scope.updateTable('insight').set({ withdrawnAt: now }).execute());
  expect(await file()).toBe(false);
  expect(await inWorkspace(db, workspaceId, (scope) => fileInsight(scope, workspaceId, id() as InsightId, {}))).toBe(
    false,
  );
});

test('accounts are found by the beginning of a word of their name', async () => {
  const { workspaceId } = await write({ text: 'a', account: 'Quarry Lane' }, { text: 'b', account: '100% Lane' });
  const find = (words: string) =>
    inWorkspace(db, workspaceId, async (scope) =>
      (await findAccountNames(scope, workspaceId, words)).map((each) => each.name),
    );
  expect(await find('lane')).toEqual(['100% Lane', 'Quarry Lane']);
  expect(await find('uarry')).toEqual([]);
  expect(await find('%')).toEqual([]);
});

test('the stored words are what is compared, and withdrawn ones are not read', async () => {
  const { workspaceId } = await write({ text: 'Ünsere Preise' });
  const { rows } = await inWorkspace(db, workspaceId, (scope) =>
    sql<{ search: string }>`select search::text from insight where workspace_id = ${workspaceId}`.execute(scope),
  );
  expect(rows[0]?.search).toBe("'preise':2 'unsere':1");
});

test('a stream goes on after each insight with exactly the rest, those of one moment among them', async () => {
  const { workspaceId, list } = await write(...Array.from({ length: 6 }, (_, n) => ({ text: `Said ${n}` })));
  await inWorkspace(db, workspaceId, (scope) =>
    sql`update insight set at = ${now} where workspace_id = ${workspaceId} and text in ('Said 2', 'Said 3', 'Said 4')`.execute(
      scope,
    ),
  );
  const { rows } = await list({});
  expect(rows).toHaveLength(6);
  for (const [index, row] of rows.entries()) {
    const after = await list({ after: row.id });
    expect(after.rows).toEqual(rows.slice(index + 1));
    expect(after.matching).toBe(6);
  }
});
