import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { type ImportStatus, importStatusSchema } from '#contract/import.ts';
import { generateExports } from '../../test/fixtures/exports/generate.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { inWorkspace } from '../db/scope.ts';
import { readBundles } from '../store/bundle.ts';
import { readHashKeys } from '../store/hash-key.ts';
import { listImports, openImport } from '../store/import-job.ts';
import { readScorecard } from '../store/scorecard.ts';
import { createWorkspace } from '../store/workspace.ts';
import type { ImportGround } from './import-ground.ts';
import { takeUp } from './run-apart.ts';
import { type ImportOrder, runImport } from './run-import.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const exports = generateExports('2026-11-20');
let database: TestDatabase;
let workspaceId: WorkspaceId;
let pokes = 0;
let ground: ImportGround;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db, url } = database;
  const poke = () => {
    pokes += 1;
  };
  ground = { db, url, log: pino({ level: 'silent' }), now: () => now, poke, apart: null };
});
afterAll(() => database?.close());
beforeEach(async () => {
  workspaceId = randomUUID() as WorkspaceId;
  pokes = 0;
  await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, 'Kestrel Works', now));
});

type Bytes = string | Uint8Array;
async function* inChunks(file: Bytes, size = 7001, cutAt = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  for (let from = 0; from < bytes.length; from += size) {
    if (from >= cutAt) throw new Error('the power went');
    yield bytes.subarray(from, from + size);
  }
}

