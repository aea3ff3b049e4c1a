import { parse } from 'csv-parse/sync';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  leadQualitySchema,
  type RollUpBy,
  rollUpBySchema,
  type VerdictRow,
  verdictOrderSchema,
  verdictSides,
} from '#contract/desk.ts';
import type { ContactId, MemberId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { firstScorecard } from '../../utils/scoring/first-scorecard.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { type ChosenSides, rollUpVerdicts } from './desk-quality.ts';
import { correctContact, settleVerdict } from './desk-verdict-changes.ts';
import { exportVerdicts } from './desk-verdict-export.ts';
import { listVerdicts, readVerdict, type VerdictFilter } from './desk-verdicts.ts';

let database: TestDatabase;
let db: Kysely<Schema>;
let workspaceId: WorkspaceId;
let verdicts: Given[];
let people: { id: string; name: string }[];

const now = new Date('2026-11-18T12:00:00.000Z');
const dayMs = 86_400_000;
const days = 91;
const id = () => crypto.randomUUID();
const pick = <T>(from: readonly T[], n: number): T => from[n % from.length]!;
const hostile = '=HYPERLINK("https://evil.example")';

interface Given {
  id: string;
  contactId: string;
  memberId: string;
  value: 'weak' | 'strong';
  reason: string | null;
  at: Date;
  grade: string;
  segment: string | null;
  tier: number | null;
  accountId: string | null;
  campaign: { id: string; channel: string | null } | null;
  criteria: string[];
  isUndone: boolean;
}

/** 240 verdicts, some twice by the same member on the same person, some taken back, some of before the period; everything known to the test as well. */
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  workspaceId = id() as WorkspaceId;
  const members = [id(), id(), id()];
  const card = firstScorecard(now.toISOString());
  const campaigns = (['Webinar', 'Trade fair', null] as const).map((channel, n) => ({
    id: id(),
    name: `Campaign ${n}`,
    channel,
  }));
  const accounts = ['quarry Street', 'Amber Works', 'Zinc & Sons'].map((name) => ({ id: id(), name }));
  people = Array.from({ length: 60 }, (_, n) => ({ id: id(), name: n === 0 ? hostile : `Contact ${n}` }));
  verdicts = Array.from({ length: 240 }, (_, n) => ({
    id: id(),
    contactId: pick(people, n * 7).id,
    memberId: pick(members, n),
    value: pick(['weak', 'strong', 'weak'] as const, n + Math.floor(n / 5)),
    reason: null as string | null,
    at: new Date(now.getTime() - ((n * 53) % 130) * dayMs - n * 1000),
    grade: pick(['A1', 'B2', 'C3', 'D4', 'B3'], n + Math.floor(n / 7)),
    segment: pick(['Food', 'Paper', null], n * 5),
    tier: pick([1, 2, null], n + Math.floor(n / 3)),
    accountId: pick([...accounts.map((each) => each.id), null], n + Math.floor(n / 3)),
    campaign: pick([...campaigns, null], n + Math.floor(n / 4)),
    criteria: card.criteria.filter((_, at) => (n + at) % 4 === 0).map((each) => each.id),
    isUndone: n % 9 === 0,
  })).map((each, n) => ({
    ...each,
    criteria: n % 17 === 0 ? [] : each.criteria,
    reason: n % 4 === 0 ? null : pick(each.value === 'weak' ? ['bad_data', 'no_need'] : ['real_need'], n),
  }));
  await inWorkspace(db, workspaceId, async (scope) => {
    await scope.insertInto('feedCounter').values({ workspaceId, seq: 0, token: id() }).execute();
    await scope
      .insertInto('scorecard')
      .values({ workspaceId, version: 1, card: JSON.stringify(card), reason: null })
      .execute();
    await scope
      .insertInto('member')
      .values(
        members.map((member, n) => ({
          workspaceId,
          id: member,
          name: `Rep ${n}`,
          address: `r${n}@kestrel.example`,
          role: 'rep' as const,
          team: null,
          leftAt: null,
        })),
      )
      .execute();
    await scope
      .insertInto('contact')
      .values(people.map((each) => ({ workspaceId, ...each })))
      .execute();
    await scope
      .insertInto('account')
      .values(accounts.map((each) => ({ workspaceId, ...each })))
      .execute();
    await scope
      .insertInto('campaign')
      .values(campaigns.map((each) => ({ workspaceId, ...each, source: 'test', externalId: each.id })))
      .execute();
    await scope
      .insertInto('verdict')
      .values(
        verdicts.map(({ campaign, criteria, isUndone, ...each }) => ({
          workspaceId,
          ...each,
          deviceId: id(),
          claimedAt: each.at,
          // A criterion met by two touches is one criterion.
          score: JSON.stringify({
            points: 42,
            reasons: [...criteria, ...criteria.slice(0, 1)].map((criterion) => ({ criterion })),
          }),
          scorecardVersion: 1,
          campaignIds: campaign ? [campaign.id] : [],
          lastCampaignId: campaign?.id ?? null,
          undoneAt: isUndone ? now : null,
        })),
      )
      .execute();
  });
});
afterAll(() => database?.close());

