import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Audience,
  audienceAccountSchema,
  audienceChoicesSchema,
  audienceSchema,
  insightListSchema,
  leadQualitySchema,
  peopleSchema,
  reachSchema,
  talkingPointDraftSchema,
  talkingPointResultSchema,
  verdictRowSchema,
} from '#contract/desk.ts';
import type { DeviceId, MemberId, TalkingPointId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import { strongReasons, weakReasons } from '#contract/verdict.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { everyInsight } from '../../test/postgres/every-insight.ts';
import { firstScorecard } from '../../utils/scoring/first-scorecard.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { countReach, listAudienceAccounts, readAudienceChoices } from './desk-audience.ts';
import { listInsights } from './desk-insights.ts';
import { readPeople, revokeInvite } from './desk-people.ts';
import { listTalkingPoints } from './desk-point-results.ts';
import { rollUpVerdicts } from './desk-quality.ts';
import { endTalkingPoint, pushTalkingPoint } from './desk-talking-points.ts';
import { listVerdicts, readVerdict } from './desk-verdicts.ts';
import { endDevice } from './device.ts';

let database: TestDatabase;
let db: Kysely<Schema>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});

afterAll(() => database?.close());

/** A seeded random source, so that a failing figure fails again. */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return { next, pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]! };
}