async function take(
  file: Bytes,
  more: { dryRun?: boolean; cutAt?: number; name?: string } & Pick<ImportOrder, 'onEncoding'> = {},
): Promise<ImportStatus> {
  const importId = randomUUID() as ImportId;
  const dryRun = more.dryRun ?? false;
  const job = { id: importId, fileName: more.name ?? 'file.csv', bytes: null, dryRun, byMember: null, ticket: null };
  await inWorkspace(database.db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  const { onEncoding = () => undefined } = more;
  const order = { ...ground, workspaceId, importId, onEncoding };
  return importStatusSchema.parse(await runImport(order, inChunks(file, 7001, more.cutAt)));
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const tables = ['account', 'contact', 'identifier', 'campaign', 'touch', 'plannedTouch', 'opportunity'] as const;
type Table = (typeof tables)[number] | 'waitingRow' | 'feedEntry';
async function rowsOf(table: Table): Promise<Record<string, unknown>[]> {
  const query = sql<
    Record<string, unknown>
  >`select * from ${sql.table(snake(table))} where workspace_id = ${workspaceId}`;
  return (await query.execute(database.owner)).rows;
}

/** Everything an import made, without what differs from run to run (ids, times of writing), so that two stores can be compared. */
async function readAll(): Promise<Record<string, string[]>> {
  const [accounts, contacts, campaigns] = await Promise.all([rowsOf('account'), rowsOf('contact'), rowsOf('campaign')]);
  const identifiers = await rowsOf('identifier');
  const names = new Map<unknown, string>();
  for (const row of campaigns) names.set(row['id'], `campaign ${row['name']}`);
  for (const row of identifiers.sort((a, b) =>
    `${a['kind']}${a['value']}`.localeCompare(`${b['kind']}${b['value']}`),
  )) {
    const owner = row['accountId'] ?? row['contactId'];
    names.set(owner, `${names.get(owner) ?? ''} ${row['value']}`);
  }
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await rowsOf(table);
    all[table] = rows
      .map((row) => {
        const { id, createdAt, updatedAt, linkedAt, importId, workspaceId: _, externalId, fulfilledBy, ...rest } = row;
        const told = Object.entries(rest).map(([key, value]) => [key, names.get(value) ?? value]);
        return JSON.stringify([...told, ['called', names.get(id)], ['fulfilled', fulfilledBy !== null]]);
      })
      .sort();
  }
  expect(accounts.length + contacts.length).toBeGreaterThan(0);
  return all;
}

const csv = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('the sample exports', () => {
  test('go in whole, save the broken rows, which are reported exactly', async () => {
    const reported: unknown[] = [];
    for (const file of exports.files) {
      const status = await take(file.text, { name: file.name });
      expect(status).toMatchObject({ state: 'done', failure: null, rows: file.rows });
      reported.push(...status.errors.map((error) => ({ file: file.name, ...error })));
    }
    expect(reported).toEqual(exports.brokenRows);
    const { expected } = exports;
    expect(await rowsOf('account')).toHaveLength(expected.accounts);
    expect(await rowsOf('contact')).toHaveLength(expected.contacts);
    expect(await rowsOf('campaign')).toHaveLength(expected.campaigns);
    expect(await rowsOf('touch')).toHaveLength(expected.touches);
    expect(await rowsOf('plannedTouch')).toHaveLength(expected.planned);
    expect(await rowsOf('opportunity')).toHaveLength(expected.opportunities);
    expect(await rowsOf('waitingRow')).toEqual([]);
    // Deals at known accounts and names of activity types change no card; Marketo's activities wait for the leads.
    expect(pokes).toBeGreaterThanOrEqual(exports.files.length - 3);
  });

  test('change nothing the second time, and tell no device', async () => {
    for (const file of exports.files) await take(file.text);
    const before = await readAll();
    const entries = (await rowsOf('feedEntry')).length;
    for (const file of exports.files) {
      const { format, accounts, contacts, touches, planned, opportunities } = await take(file.text);
      const all = [accounts, contacts, touches, planned, opportunities];
      for (const counts of all) expect(counts).toMatchObject({ added: 0, changed: 0 });
      const unchanged = all.reduce((sum, counts) => sum + counts.unchanged, 0);
      // What a type is called is none of the things that are counted.
      if (format !== 'marketo_activity_types') expect(unchanged).toBeGreaterThan(0);
    }
    expect(await readAll()).toEqual(before);
    expect(await rowsOf('feedEntry')).toHaveLength(entries);
  });

  test('leave nothing behind in a dry run, and are counted as in a real one', async () => {
    for (const file of exports.files.slice(0, 3)) {
      const feed = await rowsOf('feedEntry');
      const dry = await take(file.text, { dryRun: true });
      expect(await rowsOf('feedEntry')).toEqual(feed);
      const real = await take(file.text);
      expect(dry).toMatchObject({ dryRun: true, state: 'done' });
      for (const key of ['rows', 'accounts', 'contacts', 'touches', 'planned', 'errors'] as const)
        expect(dry[key]).toEqual(real[key]);
    }
  });

  test('of several batches is counted as a real one, though each batch of a dry run is taken back', async () => {
    const people = Array.from(
      { length: 6200 },
      (_, row) => `p${row % 5600}@company${row % 70}.example,P${row},Company ${row % 70}`,
    );
    const touches = people.map(
      (person, row) =>
        `${person.split(',')[0]},${(row % 5600) % 2 ? 'opened' : 'sent'},2026-11-0${1 + ((row % 5600) % 9)},Nurture`,
    );
    for (const file of [csv('Email,Name,Company', ...people), csv('Email,Kind,At,Campaign', ...touches)]) {
      const dry = await take(file, { dryRun: true });
      const real = await take(file);
      for (const key of ['rows', 'accounts', 'contacts', 'touches', 'errors'] as const)
        expect(dry[key]).toEqual(real[key]);
      expect(real.rows).toBe(6200);
    }
  });

  test('are complete after a cut in the middle and another run, as if there had been one', async () => {
    const [accounts, contacts, members, , touches] = exports.files;
    for (const file of [accounts!, contacts!, members!, touches!]) await take(file.text);
    const whole = await readAll();
    workspaceId = randomUUID() as WorkspaceId;
    await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, 'Other', now));
    for (const file of [accounts!, contacts!, members!, touches!]) {
      const cut = await take(file.text, { cutAt: file.text.length * 0.6 });
      expect(cut.state).toBe('failed');
      expect(cut.failure).toContain('import the same file again');
      await take(file.text);
    }
    expect(await readAll()).toEqual(whole);
  });

  test('name each changed account once a batch in the feed', async () => {
    await take(exports.files[0]!.text);
    const [, entry] = (await rowsOf('feedEntry')).sort((a, b) => Number(a['seq']) - Number(b['seq']));
    const changes = entry!['changes'] as { kind: string; id: string }[];
    expect(changes.every((change) => change.kind === 'bundle')).toBe(true);
    expect(new Set(changes.map((change) => change.id)).size).toBe(changes.length);
    expect(changes).toHaveLength(exports.expected.accounts);
  });
});

