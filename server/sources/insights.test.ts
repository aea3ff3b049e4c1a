import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insightListSchema } from '#contract/desk.ts';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import { type ImportMapping, importMappingSchema } from '#contract/mapping.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { everyInsight } from '../../test/postgres/every-insight.ts';
import { takeFile } from '../../test/postgres/take-file.ts';
import { inWorkspace } from '../db/scope.ts';
import { readBundles } from '../store/bundle.ts';
import { readDigest } from '../store/desk-digest.ts';
import { fileInsight } from '../store/desk-insight-changes.ts';
import { listInsights } from '../store/desk-insights.ts';
import { createHashKey } from '../store/hash-key.ts';
import { createWorkspace } from '../store/workspace.ts';
import { undoImport } from './undo-import.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
let database: TestDatabase;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  workspaceId = randomUUID() as WorkspaceId;
  await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, 'Kestrel Works', now));
  await take(
    'contacts.csv',
    [
      'Email,Full name,Account,Domain',
      'dana@kestrel.example,Dana Ortiz,Kestrel Foundry,kestrel.example',
      'lena@osprey.example,Lena Brandt,Osprey Tools,osprey.example',
    ].join('\n'),
    null,
  );
});

const mapping = importMappingSchema.parse({
  subject: 'insights',
  columns: [
    { column: 'Answer', field: 'insight_text' },
    { column: 'In their words', field: 'quote' },
    { column: 'About', field: 'insight_kind' },
    { column: 'How', field: 'insight_method' },
    { column: 'When', field: 'said_at' },
    { column: 'Topic', field: 'theme' },
    { column: 'Nr', field: 'insight_id' },
    { column: 'Mail', field: 'email' },
    { column: 'Firm', field: 'account_name' },
    { column: 'Web', field: 'domain' },
  ],
  constants: [],
  dates: 'ymd',
});
const header = 'Nr,Answer,In their words,About,How,When,Topic,Mail,Firm,Web';
const survey = [
  header,
  '1,Set-up takes too long.,We lost a season to it.,customer,Survey,2026-11-02,Set-up,dana@kestrel.example,,',
  '2,They look at Torqline.,,Competitor,focus group,2026-11-03,"Rivals; price",,Osprey Tools,',
  '3,Energy is what they count.,,market,Market research,2026-11-04,,somebody@osprey.example,,',
  '4,Nobody knows this company.,,,,2026-11-05,,nobody@farm.example,Far Farm,farm.example',
  '5,By their web site alone.,,product,interview,2026-11-06,Set-up,,,https://www.kestrel.example/about',
].join('\n');

function take(fileName: string, text: string, by: ImportMapping | null = mapping, more: { dryRun?: boolean } = {}) {
  return takeFile(database, workspaceId, new TextEncoder().encode(text), { fileName, now, mapping: by, ...more });
}
const undo = (status: ImportStatus) => {
  const { db, url } = database;
  const ground = { db, url, log: pino({ level: 'silent' }), now: () => now, poke: () => undefined, apart: null };
  return undoImport(ground, { workspaceId, importId: status.id as ImportId, byMember: null });
};
const list = async (filter: Partial<Parameters<typeof listInsights>[2]> = {}) =>
  insightListSchema.parse(
    await inWorkspace(database.db, workspaceId, (scope) =>
      listInsights(scope, workspaceId, { ...everyInsight, ...filter }, now),
    ),
  );