/** The verdicts that count, by hand. */
function countStanding(): Given[] {
  const newest = new Map<string, Given>();
  for (const each of verdicts) {
    if (each.isUndone || each.at.getTime() < now.getTime() - days * dayMs) continue;
    const other = newest.get(each.contactId + each.memberId);
    if (!other || other.at < each.at) newest.set(each.contactId + each.memberId, each);
  }
  return [...newest.values()];
}

const monday = (at: Date) => new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
const keysOf: Record<RollUpBy, (each: Given) => (string | null)[]> = {
  campaign: (each) => [each.campaign?.id ?? null],
  source: (each) => [each.campaign?.channel ?? null],
  segment: (each) => [each.segment],
  tier: (each) => [each.tier === null ? null : String(each.tier)],
  band: (each) => [each.grade],
  reason: (each) => [each.reason],
  week: (each) => [monday(each.at)],
  criterion: (each) => (each.criteria.length === 0 ? [null] : each.criteria),
};

const filter = (more: Partial<VerdictFilter> = {}): VerdictFilter => ({
  by: 'campaign',
  key: undefined,
  value: undefined,
  sides: {},
  isAgainst: false,
  days,
  zone: 'UTC',
  ...more,
});
const list = (more: Partial<VerdictFilter>) =>
  inWorkspace(db, workspaceId, (scope) => listVerdicts(scope, workspaceId, filter(more), now));
const idsOf = (rows: readonly { id: string }[]) => rows.map((row) => row.id).sort();

describe.each(rollUpBySchema.options)('rolled up by %s', (by) => {
  test('every count is that of a count by hand, and opens the very verdicts', async () => {
    const quality = await inWorkspace(db, workspaceId, (scope) => rollUpVerdicts(scope, workspaceId, by, days, now));
    leadQualitySchema.parse(quality);
    const standing = countStanding();
    const byHand = new Map<string | null, Given[]>();
    for (const each of standing)
      for (const key of keysOf[by](each)) byHand.set(key, [...(byHand.get(key) ?? []), each]);
    expect(new Set(quality.rows.map((row) => row.key))).toEqual(new Set(byHand.keys()));
    expect(quality.rows.length).toBeGreaterThan(2);
    for (const row of quality.rows) {
      const own = byHand.get(row.key) ?? [];
      const weak = own.filter((each) => each.value === 'weak');
      expect([row.key, row.weak, row.strong]).toEqual([row.key, weak.length, own.length - weak.length]);
      expect(row.reasons.reduce((sum, each) => sum + each.count, 0)).toBe(weak.length);
      for (const { reason, count } of row.reasons)
        expect(count).toBe(weak.filter((each) => each.reason === reason).length);
      expect(idsOf(await list({ by, key: row.key }))).toEqual(idsOf(own));
    }
    expect(quality.total.weak).toBe(standing.filter((each) => each.value === 'weak').length);
    expect(quality.total.strong).toBe(standing.length - quality.total.weak);
    if (by === 'criterion') expect(quality.rows.find((row) => row.key === 'met')?.label).toBe('Met us');
  });
});

const valueOn = {
  segment: (each: Given) => each.segment ?? '',
  tier: (each: Given) => String(each.tier ?? ''),
  source: (each: Given) => each.campaign?.channel ?? '',
};
const isOn = (sides: ChosenSides) => (each: Given) =>
  verdictSides.every((side) => sides[side] === undefined || sides[side] === valueOn[side](each));
const isAgainst = (each: Given) =>
  (each.value === 'weak' ? ['A1', 'A2', 'B1', 'B2'] : ['C3', 'C4', 'D3', 'D4']).includes(each.grade);