describe('accounts', () => {
  test('are found by the registrable domain of an address', async () => {
    await take(csv('Account Name,Website', 'Lumen Glass,https://www.lumenglass.example/de', 'Ardmoor,ardmoor.co.uk'));
    await take(
      csv('Email,Name', 'mina@plant.lumenglass.example,Mina', 'x@mail.ardmoor.co.uk,Xen', 'y@other.co.uk,Yan'),
    );
    const accounts = await rowsOf('account');
    expect(accounts.map((account) => account['name']).sort()).toEqual(['Ardmoor', 'Lumen Glass', 'other.co.uk']);
    const identifiers = await rowsOf('identifier');
    expect(
      identifiers
        .filter((each) => each['kind'] === 'domain')
        .map((each) => each['value'])
        .sort(),
    ).toEqual(['ardmoor.co.uk', 'lumenglass.example', 'other.co.uk']);
  });

  test('that a row names by domain are not mixed with the one that the address belongs to', async () => {
    await take(csv('Account Name,Domain', 'Agency,agency.example'));
    await take(csv('Email,Name,Company,Website', 'a@agency.example,A,Ardmoor,ardmoor.example'));
    const [contact] = await rowsOf('contact');
    const ardmoor = (await rowsOf('account')).find((account) => account['name'] === 'Ardmoor');
    expect(contact?.['accountId']).toBe(ardmoor?.['id']);
    await take(csv('Email,Name', 'b@agency.example,B'));
    expect(await rowsOf('account')).toHaveLength(2);
  });

  test('are never made from a mail provider', async () => {
    await take(
      csv('Email,Name,Company', 'j@gmail.com,Jo,', 'k@hotmail.co.uk,Kim,n/a', 'l@googlemail.com,Lu,Self-employed'),
    );
    expect(await rowsOf('account')).toEqual([]);
    expect(await rowsOf('contact')).toHaveLength(3);
  });

  test('keep what a blank cell does not say, and take what a newer file says', async () => {
    await take(csv('Account Name,Domain,Segment,Tier,Employees', 'Ardmoor,ardmoor.example,Food,2,"1,200"'));
    const status = await take(csv('Account Name,Domain,Segment,Tier', 'Ardmoor Ltd,ardmoor.example,,1'));
    expect(status.accounts).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await rowsOf('account')).toEqual([
      expect.objectContaining({ name: 'Ardmoor Ltd', segment: 'Food', tier: 1, employees: 1200 }),
    ]);
  });

  test('of two that one row mixes up, neither is touched', async () => {
    await take(csv('Account Name,Domain', 'One,one.example', 'Two,two.example'));
    const status = await take(csv('Account Name,Domain,Other Domains', 'Three,one.example,two.example'));
    expect(status.errors).toEqual([
      {
        line: 2,
        column: null,
        reason: 'The row speaks of two accounts: one.example belongs to One, two.example to Two.',
      },
    ]);
    expect(status.accounts).toEqual({ added: 0, changed: 0, unchanged: 0 });
  });

  test('that only an address told of get their name from a later file', async () => {
    await take(csv('Email,Name', 'a@ardmoor.example,A'));
    await take(csv('Email,Name,Company', 'b@ardmoor.example,B,Ardmoor Paper'));
    expect(await rowsOf('account')).toEqual([expect.objectContaining({ name: 'Ardmoor Paper' })]);
  });
});