const count = async (table: string) =>
  (
    await sql<{
      rows: number;
    }>`select count(*)::int as rows from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(
      database.owner,
    )
  ).rows[0]?.rows;

describe('an imported survey', () => {
  test('stands in the stream with its source, at whom and what it leads to, and makes nobody', async () => {
    const before = [await count('account'), await count('contact')];
    const status = await take('Autumn survey.csv', survey);
    expect(status).toMatchObject({
      state: 'done',
      insights: { added: 5, changed: 0, unchanged: 0 },
      errorCount: 0,
      waitingRows: 0,
    });
    expect([await count('account'), await count('contact')]).toEqual(before);
    const told = (await list()).rows.map((row) => [
      row.text,
      row.kind,
      row.method,
      row.theme,
      row.account,
      row.contact,
    ]);
    expect(told).toEqual([
      ['By their web site alone.', 'product', 'interview', 'Set-up', 'Kestrel Foundry', null],
      ['Nobody knows this company.', 'customer', 'survey', null, null, null],
      ['Energy is what they count.', 'market', 'market_research', null, 'Osprey Tools', null],
      ['They look at Torqline.', 'competitor', 'focus_group', 'Rivals', 'Osprey Tools', null],
      ['Set-up takes too long.', 'customer', 'survey', 'Set-up', 'Kestrel Foundry', 'Dana Ortiz'],
    ]);
    expect((await list()).rows.every((row) => row.importedFrom === 'Autumn survey.csv' && row.by === '')).toBe(true);
  });

  test('counts in facets, search and digest as an independent count does, and as no rep’s', async () => {
    await take('survey.csv', survey);
    const { rows: kept } = await sql<{ kind: string; method: string; theme: string | null; place: string | null }>`
      select kind, method, theme, account_id as place from insight where workspace_id = ${workspaceId}`.execute(
      database.owner,
    );
    const tally = (values: (string | null)[]) =>
      Object.fromEntries(
        [...Map.groupBy(values, (each) => each)].flatMap(([key, all]) => (key ? [[key, all.length]] : [])),
      );
    const told = (facet: { value: string; count: number }[]) =>
      Object.fromEntries(facet.map(({ value, count: times }) => [value, times]));
    const all = await list();
    expect(told(all.kinds)).toEqual(tally(kept.map((row) => row.kind)));
    expect(told(all.methods)).toEqual(tally(kept.map((row) => row.method)));
    expect(told(all.themes)).toEqual(tally(kept.map((row) => row.theme)));
    expect(told(all.byAccount)).toEqual(tally(kept.map((row) => row.place)));
    expect(all).toMatchObject({ all: 5, matching: 5, reps: 0, accounts: 2 });
    expect((await list({ words: 'season' })).rows.map((row) => row.text)).toEqual(['Set-up takes too long.']);
    const digest = await inWorkspace(database.db, workspaceId, (scope) =>
      readDigest(scope, workspaceId, { from: '2026-11-03', until: '2026-11-05' }, now),
    );
    expect(digest).toMatchObject({ insights: 3, accounts: 1 });
    expect(digest.kinds.map(({ kind, count: times }) => [kind, times]).sort()).toEqual([
      ['competitor', 1],
      ['customer', 1],
      ['market', 1],
    ]);
  });

  test('again changes nothing, a corrected row changes one, and a theme that marketing chose stays', async () => {
    await take('survey.csv', survey);
    const [filed] = (await list({ words: 'Torqline' })).rows;
    await inWorkspace(database.db, workspaceId, (scope) =>
      fileInsight(scope, workspaceId, filed!.id, { theme: 'Switching' }),
    );
    expect(await take('survey.csv', survey)).toMatchObject({ insights: { added: 0, changed: 0, unchanged: 5 } });
    const corrected = survey.replace('Energy is what they count.', 'Energy is all they count.');
    expect(await take('survey.csv', corrected)).toMatchObject({ insights: { added: 0, changed: 1, unchanged: 4 } });
    expect((await list({ themes: ['Switching'] })).rows.map((row) => row.text)).toEqual(['They look at Torqline.']);
  });

  test('is taken back whole: what it added goes, what it changed is as it was', async () => {
    await take('survey.csv', survey);
    const before = (await list()).rows;
    const more = `${survey.replace('too long', 'far too long')}\n6,One more.,,,,2026-11-07,,,,`;
    const second = await take('survey.csv', more);
    expect(second).toMatchObject({ insights: { added: 1, changed: 1, unchanged: 4 } });
    await undo(second);
    expect((await list()).rows).toEqual(before);
    await undo((await first()) as ImportStatus);
    expect(await list()).toMatchObject({ all: 0 });
  });

  test('rehearsed says what it would add, and keeps nothing', async () => {
    expect(await take('survey.csv', survey, mapping, { dryRun: true })).toMatchObject({ insights: { added: 5 } });
    expect(await list()).toMatchObject({ all: 0 });
  });

  test('names the rows that say nothing, or what nobody knows, or that are still to come; the others go in', async () => {
    const status = await take(
      'survey.csv',
      [
        header,
        '1,,,customer,survey,2026-11-02,,,,',
        '2,What?,,weather,survey,2026-11-02,,,,',
        '3,What?,,customer,seance,2026-11-02,,,,',
        '4,What?,,customer,survey,2027-11-02,,,,',
        `5,${'x'.repeat(4001)},,customer,survey,2026-11-02,,,,`,
        '6,,A quote alone.,customer,survey,2026-11-02,,,,',
      ].join('\n'),
    );
    expect(status.errors.map(({ line, column }) => [line, column])).toEqual([
      [2, 'Answer'],
      [3, 'About'],
      [4, 'How'],
      [5, null],
      [6, 'Answer'],
    ]);
    expect((await list()).rows).toMatchObject([{ text: 'A quote alone.', quote: null }]);
  });

  test('tells the card where it comes from', async () => {
    await take('Autumn survey.csv', survey);
    const { rows } = await sql<{ id: string }>`
      select id from account where workspace_id = ${workspaceId} and name = 'Kestrel Foundry'`.execute(database.owner);
    const [bundle] = await inWorkspace(database.db, workspaceId, (scope) =>
      readBundles(scope, workspaceId, [rows[0]!.id], createHashKey(), now),
    );
    expect(bundle?.insights.map(({ by, isImported, text }) => [text, by, isImported])).toEqual([
      ['By their web site alone.', 'Autumn survey.csv', true],
      ['Set-up takes too long.', 'Autumn survey.csv', true],
    ]);
  });
});

/** The first import of the survey, which can be undone once the second was. */
async function first(): Promise<Pick<ImportStatus, 'id'> | undefined> {
  const { rows } = await sql<{ id: ImportId }>`
    select id from import where workspace_id = ${workspaceId} and state = 'done' and file_name = 'survey.csv'`.execute(
    database.owner,
  );
  return rows[0];
}
