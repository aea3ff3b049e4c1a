import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { importFormatSchema, type RowError } from '#contract/import.ts';
import type { ImportMapping } from '#contract/mapping.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/database.ts';
import { takeFile } from '../../../test/postgres/take-file.ts';
import { inWorkspace } from '../../db/scope.ts';
import { listImports } from '../../store/import-job.ts';
import { createWorkspace } from '../../store/workspace.ts';
import { chooseFormat } from '../choose-format.ts';
import { decodeText } from '../decode-text.ts';
import { readRecords } from '../read-records.ts';
import { listRows, openTable, type Row } from '../read-rows.ts';
import type { RowRecord } from '../record.ts';

const folder = join(import.meta.dirname, '../../../test/fixtures/tables');
const now = new Date('2026-11-20T10:00:00.000Z');
/** The table that no format knows, and how a person mapped it. */
const mapping: ImportMapping = {
  subject: 'touches',
  columns: [
    { column: 'Teilnehmer', field: 'full_name' },
    { column: 'Mailadresse', field: 'email' },
    { column: 'Firma', field: 'account_name' },
    { column: 'Veranstaltung', field: 'campaign' },
    { column: 'Beginn', field: 'at' },
    { column: 'Bemerkung', field: 'detail' },
  ],
  constants: [{ field: 'kind', value: 'attended' }],
  dates: 'dmy',
};
const wishesOf = (format: string) => ({
  zone: format === 'mapped' || format === 'mailchimp_audience' ? 'Europe/Berlin' : null,
  dates: null,
  mapping: format === 'mapped' ? mapping : null,
});
const readSample = (format: string) => readFileSync(join(folder, `${format}.csv`), 'utf8');

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 101) yield bytes.subarray(from, from + 101);
}

/** What a file's bytes mean, before a store is asked. */
async function readBytes(format: string, bytes: Uint8Array): Promise<{ records: RowRecord[]; errors: RowError[] }> {
  const table = await openTable(decodeText(inChunks(bytes), () => undefined));
  const chosen = await chooseFormat(table, { ...wishesOf(format), saved: [] });
  expect(chosen.format.id).toBe(format);
  const rows: Row[] = [];
  for await (const piece of chosen.table.pieces) rows.push(...listRows(piece));
  const { columns } = chosen.table;
  return readRecords(rows, { read: chosen.format.open(columns), width: columns.names.length, now });
}