describe('contacts', () => {
  test('are one person under all of their identifiers', async () => {
    await take(
      csv(
        'Email,Name,Salesforce Contact ID,LinkedIn URL',
        'dana@b.example,Dana,0035g00000DanOrAAJ,https://www.linkedin.com/in/Dana-Ortiz/',
      ),
    );
    const status = await take(
      csv('CampaignId,ContactId,Status,CreatedDate', '7015g00000XXXX3,0035g00000DanOr,Sent,2026-11-01'),
    );
    expect(status.contacts.added).toBe(0);
    expect(await rowsOf('contact')).toHaveLength(1);
    expect(
      (await rowsOf('identifier'))
        .filter((each) => each['contactId'])
        .map((each) => each['value'])
        .sort(),
    ).toEqual(['dana-ortiz', 'dana@b.example', 'salesforce:contact:0035g00000DanOrAAJ']);
  });

  test('of a HubSpot export are known by their record ids, which a bare column of another tool is not', async () => {
    await take(
      csv('Record ID,Company name,Company Domain Name,Company owner', '9042,Brightforge,brightforge.example,Ines'),
    );
    await take(csv('Record ID,Email,First Name,Contact owner', '151,dana@brightforge.example,Dana,Ines'));
    await take(csv('Record ID,Email,Name', '7,sam@brightforge.example,Sam'));
    const status = await take(csv('HubSpot Record ID,Email,Name', 'zcrm_12,tom@brightforge.example,Tom'));
    expect(status.errors.map((each) => each.reason)).toEqual([
      '"zcrm_12" is not a HubSpot record id: those are whole numbers.',
    ]);
    const records = (await rowsOf('identifier')).filter((each) => each['kind'] === 'crm').map((each) => each['value']);
    expect(records.sort()).toEqual(['hubspot:company:9042', 'hubspot:contact:151']);
  });

  test('are not lost to a company column that names no company', async () => {
    const status = await take(csv('Email,Name,Company,Website', 'a@gmail.com,A,n/a,n/a', 'b@web.de,B,-,gmail.com'));
    expect(status).toMatchObject({ errorCount: 0, contacts: { added: 2 } });
    expect(await rowsOf('account')).toEqual([]);
  });

  test('are not overwritten by an export that is about something else', async () => {
    await take(csv('Email,Name,Title', 'dana@b.example,Dana Ortiz,Head of Operations'));
    await take(
      csv(
        'Campaign Name,Email,First Name,Last Name,Title,Member Status,Created Date',
        'X,dana@b.example,D.,O.,Boss,Sent,2026-11-01',
      ),
    );
    expect(await rowsOf('contact')).toEqual([
      expect.objectContaining({ name: 'Dana Ortiz', title: 'Head of Operations' }),
    ]);
  });
});

describe('campaigns', () => {
  test('known by name and then by id are one', async () => {
    await take(csv('Email,Kind,At,Campaign', 'a@b.example,opened,2026-11-01,Q4 nurture'));
    await take(
      csv(
        'CampaignId,Campaign.Name,Email,Status,CreatedDate',
        '7015g00000XXXX3AAP,Q4 nurture,a@b.example,Sent,2026-11-01',
      ),
    );
    await take(csv('Email,Kind,At,Campaign', 'a@b.example,clicked,2026-11-02,q4 NURTURE'));
    expect(await rowsOf('campaign')).toEqual([
      expect.objectContaining({ source: 'salesforce', externalId: '7015g00000XXXX3', name: 'Q4 nurture' }),
    ]);
    expect(new Set((await rowsOf('touch')).map((touch) => touch['campaignId'])).size).toBe(1);
  });

  test("each status a member goes through is a touch, and the company's own words are kept", async () => {
    const member = (status: string, responded: string, at: string) =>
      csv(
        'Campaign Name,Email,Member Status,Has Responded,First Responded Date,Member Created Date',
        `Fair,a@b.example,${status},${responded},${at},2026-10-01`,
      );
    await take(member('Sent', 'No', ''));
    await take(member('Registered', 'Yes', '2026-10-05'));
    await take(member('Came by twice', 'Yes', '2026-10-09'));
    await take(member('Wait list', 'No', ''));
    const touches = (await rowsOf('touch')).map(({ kind, detail, at }) => [
      kind,
      detail,
      (at as Date).toISOString().slice(0, 10),
    ]);
    expect(touches.sort()).toEqual([
      ['other', 'Wait list', '2026-10-01'],
      ['registered', null, '2026-10-05'],
      ['responded', 'Came by twice', '2026-10-09'],
      ['sent', null, '2026-10-01'],
    ]);
  });
});

