import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestSchema } from '#contract/digest.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { readDigest } from './desk-digest.ts';

let database: TestDatabase;
let db: Kysely<Schema>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database?.close());

const now = new Date('2026-11-18T12:00:00.000Z');
const id = () => crypto.randomUUID();
const october = { from: '2026-10-01', until: '2026-10-31' };

interface Said {
  at: string;
  text?: string;
  quote?: string;
  kind?: string;
  theme?: string;
  swot?: 'strength' | 'threat';
  answerKind?: 'used';
  account?: string | null;
  withdrawnAt?: Date;
}
interface Called {
  at: string;
  value: 'weak' | 'strong';
  reason?: string;
  who?: string;
  undoneAt?: Date;
}

async function digest(said: Said[], called: Called[] = [], zone: string | null = null) {
  const workspaceId = id() as WorkspaceId;
  if (zone !== null)
    await sql`insert into workspace (workspace_id, name, hash_key_id, hash_key, settings)
      values (${workspaceId}, 'Larkspur', 'k', decode(repeat('00', 32), 'hex'), ${JSON.stringify({ zone })}::jsonb)`.execute(
      database.owner,
    );
  const accounts = new Map([...new Set(said.map((each) => each.account ?? 'Kestrel'))].map((name) => [name, id()]));
  const people = new Map([...new Set(called.map((each, n) => each.who ?? String(n)))].map((who) => [who, id()]));
  const memberId = id();
  await inWorkspace(db, workspaceId, async (scope) => {
    for (const [name, accountId] of accounts)
      await scope.insertInto('account').values({ workspaceId, id: accountId, name }).execute();
    for (const { account, ...each } of said)
      await scope
        .insertInto('insight')
        .values({
          ...{
            workspaceId,
            id: id(),
            memberId,
            text: 'Said',
            quote: null,
            kind: 'customer',
            method: 'interview',
            claimedAt: now,
            ...each,
          },
          accountId: account === null ? null : accounts.get(account ?? 'Kestrel')!,
          at: new Date(each.at),
        })
        .execute();
    for (const [n, { who, at, ...each }] of called.entries())
      await scope
        .insertInto('verdict')
        .values({
          ...{
            workspaceId,
            id: id(),
            memberId,
            deviceId: id(),
            claimedAt: now,
            score: '{}',
            grade: 'B2',
            scorecardVersion: 1,
            campaignIds: [],
          },
          ...each,
          contactId: people.get(who ?? String(n))!,
          at: new Date(at),
        })
        .execute();
  });
  return digestSchema.parse(
    await inWorkspace(db, workspaceId, (scope) => readDigest(scope, workspaceId, october, now)),
  );
}

test('holds its first and its last moment, and none before or after', async () => {
  const found = await digest([
    { at: '2026-09-30T23:59:59.999Z', text: 'before' },
    { at: '2026-10-01T00:00:00.000Z', text: 'first' },
    { at: '2026-10-31T23:59:59.999Z', text: 'last' },
    { at: '2026-11-01T00:00:00.000Z', text: 'after' },
    { at: '2026-10-10T00:00:00.000Z', text: 'taken back', withdrawnAt: now },
  ]);
  expect(found.kinds.map(({ kind, count, lines }) => [kind, count, lines.map((line) => line.text)])).toEqual([
    ['customer', 2, ['last', 'first']],
  ]);
  expect(found).toMatchObject({ insights: 2, accounts: 1, answered: 0 });
});

