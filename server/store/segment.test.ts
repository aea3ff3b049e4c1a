import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LanguageAgreement, languageAgreementSchema } from '#contract/agreement.ts';
import {
  type Segment,
  type SegmentMoves,
  type Segments,
  segmentFields,
  segmentMovesSchema,
} from '#contract/common-language.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { takeFile } from '../../test/postgres/take-file.ts';
import { findSegment, listRuleGroups, type SegmentedAccount, settleSegment } from '../../utils/scoring/segment.ts';
import { inWorkspace } from '../db/scope.ts';
import { assignAccounts } from '../segments/assign-accounts.ts';
import { toImportGround } from '../sources/import-ground.ts';
import { undoImport } from '../sources/undo-import.ts';
import { listTechnologies } from './contact.ts';
import { lockImports } from './import-run.ts';
import { assignSegments } from './segment.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let maren: TestDevice;
let sam: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin', 'ida@larkspur.example');
  maren = await store.signIn(workspaceId, 'marketer', 'maren@larkspur.example');
  sam = await store.signIn(workspaceId, 'rep', 'sam@larkspur.example');
  await ask(admin, 'PUT', '/signers', { sales: [sam.session.member.id], arbiter: null });
});

async function ask(device: TestDevice, method: string, below: string, body?: unknown): Promise<LanguageAgreement> {
  const response = await device.request(method, `/v1/agreements/segments${below}`, body);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return languageAgreementSchema.parse(JSON.parse(text));
}
const seen = ({ draft }: LanguageAgreement) => ({ draftId: draft?.id, revision: draft?.revision });

/** Both sides sign, and Maren publishes. */
async function agreeOn(body: Segments): Promise<LanguageAgreement> {
  const opened = await ask(maren, 'POST', '/draft', {});
  const saved = await ask(maren, 'PUT', '/draft', { ...seen(opened), body });
  await ask(maren, 'POST', '/draft/sign', { ...seen(saved), side: 'marketing' });
  await ask(sam, 'POST', '/draft/sign', { ...seen(saved), side: 'sales' });
  return ask(maren, 'POST', '/draft/publish', { ...seen(saved), reason: 'One word for each.' });
}
async function preview(body: Segments): Promise<SegmentMoves> {
  return segmentMovesSchema.parse(await (await maren.request('POST', '/v1/agreements/segments/moves', body)).json());
}

type Row = Omit<SegmentedAccount, 'technologies'> & { id: string; segment: string | null; technologies: string | null };

async function addAccounts(rows: readonly Omit<Row, 'id'>[]): Promise<void> {
  const values = rows.map((row, at) => ({ workspaceId, id: randomUUID(), name: `Account ${at}`, ...row }));
  await inWorkspace(store.database.db, workspaceId, (scope) =>
    scope
      .insertInto('account')
      .values(values.map((each) => ({ ...each, ownerAddress: null, latestWin: null })))
      .execute(),
  );
}
async function readAccounts(): Promise<(Row & { name: string; given: string | null })[]> {
  return inWorkspace(store.database.db, workspaceId, async (scope) => {
    const { rows } = await sql<Row & { name: string; given: string | null }>`
      select id, name, segment, industry, employees, country, tier, stage, territory, technologies,
        case when is_ruled then given_segment else segment end as given from account order by id`.execute(scope);
    return rows;
  });
}
const factsOf = (row: Row): SegmentedAccount => ({ ...row, technologies: listTechnologies(row.technologies) });
const bare = {
  segment: null,
  industry: null,
  employees: null,
  country: null,
  tier: null,
  stage: null,
  territory: null,
  technologies: null,
};

const care: Segment = {
  name: 'Care homes',
  definition: 'Homes of 50 to 400 beds.',
  rules: [
    { field: 'industry', test: { op: 'contains', values: ['care'] } },
    { field: 'employees', test: { op: 'between', min: 50, max: 400 } },
  ],
};
const small: Segment = {
  name: 'Small',
  definition: 'Fewer than 50.',
  rules: [{ field: 'employees', test: { op: 'between', min: null, max: 49 } }],
};
const nobody: Segment = {
  name: 'Nobody',
  definition: 'None.',
  rules: [{ field: 'country', test: { op: 'is', values: ['Atlantis'] } }],
};
const named: Segment = { name: 'Key accounts', definition: 'Named by hand.', rules: [] };
const agreement = (rulesFirst: boolean): Segments => ({ segments: [care, small, nobody, named], rulesFirst });