const now = new Date('2026-11-18T12:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const id = () => crypto.randomUUID();
const everybody: Audience = audienceSchema.parse({ segments: [], tiers: [], stages: [], activeDays: null });
const score = {
  fit: 40,
  engagement: 20,
  grade: 'B2',
  points: 60,
  reasons: [],
  trend: [],
  scorecardVersion: 1,
  asOf: now.toISOString(),
};

interface Seeded {
  workspaceId: WorkspaceId;
  members: { id: string; role: string; team: string | null }[];
  accounts: { id: string; segment: string | null; tier: number | null; stage: string | null; doNotContact: boolean }[];
  contacts: { id: string; accountId: string | null; doNotContact: boolean }[];
  campaigns: { id: string; name: string }[];
  touches: { contactId: string; at: Date; isRobot: boolean; campaignId: string }[];
  verdicts: {
    id: string;
    contactId: string;
    accountId: string | null;
    memberId: string;
    value: 'weak' | 'strong';
    reason: string | null;
    at: Date;
    undoneAt: Date | null;
    lastCampaignId: string | null;
    segment: string | null;
    grade: string;
  }[];
}

/** A small workspace of one company, every row known to the test as well. */
async function seedWorkspace(seed: number): Promise<Seeded> {
  const random = createRandom(seed);
  const workspaceId = id() as WorkspaceId;
  const members = Array.from({ length: 8 }, (_, index) => ({
    id: id(),
    role: index < 6 ? 'rep' : 'marketer',
    team: index < 5 ? 'North' : 'South',
  }));
  const accounts = Array.from({ length: 40 }, () => ({
    id: id(),
    segment: random.pick(['Food', 'Paper', null]),
    tier: random.pick([1, 2, 3, null]),
    stage: random.pick(['Considering', 'Evaluating', null]),
    doNotContact: random.next() < 0.15,
  }));
  const contacts = Array.from({ length: 120 }, () => ({
    id: id(),
    accountId: random.next() < 0.9 ? random.pick(accounts).id : null,
    doNotContact: random.next() < 0.1,
  }));
  const campaigns = ['Webinar', 'Ebook', 'Trade fair'].map((name) => ({ id: id(), name }));
  const touches = Array.from({ length: 200 }, () => ({
    contactId: random.pick(contacts).id,
    at: daysAgo(random.next() * 200 - 5),
    isRobot: random.next() < 0.3,
    campaignId: random.pick(campaigns).id,
  }));
  const verdicts = Array.from({ length: 300 }, () => {
    const contact = random.pick(contacts);
    const value = random.pick(['weak', 'strong'] as const);
    const segment = accounts.find((account) => account.id === contact.accountId)?.segment ?? null;
    return {
      id: id(),
      contactId: contact.id,
      accountId: contact.accountId,
      memberId: random.pick(members.slice(0, 6)).id,
      value,
      reason: random.next() < 0.3 ? null : random.pick(value === 'weak' ? weakReasons.slice(0, 3) : strongReasons),
      at: daysAgo(random.next() * 150),
      undoneAt: random.next() < 0.15 ? now : null,
      lastCampaignId: random.next() < 0.2 ? null : random.pick(campaigns).id,
      segment,
      grade: random.pick(['A1', 'B2', 'C3']),
    };
  });
  const all = <T extends object>(rows: T[]) => rows.map((row) => ({ workspaceId, ...row }));
  await inWorkspace(db, workspaceId, async (scope) => {
    await scope.insertInto('feedCounter').values({ workspaceId, seq: 0, token: id() }).execute();
    await scope
      .insertInto('scorecard')
      .values({
        workspaceId,
        version: 1,
        card: JSON.stringify(firstScorecard(daysAgo(100).toISOString())),
        reason: null,
      })
      .execute();
    await scope
      .insertInto('member')
      .values(
        all(members.map((each, n) => ({ ...each, name: `Member ${n}`, address: `m${n}@kestrel.example` }) as never)),
      )
      .execute();
    await scope
      .insertInto('account')
      .values(all(accounts.map((each, n) => ({ ...each, name: `Account ${n}` }))))
      .execute();
    await scope
      .insertInto('contact')
      .values(all(contacts.map((each, n) => ({ ...each, name: `Contact ${n}` }))))
      .execute();
    await scope
      .insertInto('campaign')
      .values(all(campaigns.map((each) => ({ ...each, source: 'test', externalId: each.id }))))
      .execute();
    await scope
      .insertInto('touch')
      .values(all(touches.map((each) => ({ ...each, id: id(), source: 'test', externalId: id(), kind: 'opened' }))))
      .execute();
    await scope
      .insertInto('verdict')
      .values(
        all(
          verdicts.map((each) => ({
            ...each,
            deviceId: id(),
            claimedAt: each.at,
            score: JSON.stringify(score),
            scorecardVersion: 1,
            campaignIds: each.lastCampaignId ? [each.lastCampaignId] : [],
          })),
        ),
      )
      .execute();
  });
  return { workspaceId, members, accounts, contacts, campaigns, touches, verdicts };
}

/** The verdicts that count, by hand: the newest not undone of each contact and member within the days. */
function countStanding(seeded: Seeded, days: number) {
  const newest = new Map<string, Seeded['verdicts'][number]>();
  for (const verdict of seeded.verdicts) {
    if (verdict.undoneAt || verdict.at < daysAgo(days)) continue;
    const key = `${verdict.contactId} ${verdict.memberId}`;
    const other = newest.get(key);
    if (!other || other.at < verdict.at) newest.set(key, verdict);
  }
  return [...newest.values()];
}

const rates = (verdicts: Seeded['verdicts']) => ({
  weak: verdicts.filter((each) => each.value === 'weak').length,
  strong: verdicts.filter((each) => each.value === 'strong').length,
});

describe('reach', () => {
  test('counts after every line the accounts that a count by hand leaves', async () => {
    const seeded = await seedWorkspace(1);
    const audience: Audience = {
      ...everybody,
      segments: ['Food', 'Paper'],
      tiers: [1, 2],
      stages: ['Evaluating'],
      activeDays: 30,
    };
    const reach = await inWorkspace(db, seeded.workspaceId, (scope) =>
      countReach(scope, seeded.workspaceId, audience, now),
    );
    const accountOf = (contactId: string) => seeded.contacts.find((each) => each.id === contactId)?.accountId;
    const active = new Set([
      ...seeded.touches
        .filter((touch) => !touch.isRobot && touch.at >= daysAgo(30) && touch.at <= now)
        .map((touch) => accountOf(touch.contactId)),
      ...seeded.verdicts.filter((each) => !each.undoneAt && each.at >= daysAgo(30)).map((each) => each.accountId),
    ]);
    let left = seeded.accounts;
    const counts = [left.length];
    for (const keep of [
      (each: (typeof left)[number]) => each.segment !== null,
      (each: (typeof left)[number]) => each.tier === 1 || each.tier === 2,
      (each: (typeof left)[number]) => each.stage === 'Evaluating',
      (each: (typeof left)[number]) => active.has(each.id),
      (each: (typeof left)[number]) => !each.doNotContact,
    ]) {
      left = left.filter(keep);
      counts.push(left.length);
    }
    const ids = new Set(left.map((each) => each.id));
    expect(reach.steps.map((step) => step.accounts)).toEqual(counts);
    expect(left.length).toBeGreaterThan(0);
    expect(reach.accounts).toBe(left.length);
    expect(reach.contacts).toBe(
      seeded.contacts.filter((each) => each.accountId && ids.has(each.accountId) && !each.doNotContact).length,
    );
    expect(reach.bySegment.reduce((sum, each) => sum + each.accounts, 0)).toBe(left.length);
    expect(reachSchema.parse(reach).remedy).toBeNull();
    const listed = await inWorkspace(db, seeded.workspaceId, (scope) =>
      listAudienceAccounts(scope, seeded.workspaceId, audience, now),
    );
    expect(new Set(listed.map((each) => each.id))).toEqual(ids);
    for (const row of listed) audienceAccountSchema.parse(row);
  });

  test('names the condition that emptied an audience and the nearest period that would not', async () => {
    const seeded = await seedWorkspace(2);
    const { workspaceId } = seeded;
    const [only] = seeded.accounts.filter((each) => each.segment === 'Food' && !each.doNotContact);
    await inWorkspace(db, workspaceId, async (scope) => {
      await scope.updateTable('account').set({ segment: 'Lone' }).where('id', '=', only!.id).execute();
      const contacts = seeded.contacts.filter((each) => each.accountId === only!.id).map((each) => each.id);
      await scope.deleteFrom('touch').where('contactId', 'in', contacts).execute();
      await scope.deleteFrom('verdict').where('accountId', '=', only!.id).execute();
      await sql`insert into touch (workspace_id, id, source, external_id, contact_id, kind, at)
        values (${workspaceId}, ${id()}, 'test', 'one', ${contacts[0]}, 'clicked', ${daysAgo(45)})`.execute(scope);
    });
    const ask = (audience: Partial<Audience>) =>
      inWorkspace(db, workspaceId, (scope) => countReach(scope, workspaceId, { ...everybody, ...audience }, now));
    expect((await ask({ segments: ['Lone'], activeDays: 7 })).remedy).toEqual({
      condition: 'active',
      activeDays: 60,
      dormantDays: null,
      accounts: 1,
    });
    expect((await ask({ segments: ['Lone'], tiers: [9] })).remedy).toEqual({
      condition: 'tiers',
      activeDays: null,
      dormantDays: null,
      accounts: 1,
    });
    expect((await ask({ segments: ['Nowhere'], tiers: [9] })).remedy).toBeNull();
  });

  test('a robot, a touch to come and a verdict taken back make nobody active', async () => {
    const { workspaceId, accounts, contacts } = await seedWorkspace(15);
    const contact = contacts.find(
      (each) => accounts.find((account) => account.id === each.accountId)?.doNotContact === false,
    )!;
    const touch = (at: Date, isRobot: boolean) =>
      inWorkspace(db, workspaceId, (scope) =>
        scope
          .insertInto('touch')
          .values({
            workspaceId,
            id: id(),
            source: 'test',
            externalId: id(),
            contactId: contact.id,
            kind: 'opened',
            at,
            isRobot,
          })
          .execute(),
      );
    const count = async () =>
      (
        await inWorkspace(db, workspaceId, (scope) =>
          countReach(scope, workspaceId, { ...everybody, activeDays: 7 }, now),
        )
      ).accounts;
    await inWorkspace(db, workspaceId, async (scope) => {
      await scope.deleteFrom('touch').execute();
      await scope.updateTable('verdict').set({ undoneAt: now }).execute();
    });
    await touch(daysAgo(1), true);
    await touch(daysAgo(-1), false);
    await touch(daysAgo(8), false);
    expect(await count()).toBe(0);
    await touch(daysAgo(6), false);
    expect(await count()).toBe(1);
  });

  test('counts as reps those with a device that still has access', async () => {
    const { workspaceId, members } = await seedWorkspace(3);
    const give = (member: number, more: object) =>
      inWorkspace(db, workspaceId, (scope) =>
        scope
          .insertInto('device')
          .values({
            workspaceId,
            id: id(),
            memberId: members[member]!.id,
            tokenHash: Buffer.from(id()),
            name: 'Chrome on Linux',
            expiresAt: new Date('2027-01-01'),
            ...more,
          } as never)
          .execute(),
      );
    await give(0, {});
    await give(0, {});
    await give(1, {});
    await give(2, { revokedAt: now });
    await give(3, { expiresAt: daysAgo(1) });
    await give(7, {});
    const reach = await inWorkspace(db, workspaceId, (scope) => countReach(scope, workspaceId, everybody, now));
    expect(reach.reps).toBe(2);
  });

  test('choices count the accounts that have each value', async () => {
    const { workspaceId, accounts } = await seedWorkspace(4);
    const choices = await inWorkspace(db, workspaceId, (scope) => readAudienceChoices(scope, workspaceId, now));
    audienceChoicesSchema.parse(choices);
    expect(choices.segments.find((each) => each.value === 'Food')?.accounts).toBe(
      accounts.filter((each) => each.segment === 'Food').length,
    );
    expect(choices.tiers.map((each) => each.value)).toEqual(['1', '2', '3']);
    expect(choices.campaigns.map((each) => each.name)).toEqual(['Ebook', 'Trade fair', 'Webinar']);
  });
});

describe('talking points', () => {
  const draft = (more: object = {}) =>
    talkingPointDraftSchema.parse({
      title: 'Torqline ends on-premise',
      text: 'Ask who moves their work orders.',
      whyNow: null,
      link: null,
      campaignId: null,
      startsOn: null,
      expiresOn: null,
      audience: { ...everybody, segments: ['Food'] },
      ...more,
    });

  const readFeed = (workspaceId: WorkspaceId) =>
    inWorkspace(db, workspaceId, (scope) =>
      scope.selectFrom('feedEntry').select(['seq', 'changes']).orderBy('seq').execute(),
    );

  test('a push goes to the accounts of its reach and enters the feed once', async () => {
    const { workspaceId, members, accounts } = await seedWorkspace(5);
    const owner = members[7]!.id as MemberId;
    const pointId = id() as TalkingPointId;
    const push = () =>
      inWorkspace(db, workspaceId, (scope) => pushTalkingPoint(scope, workspaceId, owner, draft({ id: pointId }), now));
    const first = await push();
    expect(first).toEqual({
      id: pointId,
      accounts: accounts.filter((each) => each.segment === 'Food' && !each.doNotContact).length,
    });
    expect(await push()).toEqual(first);
    expect(await readFeed(workspaceId)).toEqual([
      { seq: 1, changes: [{ kind: 'talkingPoint', id: pointId, memberId: null }] },
    ]);
  });

  test('a push to nobody writes nothing', async () => {
    const { workspaceId, members } = await seedWorkspace(6);
    const empty = draft({ audience: { ...everybody, segments: ['Nowhere'] } });
    expect(
      await inWorkspace(db, workspaceId, (scope) =>
        pushTalkingPoint(scope, workspaceId, members[7]!.id as MemberId, empty, now),
      ),
    ).toBeNull();
    expect(await readFeed(workspaceId)).toEqual([]);
    expect(await inWorkspace(db, workspaceId, (scope) => listTalkingPoints(scope, workspaceId, now))).toEqual([]);
  });

  test('an edit ends what it replaces in the same entry, and ending can be taken back', async () => {
    const { workspaceId, members } = await seedWorkspace(7);
    const owner = members[7]!.id as MemberId;
    const first = await inWorkspace(db, workspaceId, (scope) =>
      pushTalkingPoint(scope, workspaceId, owner, draft(), now),
    );
    const second = await inWorkspace(db, workspaceId, (scope) =>
      pushTalkingPoint(scope, workspaceId, owner, draft({ replaces: first!.id }), now),
    );
    const states = async () => {
      const points = await inWorkspace(db, workspaceId, (scope) => listTalkingPoints(scope, workspaceId, now));
      return new Map(points.map((point) => [point.id, point.state]));
    };
    expect(await states()).toEqual(
      new Map([
        [second!.id, 'live'],
        [first!.id, 'ended'],
      ]),
    );
    expect((await readFeed(workspaceId)).at(-1)?.changes).toHaveLength(2);
    const resume = () =>
      inWorkspace(db, workspaceId, (scope) =>
        endTalkingPoint(scope, { workspaceId, memberId: owner }, first!.id, { endedAt: null, now }),
      );
    expect(await resume()).toBe(true);
    expect(await resume()).toBe(false);
    expect((await states()).get(first!.id)).toBe('live');
    expect(await readFeed(workspaceId)).toHaveLength(3);
  });

  test('results count accounts, the newest word at each, and nothing undone', async () => {
    const { workspaceId, members, accounts } = await seedWorkspace(8);
    const pushed = await inWorkspace(db, workspaceId, (scope) =>
      pushTalkingPoint(
        scope,
        workspaceId,
        members[7]!.id as MemberId,
        draft({ startsOn: '2026-11-01', expiresOn: '2026-11-18' }),
        now,
      ),
    );
    const [one, two, three] = accounts
      .filter((each) => each.segment === 'Food' && !each.doNotContact)
      .map((each) => each.id);
    const say = (accountId: string | undefined, outcome: string, minute: number, undone = false) => ({
      workspaceId,
      id: id(),
      talkingPointId: pushed!.id,
      accountId: accountId ?? null,
      memberId: members[0]!.id,
      outcome: outcome as 'copied',
      at: new Date(now.getTime() + minute * 60_000),
      claimedAt: now,
      undoneAt: undone ? now : null,
    });
    await inWorkspace(db, workspaceId, async (scope) => {
      await scope
        .insertInto('talkingPointOutcome')
        .values([
          say(one, 'copied', 0),
          say(one, 'copied', 1),
          say(one, 'inserted', 2),
          say(two, 'inserted', 3),
          say(one, 'fell_flat', 4),
          say(one, 'landed', 5),
          say(two, 'fell_flat', 6),
          say(two, 'landed', 7, true),
          say(three, 'copied', 8, true),
        ])
        .execute();
      await scope
        .insertInto('talkingPointSeen')
        .values([
          { workspaceId, talkingPointId: pushed!.id, day: '2026-11-17', views: 4 },
          { workspaceId, talkingPointId: pushed!.id, day: '2026-11-18', views: 3 },
        ])
        .execute();
    });
    const [result] = await inWorkspace(db, workspaceId, (scope) => listTalkingPoints(scope, workspaceId, now));
    expect(talkingPointResultSchema.parse(result)).toMatchObject({
      state: 'live',
      startsOn: '2026-11-01',
      expiresOn: '2026-11-18',
      seen: 7,
      copied: 1,
      inserted: 2,
      used: 2,
      landed: 1,
      fellFlat: 1,
      bySegment: [{ segment: 'Food', landed: 1, told: 2 }],
    });
    const [later] = await inWorkspace(db, workspaceId, (scope) =>
      listTalkingPoints(scope, workspaceId, new Date('2026-11-19T00:00:00Z')),
    );
    expect(later?.state).toBe('expired');
    const [earlier] = await inWorkspace(db, workspaceId, (scope) =>
      listTalkingPoints(scope, workspaceId, new Date('2026-10-31T23:59:00Z')),
    );
    expect(earlier?.state).toBe('scheduled');
  });
});

describe('lead quality', () => {
  for (const by of ['campaign', 'segment'] as const) {
    test(`by ${by}, each verdict counts once, the latest not undone of a contact and member`, async () => {
      const seeded = await seedWorkspace(by === 'campaign' ? 9 : 10);
      const { workspaceId } = seeded;
      const quality = await inWorkspace(db, workspaceId, (scope) => rollUpVerdicts(scope, workspaceId, by, 91, now));
      leadQualitySchema.parse(quality);
      const standing = countStanding(seeded, 91);
      const keyOf = (each: (typeof standing)[number]) => (by === 'campaign' ? each.lastCampaignId : each.segment);
      expect(quality.total).toMatchObject(rates(standing));
      expect(quality.rows).toHaveLength(new Set(standing.map(keyOf)).size);
      for (const row of quality.rows) {
        const own = standing.filter((each) => keyOf(each) === row.key);
        expect(row).toMatchObject(rates(own));
        for (const { reason, count } of row.reasons) {
          expect(count).toBe(own.filter((each) => each.value === 'weak' && each.reason === reason).length);
        }
        expect(row.reasons.reduce((sum, each) => sum + each.count, 0)).toBe(row.weak);
        const behind = await inWorkspace(db, workspaceId, (scope) =>
          listVerdicts(
            scope,
            workspaceId,
            { by, key: row.key, value: 'weak', isAgainst: false, sides: {}, days: 91, zone: 'UTC' },
            now,
          ),
        );
        expect(behind.map((each) => each.id).sort()).toEqual(
          own
            .filter((each) => each.value === 'weak')
            .map((each) => each.id)
            .sort(),
        );
        for (const each of behind) verdictRowSchema.parse(each);
      }
      const weak = Map.groupBy(
        standing.filter((each) => each.value === 'weak'),
        ({ reason }) => reason,
      );
      expect(new Map(quality.total.reasons.map(({ reason, count }) => [reason, count]))).toEqual(
        new Map([...weak].map(([reason, some]) => [reason, some.length])),
      );
      expect(weak.size).toBeGreaterThan(1);
      expect(quality.weeks.reduce((sum, week) => sum + week.weak + week.strong, 0)).toBe(standing.length);
      expect(quality.weeks.at(-1)?.startsOn).toBe('2026-11-16');
      expect(quality.weeks).toHaveLength(14);
      expect(quality.grades.reduce((sum, each) => sum + each.weak, 0)).toBe(quality.total.weak);
    });
  }

  test('a workspace without verdicts has a sum of nothing', async () => {
    const workspaceId = id() as WorkspaceId;
    const quality = await inWorkspace(db, workspaceId, (scope) =>
      rollUpVerdicts(scope, workspaceId, 'campaign', 91, now),
    );
    expect(leadQualitySchema.parse(quality)).toMatchObject({ total: { weak: 0, strong: 0 }, rows: [], grades: [] });
  });

  test('a verdict in context names a team of five, never a smaller one, and shows touches before it only', async () => {
    const seeded = await seedWorkspace(11);
    const { workspaceId } = seeded;
    const read = (each: Seeded['verdicts'][number]) =>
      inWorkspace(db, workspaceId, (scope) => readVerdict(scope, workspaceId, each.id as VerdictId, now));
    const teamOf = (each: Seeded['verdicts'][number]) =>
      seeded.members.find((member) => member.id === each.memberId)?.team;
    const north = await read(seeded.verdicts.find((each) => teamOf(each) === 'North')!);
    expect(north?.team).toEqual({ name: 'North', reps: 5 });
    expect((await read(seeded.verdicts.find((each) => teamOf(each) === 'South')!))?.team).toBeNull();
    const toucher = seeded.verdicts.find((each) =>
      seeded.touches.some((touch) => touch.contactId === each.contactId && touch.at > each.at),
    )!;
    const context = await read(toucher);
    expect(context?.touches).toHaveLength(
      seeded.touches.filter((touch) => touch.contactId === toucher.contactId && touch.at <= toucher.at).length,
    );
    expect(context?.score).toEqual(score);
    expect(context?.gradeNow).toMatch(/^[A-D][1-4]$/);
    expect(
      await inWorkspace(db, id() as WorkspaceId, (scope) =>
        readVerdict(scope, workspaceId, toucher.id as VerdictId, now),
      ),
    ).toBeUndefined();
  });
});

describe('insights', () => {
  const seedInsights = async () => {
    const seeded = await seedWorkspace(12);
    const { workspaceId, members, accounts } = seeded;
    const write = (text: string, kind: string, method: string, more: object = {}) => ({
      workspaceId,
      id: id(),
      accountId: accounts[0]!.id,
      memberId: members[0]!.id,
      text,
      kind,
      method,
      at: daysAgo(1),
      claimedAt: now,
      ...more,
    });
    await inWorkspace(db, workspaceId, (scope) =>
      scope
        .insertInto('insight')
        .values([
          write('They pay 100% more', 'competitor', 'interview'),
          write('Price of spare_parts', 'product', 'complaint', { quote: 'a day behind' }),
          write('Nobody has time', 'customer', 'interview', { memberId: members[1]!.id, at: daysAgo(40) }),
          write('Taken back', 'customer', 'interview', { withdrawnAt: now }),
        ])
        .execute(),
    );
    return (more: object) =>
      inWorkspace(db, workspaceId, (scope) => listInsights(scope, workspaceId, { ...everyInsight, ...more }, now));
  };

  test('a facet counts what choosing it would leave, its own filter aside', async () => {
    const list = await seedInsights();
    const all = insightListSchema.parse(await list({}));
    expect(all).toMatchObject({ matching: 3, all: 3, reps: 2, accounts: 1 });
    const interviews = await list({ methods: ['interview'] });
    expect(interviews.rows.map((row) => row.text)).toEqual(['They pay 100% more', 'Nobody has time']);
    expect(interviews.kinds).toEqual([
      { value: 'competitor', count: 1 },
      { value: 'customer', count: 1 },
    ]);
    expect(interviews.methods).toEqual([
      { value: 'interview', count: 2 },
      { value: 'complaint', count: 1 },
    ]);
    expect(await list({ days: 7 })).toMatchObject({ matching: 2, all: 2 });
  });
});

describe('people', () => {
  test('shows members with their devices, and what became of each invite', async () => {
    const { workspaceId, members } = await seedWorkspace(13);
    const deviceId = id();
    const invite = (address: string, more: object = {}) => ({
      workspaceId,
      id: id(),
      secretHash: Buffer.from(id()),
      role: 'rep' as const,
      address,
      invitedBy: members[7]!.id,
      expiresAt: new Date('2026-11-19T00:00:00Z'),
      ...more,
    });
    const open = invite('open@kestrel.example');
    await inWorkspace(db, workspaceId, async (scope) => {
      await scope
        .insertInto('device')
        .values({
          workspaceId,
          id: deviceId,
          memberId: members[0]!.id,
          tokenHash: Buffer.from('x'),
          name: 'Firefox on Linux',
          expiresAt: new Date('2036-01-01'),
        })
        .execute();
      await scope
        .insertInto('invite')
        .values([
          open,
          invite('used@kestrel.example', { usedAt: daysAgo(1) }),
          invite('late@kestrel.example', { expiresAt: daysAgo(1) }),
        ])
        .execute();
    });
    const look = () => inWorkspace(db, workspaceId, (scope) => readPeople(scope, workspaceId, now));
    const people = peopleSchema.parse(await look());
    expect(people.members).toHaveLength(8);
    expect(people.members.find((each) => each.id === members[0]!.id)?.devices).toMatchObject([
      { id: deviceId, revoked: false },
    ]);
    expect(Object.fromEntries(people.invites.map((each) => [each.address.split('@')[0], each.state]))).toEqual({
      open: 'open',
      used: 'used',
      late: 'expired',
    });
    await inWorkspace(db, workspaceId, async (scope) => {
      await endDevice(scope, workspaceId, deviceId as DeviceId, now);
      expect(await revokeInvite(scope, workspaceId, open.id, now)).toBe(true);
      expect(await revokeInvite(scope, workspaceId, open.id, now)).toBe(false);
    });
    const after = await look();
    expect(after.members.find((each) => each.id === members[0]!.id)?.devices[0]?.revoked).toBe(true);
    expect(after.invites.find((each) => each.address === 'open@kestrel.example')?.state).toBe('revoked');
  });

  test('nothing of another workspace shows', async () => {
    const seeded = await seedWorkspace(14);
    const other = id() as WorkspaceId;
    await inWorkspace(db, other, async (scope) => {
      expect((await readPeople(scope, seeded.workspaceId, now)).members).toEqual([]);
      expect((await countReach(scope, seeded.workspaceId, everybody, now)).accounts).toBe(0);
      expect((await rollUpVerdicts(scope, seeded.workspaceId, 'campaign', 91, now)).total.weak).toBe(0);
    });
  });
});