describe("the tools' own exports", () => {
  const touches = async () =>
    (await rowsOf('touch'))
      .map(({ kind, at, detail, source }) => [source, kind, (at as Date).toISOString(), detail])
      .sort();

  test("Mailchimp's three files tell when somebody came, left or could not be reached", async () => {
    const head = 'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED,LEID,EUID,NOTES,TAGS';
    const row = 'A@B.example,Ana,Bo,3,2025-01-02 03:04:05,2026-01-01 00:00:00,1,e1,,"""Plant, large"",""News"""';
    expect(await take(csv(head, row))).toMatchObject({ format: 'mailchimp_audience', errorCount: 0 });
    const left = csv(`${head},UNSUB_TIME`, `${row},2026-02-03 04:05:06`);
    expect((await take(left)).touches).toEqual({ added: 1, changed: 0, unchanged: 1 });
    expect((await take(csv(`${head},CLEAN_TIME`, `${row},2026-03-04 05:06:07`))).touches.added).toBe(1);
    const tags = 'Plant, large, News';
    expect(await touches()).toEqual([
      ['mailchimp', 'bounced', '2026-03-04T05:06:07.000Z', tags],
      ['mailchimp', 'subscribed', '2025-01-02T03:04:05.000Z', tags],
      ['mailchimp', 'unsubscribed', '2026-02-03T04:05:06.000Z', tags],
    ]);
  });

  test("a Salesforce report and the API's export of the same member are the same touch", async () => {
    const report =
      '"Campaign Name";"Campaign ID";"Member Status";"Responded";"First Responded Date";"First Name";"Last Name";"Title";"Company / Account";"Email";"Contact ID"\r\n' +
      '"Maintenance webinar";"7015g00000XXXX5";"Attended";"1";"11/12/2026 2:30 PM";"Ana";"Bo";"Plant Manager";"Ardmoor";"a@ardmoor.example";"0035g00000DanOr"\r\n';
    expect(await take(report)).toMatchObject({ format: 'salesforce_campaign_members', errorCount: 0 });
    const api = csv(
      'Id,CampaignId,ContactId,LeadId,Status,HasResponded,FirstRespondedDate,CreatedDate',
      '00v5g00000AAAAA,7015g00000XXXX5AAP,0035g00000DanOrAAJ,,Attended,true,2026-11-12T14:30:00.000+0000,2026-11-01T00:00:00.000Z',
    );
    expect((await take(api)).touches).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect(await touches()).toEqual([['salesforce', 'attended', '2026-11-12T14:30:00.000Z', null]]);
    expect(await rowsOf('campaign')).toEqual([expect.objectContaining({ name: 'Maintenance webinar' })]);
    expect(await rowsOf('account')).toEqual([expect.objectContaining({ name: 'Ardmoor' })]);
  });
});