const write = (rows: readonly string[][], separator: string, lineEnd: string) =>
  rows
    .map((row) =>
      row.map((cell) => (/[";\t,\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator),
    )
    .join(lineEnd);

/** A table as other programs would have written it. */
const ways: readonly [string, (rows: string[][]) => Uint8Array][] = [
  ['with a mark and semicolons, as Excel does', (rows) => Buffer.from(`\uFEFF${write(rows, ';', '\r\n')}\r\n`)],
  ['with tabs in UTF-16 LE, as Excel does', (rows) => Buffer.from(`\uFEFF${write(rows, '\t', '\r\n')}`, 'utf16le')],
  ['in UTF-16 BE', (rows) => Buffer.from(`\uFEFF${write(rows, ',', '\n')}\n`, 'utf16le').swap16()],
  ['in UTF-16 LE without a mark', (rows) => Buffer.from(`${write(rows, ',', '\n')}\n`, 'utf16le')],
  ['in Windows-1252', (rows) => Buffer.from(write(rows, ';', '\r\n').replaceAll('€', '\u0080'), 'latin1')],
  [
    'with every cell in quotes',
    (rows) => Buffer.from(rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')),
  ],
];

describe.each(importFormatSchema.options)('%s', (format) => {
  test.each(ways)('means the same %s', async (_how, encode) => {
    const text = readSample(format);
    const rows = parse(text, { relax_column_count: true }) as string[][];
    const plain = await readBytes(format, Buffer.from(text));
    expect(plain.records.length).toBeGreaterThan(1);
    expect(plain.errors.length).toBeGreaterThanOrEqual(2);
    expect(await readBytes(format, encode(rows))).toEqual(plain);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a store', () => {
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

  async function list(query: ReturnType<typeof sql<{ line: string }>>): Promise<string[]> {
    const { rows } = await query.execute(database.owner);
    return rows.map(({ line }) => `  ${line.replace(/\s*\n\s*/g, ' ⏎ ')}`).sort();
  }

  /** All that a workspace holds, a line each, for people. */
  async function describeStore(): Promise<string[]> {
    const in_ = sql`workspace_id = ${workspaceId}`;
    const identifiers = (owner: string) =>
      sql`(select coalesce(string_agg(kind || ' ' || value, ', ' order by kind, value), '') from identifier i where i.${in_} and i.${sql.ref(owner)} = t.id)`;
    const sections: [string, ReturnType<typeof sql<{ line: string }>>][] = [
      [
        'accounts',
        sql`select concat_ws(' · ', name, segment, 'tier ' || tier, stage, industry, employees || ' people', country, owner_address, latest_win) || ' [' || ${identifiers('account_id')} || ']' as line from account t where ${in_}`,
      ],
      [
        'contacts',
        sql`select concat_ws(' · ', t.name, t.title, t.country, 'at ' || a.name) || ' [' || ${identifiers('contact_id')} || ']' as line from contact t left join account a on a.workspace_id = t.workspace_id and a.id = t.account_id where t.${in_}`,
      ],
      [
        'touches',
        sql`select concat_ws(' · ', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), t.kind, (select value from identifier i where i.${in_} and i.contact_id = t.contact_id and kind in ('email', 'crm') order by kind desc limit 1), 'in ' || c.name, t.detail, case when t.is_robot then 'robot' end) || ' (' || t.source || ')' as line from touch t left join campaign c on c.workspace_id = t.workspace_id and c.id = t.campaign_id where t.${in_}`,
      ],
      [
        'planned',
        sql`select concat_ws(' · ', to_char(t.planned_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), t.kind, t.state, (select value from identifier i where i.${in_} and i.contact_id = t.contact_id limit 1), t.detail) as line from planned_touch t where ${in_}`,
      ],
      [
        'opportunities',
        sql`select concat_ws(' · ', t.external_id, t.name, t.stage, t.outcome, t.amount || coalesce(' ' || t.currency, ''), 'closes ' || t.closes_on, 'opened ' || t.opened_on, 'at ' || a.name, 'with ' || k.name, 'from ' || c.name) as line from opportunity t left join account a on a.workspace_id = t.workspace_id and a.id = t.account_id left join contact k on k.workspace_id = t.workspace_id and k.id = t.contact_id left join campaign c on c.workspace_id = t.workspace_id and c.id = t.campaign_id where t.${in_}`,
      ],
      ['activity types', sql`select external_id || ' ' || name as line from activity_type where ${in_}`],
      ['waiting', sql`select external_id || ' for ' || awaits as line from waiting_row where ${in_}`],
    ];
    const told: string[] = [];
    for (const [name, query] of sections) {
      const lines = await list(query);
      if (lines.length > 0) told.push(name, ...lines);
    }
    return told;
  }

  const take = (format: string, text = readSample(format)) =>
    takeFile(database, workspaceId, Buffer.from(text), { fileName: `${format}.csv`, now, ...wishesOf(format) });

  test.each(importFormatSchema.options)(
    'holds of %s what its sample says, also after a second time',
    async (format) => {
      const status = await take(format);
      expect(status).toMatchObject({ state: 'done', format, failure: null });
      const errors = status.errors.map(
        ({ line, column, reason }) => `  line ${line}${column === null ? '' : `, ${column}`}: ${reason}`,
      );
      const held = await describeStore();
      const text = [
        ...held,
        'did not go in',
        ...errors,
        ...(status.waitingFor ? [`${status.waitingRows} wait: ${status.waitingFor}`] : []),
      ].join('\n');
      await expect(`${text}\n`).toMatchFileSnapshot(join(folder, `${format}.expected.txt`));
      const again = await take(format);
      for (const kind of ['accounts', 'contacts', 'touches', 'opportunities'] as const)
        expect([kind, again[kind].added]).toEqual([kind, 0]);
      expect(await describeStore()).toEqual(held);
    },
  );

  const marketo = ['marketo_leads', 'marketo_activity_types', 'marketo_activities'];
  const orders = marketo.flatMap((first) =>
    marketo
      .filter((each) => each !== first)
      .map((second) => [first, second, marketo.find((each) => each !== first && each !== second)!]),
  );
  test.each(orders)("holds the same of Marketo's tables when they come as %s, %s, %s", async (...order) => {
    for (const format of order) await take(format);
    const held = await describeStore();
    await expect(`${held.join('\n')}\n`).toMatchFileSnapshot(join(folder, 'marketo_together.expected.txt'));
    const feed = await sql<{
      n: number;
    }>`select count(*)::int as n from feed_entry where workspace_id = ${workspaceId}`.execute(database.owner);
    for (const format of order) await take(format);
    expect(await describeStore()).toEqual(held);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from feed_entry where workspace_id = ${workspaceId}`.execute(database.owner);
    expect(rows).toEqual(feed.rows);
  });

  test('tells how many rows of an import still wait, also when a later table brings some of them in', async () => {
    await take('marketo_activities');
    const { touches, waitingRows } = await take('marketo_leads');
    expect({ added: touches.added, waitingRows }).toEqual({ added: 6, waitingRows: 0 });
    const status = await inWorkspace(database.db, workspaceId, (scope) => listImports(scope, workspaceId));
    expect(status.map((each) => [each.format, each.waitingRows, each.waitingFor ?? null])).toEqual([
      ['marketo_leads', 0, null],
      [
        'marketo_activities',
        2,
        "Nobody has said yet what they speak of. Import Marketo's leads (Id, Email Address) and Marketo's activity types (Activity Type ID, Name): then they go in by themselves.",
      ],
    ]);
    await take('marketo_activity_types');
    const later = await inWorkspace(database.db, workspaceId, (scope) => listImports(scope, workspaceId));
    expect(later.find((each) => each.format === 'marketo_activities')?.waitingRows).toBe(1);
  });

  test('says of a dry run how many rows would wait, and keeps none', async () => {
    const dry = { fileName: 'x.csv', now, dryRun: true };
    const status = await takeFile(database, workspaceId, Buffer.from(readSample('marketo_activities')), dry);
    expect(status.waitingRows).toBe(8);
    expect(await describeStore()).toEqual([]);
  });

  test("takes HubSpot's deal that names only a person in when that person comes", async () => {
    await take('hubspot_deals');
    await take('hubspot_contacts', 'Record ID,Email,First Name,Contact owner\n999,ida@corvane.example,Ida,Sam\n');
    const held = await describeStore();
    expect(held.filter((line) => line.includes('7004'))).toEqual([
      '  id:7004 · Only a person · Qualified · open · at corvane.example · with Ida',
    ]);
  });

  test("knows a company by HubSpot's number once a row named both it and the company that it led to", async () => {
    await take('accounts', 'Account Name,Website\nBrightforge,brightforge.example\nAgency,agency.example\n');
    await take('contacts', 'Email,Name\na@agency.example,A\nb@brightforge.example,B\n');
    const people = 'Record ID,Email,First Name,Contact owner,Primary Associated Company ID,Associated Company\n';
    await take(
      'hubspot_contacts',
      `${people}1,a@agency.example,A,Sam,9042,Brightforge\n2,b@brightforge.example,B,Sam,9042,Brightforge\n`,
    );
    await take('hubspot_deals', 'Record ID,Deal Name,Deal Stage,Associated Company IDs\n7,By number alone,Won,9042\n');
    const held = await describeStore();
    expect(held).toContain('  Agency [domain agency.example]');
    expect(held).toContain('  id:7 · By number alone · Won · won · at Brightforge');
  });

  test('moves a deal on: stage, amount, outcome and day, and what a later file leaves blank stays', async () => {
    const head = 'Opportunity ID,Opportunity Name,Account Name,Domain,Stage,Amount,Currency,Close Date';
    await take('opportunities', `${head}\nO-1,Line 3,Brightforge,brightforge.example,Offer,1000,EUR,2026-12-01\n`);
    const status = await take('opportunities', `${head}\nO-1,,Brightforge,,Closed won,1200,,2026-11-19\n`);
    expect(status.opportunities).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect((await describeStore()).filter((line) => line.includes('O-1'))).toEqual([
      '  id:O-1 · Line 3 · Closed won · won · 1200.00 EUR · closes 2026-11-19 · at Brightforge',
    ]);
  });

  test("reads each status of a member's history as a touch at the day of the change", async () => {
    const history = 'Campaign Name,Email,Old Value,New Value,Edit Date\n';
    const row = (from: string, to: string, at: string) => `Fair,dana@brightforge.example,${from},${to},${at}\n`;
    const file =
      history +
      row('', 'Invited', '2026-10-01 09:00') +
      row('Invited', 'Registered', '2026-10-03 09:00') +
      row('Registered', 'Attended', '2026-10-20 09:00');
    expect(await take('salesforce_campaign_members', file)).toMatchObject({ errorCount: 0, touches: { added: 3 } });
    expect((await describeStore()).filter((line) => line.includes(' in Fair '))).toEqual([
      '  2026-10-01 09:00 · sent · dana@brightforge.example · in Fair (salesforce)',
      '  2026-10-03 09:00 · registered · dana@brightforge.example · in Fair (salesforce)',
      '  2026-10-20 09:00 · attended · dana@brightforge.example · in Fair (salesforce)',
    ]);
  });
});