describe.each<ChosenSides>([
  { segment: 'Food' },
  { segment: '' },
  { tier: '2' },
  { tier: '' },
  { source: 'Trade fair' },
  { source: '' },
  { segment: 'Paper', tier: '1' },
  { segment: 'Food', tier: '', source: 'Webinar' },
])('filtered by %o', (sides) => {
  const chosen = () => countStanding().filter(isOn(sides));
  const tally = (from: readonly Given[]) => {
    const weak = from.filter((each) => each.value === 'weak').length;
    return { weak, strong: from.length - weak };
  };
  const tallyBy = (from: readonly Given[], keyOf: (each: Given) => (string | null)[]) => {
    const keys = [...new Set(from.flatMap(keyOf))];
    return new Map(keys.map((key) => [key, tally(from.filter((each) => keyOf(each).includes(key)))]));
  };
  const readAs = (by: RollUpBy) =>
    inWorkspace(db, workspaceId, (scope) => rollUpVerdicts(scope, workspaceId, by, days, now, sides));

  test.each(rollUpBySchema.options)('by %s, every figure is that of the verdicts chosen by hand', async (by) => {
    const quality = leadQualitySchema.parse(await readAs(by));
    expect(chosen().length).toBeGreaterThan(0);
    expect(chosen().length).toBeLessThan(countStanding().length);
    expect(quality.total).toMatchObject(tally(chosen()));
    const counted = ({ weak, strong }: { weak: number; strong: number }) => ({ weak, strong });
    expect(new Map(quality.rows.map((row) => [row.key, counted(row)]))).toEqual(tallyBy(chosen(), keysOf[by]));
    for (const row of quality.rows) {
      const own = chosen().filter((each) => keysOf[by](each).includes(row.key));
      expect(row.reasons.reduce((sum, each) => sum + each.count, 0)).toBe(row.weak);
      for (const { reason, count } of row.reasons)
        expect(count).toBe(own.filter((each) => each.value === 'weak' && each.reason === reason).length);
      expect(idsOf(await list({ by, key: row.key, sides }))).toEqual(idsOf(own));
    }
    const weeks = quality.weeks.filter(({ weak, strong }) => weak + strong > 0);
    expect(new Map(weeks.map((week) => [week.startsOn, counted(week)]))).toEqual(tallyBy(chosen(), keysOf.week));
    expect(new Map(quality.grades.map((cell) => [cell.grade, counted(cell)]))).toEqual(tallyBy(chosen(), keysOf.band));
    expect(quality.disagreements).toBe(chosen().filter(isAgainst).length);
  });

  test('the answer says by what, and all values that verdicts of the period have', async () => {
    const { filters } = await readAs('campaign');
    for (const side of verdictSides) {
      expect(filters?.[side].chosen).toBe(sides[side]);
      expect(new Set(filters?.[side].values)).toEqual(new Set(countStanding().map(valueOn[side])));
      expect(filters?.[side].values.at(-1)).toBe('');
    }
    expect(filters?.tier.values).toEqual(['1', '2', '']);
  });

  test('contradictions and the export are those of the same verdicts', async () => {
    expect(idsOf(await list({ isAgainst: true, sides }))).toEqual(idsOf(chosen().filter(isAgainst)));
    const { csv } = await inWorkspace(db, workspaceId, (scope) =>
      exportVerdicts(scope, workspaceId, filter({ sides }), null, now),
    );
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    const lines = rows.map((row) => [row['Given at'], row['Segment'], row['Tier'], row['Source']].join());
    const byHand = chosen().map((each) =>
      [each.at.toISOString().replace('.000', ''), ...verdictSides.map((side) => valueOn[side](each))].join(),
    );
    expect(lines.sort()).toEqual(byHand.sort());
  });
});

describe.each(verdictOrderSchema.options)('the rows behind a count, by %s', (order) => {
  const page = (after: VerdictId | null) =>
    inWorkspace(db, workspaceId, (scope) => listVerdicts(scope, workspaceId, filter(), now, { order, after }));

  test('stand in that order, newest first among equals', async () => {
    const keyOf = {
      newest: () => '',
      grade: (row: VerdictRow) => row.grade,
      account: (row: VerdictRow) => (row.account ?? '').toLowerCase(),
    }[order];
    const rows = await page(null);
    expect(rows).toHaveLength(countStanding().length);
    const sorted = [...rows].sort((one, other) => {
      const [a, b] = [keyOf(one), keyOf(other)];
      if (a !== b) return a < b ? -1 : 1;
      return other.at.localeCompare(one.at) || (one.id < other.id ? -1 : 1);
    });
    expect(rows.map((row) => row.id)).toEqual(sorted.map((row) => row.id));
  });

  test('go on after each of them with exactly the rest', async () => {
    const rows = await page(null);
    for (const index of [0, 1, Math.floor(rows.length / 2), rows.length - 2, rows.length - 1])
      expect(await page(rows[index]!.id)).toEqual(rows.slice(index + 1));
  });
});