describe('planned touches', () => {
  const head = 'Email,Campaign,Kind,Planned For,Status';
  const plan = (at: string, status = 'planned') => csv(head, `a@b.example,Nurture,sent,${at},${status}`);
  const standing = async () =>
    (await rowsOf('plannedTouch')).map((each) => [
      (each['plannedAt'] as Date).toISOString().slice(0, 10),
      each['state'],
    ]);

  test('are moved, cancelled and planned again', async () => {
    expect((await take(plan('2026-11-24'))).planned.added).toBe(1);
    expect((await take(plan('2026-11-26'))).planned).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await standing()).toEqual([['2026-11-26', 'planned']]);
    await take(plan('', 'cancelled'));
    expect(await standing()).toEqual([['2026-11-26', 'cancelled']]);
    await take(plan('2026-11-27'));
    expect(await standing()).toEqual([['2026-11-27', 'planned']]);
  });

  test('are fulfilled by the touch that was planned, and by no other', async () => {
    await take(plan('2026-11-19'));
    await take(
      csv(
        'Email,Campaign,Kind,At,Robot',
        'a@b.example,Nurture,opened,2026-11-19,',
        'a@b.example,Other,sent,2026-11-19,',
        'a@b.example,Nurture,sent,2026-10-01,',
        'a@b.example,Nurture,sent,2026-11-19,yes',
        'c@b.example,Nurture,sent,2026-11-19,',
      ),
    );
    expect(await standing()).toEqual([['2026-11-19', 'planned']]);
    const status = await take(csv('Email,Campaign,Kind,At', 'a@b.example,Nurture,sent,2026-11-18'));
    expect(status.planned.changed).toBe(1);
    expect(await standing()).toEqual([['2026-11-19', 'fulfilled']]);
    await take(plan('2026-12-24'));
    expect(await standing()).toEqual([['2026-11-19', 'fulfilled']]);
  });
});

describe('a file that is no table Baton knows', () => {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  test.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(), /empty/],
    ['blanks', utf8(' \n\n '), /nothing but blanks/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...randomBytes(5000)]), /PNG picture/],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, ...randomBytes(5000)]), /workbook.*CSV/],
    ['JSON', utf8('[{"email":"a@b.example"}]'), /JSON/],
    ['a web page', utf8('<!doctype html><table>'), /web page/],
    [
      'other columns',
      utf8('Colour,Weight\nred,3\n'),
      /the columns Colour, Weight\. It knows Mailchimp.*Salesforce.*accounts/,
    ],
    ['a letter', utf8('Dear Sir or Madam\nplease find enclosed\n'), /does not know a table/],
  ])('%s gets one clear sentence and leaves nothing', async (_what, bytes, sentence) => {
    const status = await take(bytes);
    expect(status).toMatchObject({ state: 'failed', rows: 0, errorCount: 0 });
    expect(status.failure).toMatch(sentence);
    expect(await rowsOf('contact')).toEqual([]);
  });

  test('an unclosed quotation mark is told by its line, and what stands before it goes in', async () => {
    const status = await take(csv('Email,Name', 'a@b.example,A', '"c@b.example,C', 'd@b.example,D'));
    expect(status.state).toBe('failed');
    expect(status.failure).toMatch(/^From line 3 on/);
  });
});

describe('a row that is too long', () => {
  const long = 'x'.repeat(1_100_000);
  test.each([
    ['in a cell without quotes', `c@b.example,${long}`, /is longer than 1,000,000 bytes\. The rows/],
    [
      'in a cell with quotes',
      `c@b.example,"${long}`,
      /longer than 1,000,000 bytes, most likely because a quotation mark/,
    ],
  ])('%s is told by its line and limit, and what stands before it goes in', async (_how, row, sentence) => {
    const status = await take(csv('Email,Name', 'a@b.example,A', row, 'd@b.example,D'));
    expect(status).toMatchObject({ state: 'failed', rows: 1, contacts: { added: 1 } });
    expect(status.failure).toMatch(/^From line 3 on/);
    expect(status.failure).toMatch(sentence);
  });
});