test('counts days, weeks and the days before by the calendars of the workspace’s zone, also where clocks are put back', async () => {
  const said = [
    { at: '2026-08-31T21:59:59.999Z', text: 'too early', theme: 'Price' },
    { at: '2026-08-31T22:00:00.000Z', text: 'before', theme: 'Price' },
    { at: '2026-09-30T21:59:59.999Z', text: 'before', theme: 'Price' },
    { at: '2026-09-30T22:00:00.000Z', text: 'first', theme: 'Price' },
    { at: '2026-10-31T22:59:59.999Z', text: 'last' },
    { at: '2026-10-31T23:00:00.000Z', text: 'after' },
  ];
  const called: Called[] = [
    { at: '2026-10-25T22:59:59.999Z', value: 'weak' },
    { at: '2026-10-25T23:00:00.000Z', value: 'strong' },
  ];
  const found = await digest(said, called, 'Europe/Berlin');
  expect(found.kinds.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual(['last', 'first']);
  // October has 31 days; as many before begin on the last of August.
  expect(found.themes).toEqual([{ theme: 'Price', count: 1, before: 3 }]);
  expect(found.verdicts.weeks).toEqual([
    { startsOn: '2026-09-28', weak: 0, strong: 0 },
    { startsOn: '2026-10-05', weak: 0, strong: 0 },
    { startsOn: '2026-10-12', weak: 0, strong: 0 },
    { startsOn: '2026-10-19', weak: 1, strong: 0 },
    { startsOn: '2026-10-26', weak: 0, strong: 1 },
  ]);
});

test('tells each kind and side with its lines, quotes first, and counts what it does not show', async () => {
  const found = await digest([
    ...Array.from({ length: 14 }, (_, n) => ({
      at: `2026-10-${10 + n}T08:00:00Z`,
      kind: 'market',
      text: `m${n}`,
      account: null,
    })),
    {
      at: '2026-10-02T08:00:00Z',
      kind: 'market',
      text: 'quoted',
      quote: 'Too dear.',
      account: 'Larkspur',
      swot: 'threat',
      answerKind: 'used',
    },
    { at: '2026-10-03T08:00:00Z', kind: 'product', text: 'p', swot: 'strength' },
  ]);
  expect(found.kinds.map(({ kind, count, lines }) => [kind, count, lines.length])).toEqual([
    ['product', 1, 1],
    ['market', 15, 12],
  ]);
  expect(found.kinds[1]?.lines.slice(0, 2).map((line) => [line.text, line.account])).toEqual([
    ['quoted', 'Larkspur'],
    ['m13', null],
  ]);
  expect(found.swot.map(({ swot, lines }) => [swot, lines.map((line) => line.text)])).toEqual([
    ['strength', ['p']],
    ['threat', ['quoted']],
  ]);
  expect(found).toMatchObject({ insights: 16, accounts: 2, answered: 1 });
});

test('sets themes and verdicts beside as many days before', async () => {
  const found = await digest(
    [
      { at: '2026-10-05T08:00:00Z', theme: 'Price' },
      { at: '2026-10-06T08:00:00Z', theme: 'Price' },
      { at: '2026-10-07T08:00:00Z', theme: 'Support' },
      { at: '2026-09-01T08:00:00Z', theme: 'Price' },
      { at: '2026-09-02T08:00:00Z', theme: 'Gone' },
      { at: '2026-08-20T08:00:00Z', theme: 'Price' },
    ],
    [
      { at: '2026-10-05T08:00:00Z', value: 'strong', who: 'dana' },
      { at: '2026-10-06T08:00:00Z', value: 'weak', reason: 'bad_data', who: 'dana' },
      { at: '2026-10-31T08:00:00Z', value: 'strong' },
      { at: '2026-10-12T08:00:00Z', value: 'weak', undoneAt: now },
      { at: '2026-09-20T08:00:00Z', value: 'weak' },
      { at: '2026-11-02T08:00:00Z', value: 'weak', who: 'dana' },
    ],
  );
  expect(found.themes).toEqual([
    { theme: 'Price', count: 2, before: 1 },
    { theme: 'Support', count: 1, before: 0 },
  ]);
  expect(found.verdicts).toEqual({
    weak: 1,
    strong: 1,
    before: { weak: 1, strong: 0 },
    reasons: [{ reason: 'bad_data', count: 1 }],
    weeks: [
      { startsOn: '2026-09-28', weak: 0, strong: 0 },
      { startsOn: '2026-10-05', weak: 1, strong: 0 },
      { startsOn: '2026-10-12', weak: 0, strong: 0 },
      { startsOn: '2026-10-19', weak: 0, strong: 0 },
      { startsOn: '2026-10-26', weak: 0, strong: 1 },
    ],
  });
});

test('of nothing is a digest all the same', async () => {
  expect(await digest([])).toMatchObject({
    insights: 0,
    kinds: [],
    swot: [],
    themes: [],
    verdicts: { weak: 0, strong: 0 },
  });
});