describe('a disagreement', () => {
  const against = () => countStanding().filter(isAgainst);
  const count = async () =>
    (await inWorkspace(db, workspaceId, (scope) => rollUpVerdicts(scope, workspaceId, 'campaign', days, now)))
      .disagreements;

  test('is a good score called weak or a poor one called strong, and leaves the list once it was looked into', async () => {
    expect(idsOf(await list({ isAgainst: true }))).toEqual(idsOf(against()));
    expect(await count()).toBe(against().length);
    const [first] = against();
    const settle = (isSettled: boolean) =>
      inWorkspace(db, workspaceId, (scope) =>
        settleVerdict(scope, { workspaceId, memberId: id() as MemberId }, first!.id as VerdictId, isSettled, now),
      );
    expect(await settle(true)).toBe(true);
    expect(await settle(true)).toBe(true);
    expect(idsOf(await list({ isAgainst: true }))).not.toContain(first!.id);
    expect(await count()).toBe(against().length - 1);
    expect(
      (await inWorkspace(db, workspaceId, (scope) => readVerdict(scope, workspaceId, first!.id as VerdictId, now)))
        ?.settled,
    ).toBe(true);
    expect(await settle(false)).toBe(true);
    expect(await count()).toBe(against().length);
  });

  test('of another workspace is not settled', async () => {
    const other = id() as WorkspaceId;
    const caller = { workspaceId: other, memberId: id() as MemberId };
    expect(
      await inWorkspace(db, other, (scope) => settleVerdict(scope, caller, verdicts[0]!.id as VerdictId, true, now)),
    ).toBe(false);
  });
});

describe('an export', () => {
  const readAll = async (more: Partial<VerdictFilter> = {}) => {
    let text = '';
    let after: VerdictId | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof exportVerdicts>> = await inWorkspace(db, workspaceId, (scope) =>
        exportVerdicts(scope, workspaceId, filter(more), after, now),
      );
      text += page.csv;
      after = page.next;
      pages += 1;
    } while (after !== null);
    return { pages, text, rows: parse(text, { bom: true, columns: true }) as Record<string, string>[] };
  };

  test('holds each chosen verdict once, and nobody who gave one', async () => {
    const { rows, text } = await readAll();
    const given = (each: { at: Date }) => each.at.toISOString().replace('.000', '');
    expect(rows.map((row) => row['Given at']).sort()).toEqual(countStanding().map(given).sort());
    expect(text).not.toMatch(/Rep \d/);
    for (const { memberId } of verdicts) expect(text).not.toContain(memberId);
    const weak = await readAll({ by: 'segment', key: 'Food', value: 'weak' });
    expect(weak.rows).toHaveLength(
      countStanding().filter((each) => each.segment === 'Food' && each.value === 'weak').length,
    );
  });

  test('holds what a spreadsheet would run as text', async () => {
    const { rows } = await readAll();
    const names = new Set(rows.map((row) => row['Contact']));
    expect(names).toContain(`'${hostile}`);
    expect(names).not.toContain(hostile);
  });

  test('of many goes page by page, each of bounded size, none twice and none left out', async () => {
    const many = id() as WorkspaceId;
    const all = 12_345;
    await sql`insert into verdict (workspace_id, id, contact_id, member_id, device_id, value, claimed_at, at, score, grade, scorecard_version, campaign_ids)
      select ${many}::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'weak', ${now}, ${now}, '{"points": 1, "reasons": []}', 'A1', 1, '{}'
      from generate_series(1, ${all})`.execute(database.owner);
    const seen: number[] = [];
    let after: VerdictId | null = null;
    do {
      const page: Awaited<ReturnType<typeof exportVerdicts>> = await inWorkspace(db, many, (scope) =>
        exportVerdicts(scope, many, filter(), after, now),
      );
      expect(page.csv.length).toBeLessThan(page.rows * 200 + 1000);
      seen.push(page.rows);
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual([2000, 2000, 2000, 2000, 2000, 2000, 345]);
  });
});

describe('a correction', () => {
  test('changes what it names alone, and enters the feed once', async () => {
    const person = people[1]!.id as ContactId;
    const correct = (correction: Parameters<typeof correctContact>[3]) =>
      inWorkspace(db, workspaceId, (scope) => correctContact(scope, workspaceId, person, correction, now));
    expect(await correct({ title: 'Head of Quality', country: undefined })).toBe(true);
    const verdict = countStanding().find((each) => each.contactId === person);
    const context = await inWorkspace(db, workspaceId, (scope) =>
      readVerdict(scope, workspaceId, verdict!.id as VerdictId, now),
    );
    expect(context?.record).toEqual({
      name: 'Contact 1',
      title: 'Head of Quality',
      country: null,
      doNotContact: false,
    });
    expect(context?.by).toMatch(/^Rep \d$/);
    const entries = await inWorkspace(db, workspaceId, (scope) =>
      scope.selectFrom('feedEntry').select('changes').execute(),
    );
    expect(entries.map((entry) => entry.changes)).toEqual([[{ kind: 'bundle', id: person, memberId: null }]]);
    expect(
      await inWorkspace(db, id() as WorkspaceId, (scope) =>
        correctContact(scope, workspaceId, person, { name: 'X' }, now),
      ),
    ).toBe(false);
  });
});