describe('awkward tables', () => {
  const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
  test.each<[string, Bytes]>([
    ['a mark and semicolons', '\uFEFFEmail;Name;Title\r\nz@b.example;Zoë;"Chief; Operations"\r\n'],
    ['tabs in UTF-16', utf16('Email\tName\tTitle\r\nz@b.example\tZoë\tChief; Operations\r\n')],
    ['Windows-1252', Buffer.from('Email,Name,Title\nz@b.example,Zoë,Chief; Operations\n', 'latin1')],
    ['a separator line and odd headers', 'sep=|\r\n E-MAIL |full_name|JobTitle\r\nz@b.example|Zoë|Chief; Operations'],
    ['blank rows and columns', '\n"EMAIL ADDRESS",Name,,Title,\n,,,,\n\nz@b.example,Zoë,,Chief; Operations,\n'],
  ])('%s are read', async (_what, file) => {
    expect(await take(file)).toMatchObject({ state: 'done', rows: 1, errorCount: 0 });
    expect(await rowsOf('contact')).toEqual([expect.objectContaining({ name: 'Zoë', title: 'Chief; Operations' })]);
  });

  test('whoever began an import hears how its text is read', async () => {
    const heard: string[] = [];
    const onEncoding = (name: string) => void heard.push(name);
    await take('Email,Name\na@b.example,Zoë\n', { onEncoding });
    await take(Buffer.from('Email,Name\nb@b.example,Zoë\n', 'latin1'), { onEncoding });
    expect(heard).toEqual(['utf-8', 'windows-1252']);
  });

  test('formulas are text, and no column name reaches an object', async () => {
    const file = csv(
      'Email,Name,Title,__proto__,constructor',
      '"z@b.example","=HYPERLINK(""https://x.example"")",@SUM(A1),polluted,polluted',
    );
    expect(await take(file)).toMatchObject({ state: 'done', errorCount: 0 });
    expect(await rowsOf('contact')).toEqual([
      expect.objectContaining({ name: '=HYPERLINK("https://x.example")', title: '@SUM(A1)' }),
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a row is named by the line where it begins, whatever breaks lines inside cells', async () => {
    const file =
      'Email,Name\r\na@b.example,"two\r\nlines"\r\n\r\nnobody,X\r\nb@b.example,"three\n\nlines"\r\nnobody,Y\r\n';
    expect((await take(file)).errors.map((error) => error.line)).toEqual([5, 9]);
  });

  test('all errors are counted and the first 200 listed', async () => {
    const status = await take(csv('Email,Name', ...Array.from({ length: 300 }, (_, row) => `nobody ${row},X`)));
    expect(status).toMatchObject({ state: 'done', rows: 300, errorCount: 300 });
    expect(status.errors).toHaveLength(200);
  });
});

test('two imports of one workspace at the same time make each account once', async () => {
  const file = (offset: number) =>
    csv('Email,Name', ...Array.from({ length: 500 }, (_, row) => `p${row + offset}@company${row % 50}.example,P`));
  await Promise.all([take(file(0)), take(file(250)), take(file(500))]);
  expect(await rowsOf('account')).toHaveLength(50);
  expect(await rowsOf('contact')).toHaveLength(1000);
});

test('what is said to have happened in the future is refused', async () => {
  const status = await take(
    csv('Email,Kind,At', 'a@b.example,opened,2026-12-20', 'a@b.example,opened,2026-11-20T20:00:00Z'),
  );
  expect(status.errors).toEqual([
    { line: 2, column: null, reason: expect.stringContaining('2026-12-20, which is still to come') },
  ]);
  expect(status.touches.added).toBe(1);
});

test('an import whose process is gone while its file was read is ended with what was read', async () => {
  const id = randomUUID() as ImportId;
  const job = { id, fileName: 'x.csv', bytes: 1, dryRun: false, byMember: null, ticket: null };
  await inWorkspace(database.db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  const read = () => inWorkspace(database.db, workspaceId, (scope) => listImports(scope, workspaceId));
  expect(await read()).toEqual([expect.objectContaining({ state: 'running', failure: null })]);
  await sql`update import set started_at = now() - interval '3 minutes' where id = ${id}`.execute(database.owner);
  expect(await takeUp({ ...ground, workspaceId }, id)).toBe(true);
  expect(await read()).toEqual([
    expect.objectContaining({ state: 'failed', failure: expect.stringMatching(/stopped while it read this file/) }),
  ]);
});

test('touches of which some are there already, or that a file names twice, go in once each', async () => {
  const header = 'Email,Kind,Campaign,At';
  const day = (number: number) => `2026-10-${String(1 + (number % 28)).padStart(2, '0')}`;
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `p${from + at}@client.example,opened,Spring,${day(at)}`);
  expect((await take(csv(header, ...rows(0, 40)))).touches).toMatchObject({ added: 40, unchanged: 0 });
  const second = await take(csv(header, ...rows(30, 60), ...rows(50, 60), ...rows(60, 70)));
  expect(second).toMatchObject({ state: 'done', errorCount: 0 });
  expect(await rowsOf('touch')).toHaveLength(second.touches.added + 40);
  const third = await take(csv(header, ...rows(0, 70)), { dryRun: true });
  expect(third.touches.added).toBe((await take(csv(header, ...rows(0, 70)))).touches.added);
  expect((await take(csv(header, ...rows(0, 70)))).touches).toMatchObject({ added: 0, unchanged: 70 });
});

test('another workspace sees nothing of an import', async () => {
  await take(exports.files[0]!.text);
  const own = await inWorkspace(database.db, workspaceId, (scope) => listImports(scope, workspaceId));
  const other = randomUUID() as WorkspaceId;
  expect(own).toHaveLength(1);
  expect(await inWorkspace(database.db, other, (scope) => listImports(scope, workspaceId))).toEqual([]);
});

test('above 10,000 changed accounts devices are told once to fetch everything, also when the import is cut off', async () => {
  const lines = Array.from({ length: 15_000 }, (_, row) => `Company ${row},company${row}.example`);
  const cut = csv('Account Name,Domain', ...lines, '"open');
  expect((await take(cut)).state).toBe('failed');
  const kinds = (await rowsOf('feedEntry'))
    .sort((a, b) => Number(a['seq']) - Number(b['seq']))
    .map((entry) => (entry['changes'] as { kind: string }[]).map((change) => change.kind));
  expect(kinds.at(-1)?.slice(0, 3)).toEqual(['refetch']);
  expect(kinds.flat().filter((kind) => kind === 'refetch')).toHaveLength(1);
  expect(kinds.flat().filter((kind) => kind === 'bundle').length).toBeLessThanOrEqual(12_000);
});

test('what an account uses comes in by a table, is asked by criteria, and goes to devices, which score by it too', async () => {
  const table = (uses: string) => `Account Name,Website,Technologies\nBrightforge,brightforge.example,${uses}\n`;
  expect((await take(table('"Acme ERP; Mail, Acme ERP"'))).state).toBe('done');
  expect((await rowsOf('account'))[0]?.['technologies']).toBe('Acme ERP; Mail');
  // A table that does not say leaves what is known.
  await take(table(''));
  const [account] = await rowsOf('account');
  expect(account?.['technologies']).toBe('Acme ERP; Mail');
  await take('Email,Account Name,Website\ndana@brightforge.example,Brightforge,brightforge.example\n');
  const [bundle] = await inWorkspace(database.db, workspaceId, async (scope) => {
    const card = await readScorecard(scope, workspaceId);
    const test = { op: 'is' as const, values: ['acme erp'] };
    const criteria = [{ id: 'erp', label: 'ERP', points: 9, axis: 'fit' as const, field: 'technology' as const, test }];
    const next = JSON.stringify({ ...card, version: 2, criteria });
    await scope
      .insertInto('scorecard')
      .values({ workspaceId, version: 2, card: next, reason: null, publishedAt: now })
      .execute();
    const { current: key } = await readHashKeys(scope, workspaceId);
    return readBundles(scope, workspaceId, [String(account?.['id'])], key, now);
  });
  expect(bundle?.contacts[0]?.score).toMatchObject({ fit: 9, reasons: [{ criterion: 'erp' }] });
  expect(bundle?.account?.technologies).toEqual(['Acme ERP', 'Mail']);
});