describe('rules with alternatives', () => {
  const west: Segment = {
    name: 'West',
    definition: 'Care or steel, or whoever is in the west.',
    rules: [
      { field: 'industry', test: { op: 'is', values: ['Care'] } },
      { field: 'employees', test: { op: 'between', min: 50, max: null } },
    ],
    or: [
      [{ field: 'territory', test: { op: 'is', values: ['West'] } }],
      [
        { field: 'industry', test: { op: 'is', values: ['Steel'] } },
        { field: 'tier', test: { op: 'is', values: ['1'] } },
      ],
    ],
  };
  const inWest = sql`(industry = 'Care' and employees >= 50 or territory = 'West' or industry = 'Steel' and tier = 1)`;
  const accounts = [null, 'Care', 'Steel'].flatMap((industry) =>
    [null, 20, 80].flatMap((employees) =>
      [null, 'West'].flatMap((territory) =>
        [null, 1, 2].map((tier) => ({ ...bare, industry, employees, territory, tier })),
      ),
    ),
  );
  const inForce = async () => (await ask(maren, 'GET', '')).inForce.body as Segments;

  test('are counted before they are signed, and give the segment, as SQL written by hand does', async () => {
    await addAccounts(accounts);
    const { rows } = await sql<{ id: string }>`
      select id from account where workspace_id = ${workspaceId} and coalesce(${inWest}, false)`.execute(
      store.database.owner,
    );
    const moves = await preview({ segments: [west, small], rulesFirst: true });
    expect(moves.segments[0]).toEqual({ name: 'West', matched: rows.length, accounts: rows.length });
    expect(rows.length).toBeGreaterThan(20);
    await agreeOn({ segments: [west, small], rulesFirst: true });
    const given = (await readAccounts()).filter(({ segment }) => segment === 'West');
    expect(given.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  test('stay where an older Desk, which does not know them, saves the segment; an empty list takes them away', async () => {
    await addAccounts(accounts);
    await agreeOn({ segments: [west, small], rulesFirst: true });
    const { or: _, ...told } = west;
    await agreeOn({ segments: [{ ...told, definition: 'In other words.' }, small], rulesFirst: false });
    expect(await inForce()).toEqual({
      segments: [{ ...west, definition: 'In other words.' }, small],
      rulesFirst: false,
    });
    await agreeOn({ segments: [{ ...told, or: [] }, small], rulesFirst: false });
    expect(await inForce()).toEqual({ segments: [told, small], rulesFirst: false });
  });

  test('stay where such a Desk proposes a change, and that is taken', async () => {
    await agreeOn({ segments: [west], rulesFirst: true });
    const { or: _, ...told } = west;
    const change = { ...told, definition: 'Proposed.' };
    const { notes } = await ask(sam, 'POST', '/notes', {
      kind: 'proposal',
      about: 'item:west',
      change,
      text: 'Say so.',
    });
    const { draft } = await ask(maren, 'POST', `/notes/${notes[0]?.id}/answer`, { state: 'taken', answer: null });
    expect(draft?.body).toEqual({ segments: [{ ...west, definition: 'Proposed.' }], rulesFirst: true });
  });

  test('are told to devices, for what a chip says', async () => {
    await agreeOn({ segments: [west, named], rulesFirst: true });
    const head = (await sam.snapshot()).find(({ line }) => line === 'head');
    const definitions = head?.line === 'head' ? head.workspace.definitions : [];
    expect(definitions.find(({ term }) => term === 'West')?.rules).toEqual([west.rules, ...(west.or ?? [])]);
    expect(definitions.find(({ term }) => term === 'Key accounts')?.rules).toBeUndefined();
  });
});

describe('segments that are agreed on', () => {
  test.each([false, true])(
    'are those of the accounts then, whose import said another only where rules go first (%s)',
    async (rulesFirst) => {
      await addAccounts([
        { ...bare, industry: 'Elder care', employees: 120 },
        { ...bare, industry: 'Elder care', employees: 20 },
        { ...bare, industry: 'Elder care', employees: 120, segment: 'Key accounts' },
        { ...bare, industry: 'Foundry', employees: 900, segment: 'Key accounts' },
        { ...bare },
      ]);
      const cursor = await sam.cursor();
      const body = agreement(rulesFirst);
      const before = await readAccounts();
      const moves = await preview(body);
      expect(moves).toMatchObject({
        accounts: 5,
        moved: rulesFirst ? 3 : 2,
        unmatched: 2,
        segments: [
          { name: 'Care homes', matched: 2, accounts: rulesFirst ? 2 : 1 },
          { name: 'Small', matched: 1, accounts: 1 },
          { name: 'Nobody', matched: 0, accounts: 0 },
          { name: 'Key accounts', matched: 0, accounts: rulesFirst ? 1 : 2 },
        ],
      });
      expect(await readAccounts()).toEqual(before);
      await agreeOn(body);
      const after = await readAccounts();
      expect(after.map(({ segment }) => segment)).toEqual(
        before.map((row) => settleSegment(body, factsOf(row), row.segment)),
      );
      expect(after.map(({ given }) => given)).toEqual(before.map(({ segment }) => segment));
      const movedIds = after.filter(({ segment }, at) => segment !== before[at]?.segment).map(({ id }) => id);
      const pulled = (await sam.pull(cursor)) as { bundles: { id: string }[] };
      expect(pulled.bundles.map(({ id }) => id).toSorted()).toEqual(movedIds.toSorted());
      // And back: what imports said stands again.
      await ask(maren, 'POST', '/revert', { version: 2, reason: 'Too soon.' });
      expect((await readAccounts()).map(({ segment }) => segment)).toEqual(before.map(({ segment }) => segment));
    },
  );

  test('are counted and previewed for marketing alone', async () => {
    expect((await sam.request('POST', '/v1/agreements/segments/moves', agreement(true))).status).toBe(403);
  });

  test('move thousands in bounded steps, and tell devices once when they are more than entries should list', async () => {
    await inWorkspace(store.database.db, workspaceId, (scope) =>
      sql`insert into account (workspace_id, id, name, employees) select ${workspaceId}, gen_random_uuid(), 'Account ' || n, 10 from generate_series(1, 10001) n`.execute(
        scope,
      ),
    );
    const cursor = await sam.cursor();
    await agreeOn({ segments: [small], rulesFirst: false });
    while (!(await assignAccounts(store.deps, workspaceId)));
    const rows = await readAccounts();
    expect(rows.filter(({ segment }) => segment === 'Small')).toHaveLength(10_001);
    expect(await sam.pull(cursor)).toMatchObject({ status: 'refetch' });
    const { rows: entries } = await sql<{ entries: number }>`
      select count(*)::int as entries from feed_entry where workspace_id = ${workspaceId} and changes @> '[{"kind":"refetch"}]'`.execute(
      store.database.owner,
    );
    expect(entries).toEqual([{ entries: 1 }]);
  });
});

describe('imports', () => {
  const table = (...lines: string[]) => ['Account Name,Website,Segment,Industry,Employees', ...lines, ''].join('\n');
  const take = (text: string) =>
    takeFile(store.database, workspaceId, new TextEncoder().encode(text), {
      fileName: 'accounts.csv',
      now: new Date(),
    });
  const segmentOf = async (name: string) => (await readAccounts()).find((each) => each.name === name)?.segment;

  test('give new and changed accounts their segment, and an account that they say one of keeps it', async () => {
    await agreeOn(agreement(false));
    await take(table('Oak,oak.example,,Elder care,80', 'Elm,elm.example,Key accounts,Elder care,80'));
    expect([await segmentOf('Oak'), await segmentOf('Elm')]).toEqual(['Care homes', 'Key accounts']);
    await take(table('Oak,oak.example,,Elder care,20'));
    expect(await segmentOf('Oak')).toBe('Small');
    await take(table('Oak,oak.example,Named,Elder care,20'));
    expect(await segmentOf('Oak')).toBe('Named');
  });

  test('that are undone give back what was said before, ruled anew', async () => {
    await agreeOn(agreement(false));
    await take(table('Oak,oak.example,,Elder care,80'));
    const { id } = await take(table('Oak,oak.example,Named,Foundry,20'));
    await undoImport(toImportGround(store.deps), { workspaceId, importId: id, byMember: null });
    expect(await segmentOf('Oak')).toBe('Care homes');
  });

  test('that began by the rules before are over before accounts are held against the new ones', async () => {
    await agreeOn({ segments: [care], rulesFirst: true });
    const id = randomUUID();
    let end: () => void = () => undefined;
    const ended = new Promise<void>((done) => {
      end = done;
    });
    const batch = inWorkspace(store.database.db, workspaceId, async (scope) => {
      await lockImports(scope, workspaceId);
      const account = { ...bare, industry: 'Elder care', employees: 120, ownerAddress: null, latestWin: null };
      await scope
        .insertInto('account')
        .values({ workspaceId, id, name: 'Late', ...account })
        .execute();
      await assignSegments(scope, workspaceId, [id]);
      await ended;
    });
    const publishing = agreeOn({ segments: [{ ...care, name: 'Homes' }], rulesFirst: true });
    const wait = new Promise((done) => setTimeout(() => done('waits'), 1000));
    expect(await Promise.race([publishing, wait])).toBe('waits');
    end();
    await Promise.all([batch, publishing]);
    expect(await segmentOf('Late')).toBe('Homes');
  });

  test('that go in while segments are published end by the new ones, every account', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `Account ${at},a${at}.example,,Elder care,${at}`);
    const running = Promise.all([0, 1, 2, 3].map((part) => take(table(...lines.slice(part * 100, part * 100 + 100)))));
    await agreeOn(agreement(true));
    const other: Segments = { segments: [{ ...small, name: 'Tiny' }, care], rulesFirst: true };
    await agreeOn(other);
    await running;
    const rows = await readAccounts();
    expect(rows).toHaveLength(400);
    expect(rows.map(({ segment }) => segment)).toEqual(
      rows.map((row) => settleSegment(other, factsOf(row), row.given)),
    );
  });
});

test('the law of assigning: whatever the accounts and rules, PostgreSQL gives the segment that the pure function gives', async () => {
  const word = fc.constantFrom(
    'Care',
    'elder care',
    'Ｃare',
    'İstanbul',
    'ΟΔΟΣ',
    'steel & iron',
    "o'Neil; x",
    '',
    ' ',
    '340',
    '1e3',
    'CRM',
    'crm; Mail',
    '%',
    '\\',
  );
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const account = fc.record({
    segment: maybe(fc.constantFrom('Given', 'Care homes')),
    industry: maybe(word),
    employees: maybe(fc.integer({ min: 0, max: 500 })),
    country: maybe(word),
    tier: maybe(fc.integer({ min: 1, max: 4 })),
    stage: maybe(word),
    territory: maybe(word),
    technologies: maybe(fc.array(word, { maxLength: 3 }).map((each) => each.join('; '))),
  });
  const values = fc.array(
    word.filter((each) => each !== ''),
    { minLength: 1, maxLength: 3 },
  );
  const border = maybe(fc.constantFrom(0, 1, 2.5, 49, 340, -1, 1000));
  const rule = fc.record({
    field: fc.constantFrom(...segmentFields),
    test: fc.oneof(
      fc.record({ op: fc.constant('is' as const), values }),
      fc.record({ op: fc.constant('contains' as const), values }),
      fc.record({ op: fc.constant('between' as const), min: border, max: border }),
      fc.record({ op: fc.constant('missing' as const) }),
    ),
  });
  const segments = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('A', 'B', "C'", '<b>D</b>'),
      definition: fc.constant('x'),
      rules: fc.array(rule, { maxLength: 3 }),
      or: fc.option(fc.array(fc.array(rule, { minLength: 1, maxLength: 3 }), { maxLength: 3 }), { nil: undefined }),
    }),
    { selector: ({ name }) => name, maxLength: 4 },
  );
  await addAccounts(fc.sample(account, { numRuns: 300, seed: 7 }));
  const before = await readAccounts();
  await fc.assert(
    fc.asyncProperty(segments, fc.boolean(), async (some, rulesFirst) => {
      const body: Segments = { segments: some, rulesFirst };
      const expected = before.map((row) => settleSegment(body, factsOf(row), row.segment));
      const moves = await preview(body);
      expect(moves.unmatched).toBe(before.filter((row) => findSegment(some, factsOf(row)) === null).length);
      expect(moves.moved).toBe(before.filter(({ segment }, at) => segment !== expected[at]).length);
      expect(moves.segments.map(({ accounts }) => accounts)).toEqual(
        some.map(({ name }) => expected.filter((each) => each === name).length),
      );
      for (const { from, to, accounts } of moves.moves)
        expect(before.filter(({ segment }, at) => segment === from && expected[at] === to)).toHaveLength(accounts);
    }),
    { numRuns: 60, seed: 11 },
  );
  // And it is so once they are published, whatever was in force before.
  const isSound = (segment: Segment) =>
    listRuleGroups(segment)
      .flat()
      .every(({ test }) => test.op !== 'between' || (test.min ?? -Infinity) <= (test.max ?? Infinity));
  for (const [at, some] of fc.sample(segments, { numRuns: 8, seed: 3 }).entries()) {
    const body: Segments = {
      // Said in so many words, as a Desk does that knows of groups: else those of the version before would stay.
      segments: [
        ...some.filter(isSound).map((each) => ({ ...each, or: each.or ?? [] })),
        { ...small, name: `Small ${at}` },
      ],
      rulesFirst: at % 2 === 0,
    };
    await agreeOn(body);
    const after = await readAccounts();
    expect(after.map(({ segment }) => segment)).toEqual(
      before.map((row) => settleSegment(body, factsOf(row), row.segment)),
    );
    expect(after.map(({ given }) => given)).toEqual(before.map(({ segment }) => segment));
  }
});
