import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createRandom } from '../../../test/fixtures/exports/random.ts';
import { createTestStore, seedAccount, type TestStore } from '../../../test/postgres/store.ts';
import { inWorkspace } from '../../db/scope.ts';
import { readScorecard } from '../scorecard.ts';
import { readEvidence } from './evidence.ts';
import { readEvidenceBehind } from './evidence-behind.ts';

const now = new Date('2026-11-18T12:00:00.000Z');
const names = ['size_core', 'role_decides', 'clicked', 'met', 'opened'];
const segments = ['Food', 'Paper', null];

interface Given {
  contactId: string;
  accountId?: string;
  memberId: string;
  value: 'weak' | 'strong';
  at: Date;
  undoneAt: Date | null;
  segment: string | null;
  /** Criterion and points, some twice: two touches of one kind. */
  reasons: { criterion: string; points: number }[];
  reason?: string;
  scorecardVersion?: number;
}

let store: TestStore;
let workspaceId: WorkspaceId;
let given: Given[];

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  const { next, pick } = createRandom(7);
  const [contacts, members] = [12, 3].map((count) => Array.from({ length: count }, () => randomUUID())) as [
    string[],
    string[],
  ];
  given = Array.from({ length: 150 }, (_, index) => ({
    contactId: pick(contacts),
    memberId: pick(members),
    value: pick(['weak', 'strong'] as const),
    at: new Date(now.getTime() - index * 86_400_000),
    undoneAt: next() < 0.2 ? now : null,
    segment: pick(segments),
    reasons: Array.from({ length: 5 }, () => ({ criterion: pick(names), points: pick([0, 4, -3]) })),
  }));
  await record(workspaceId, given);
}, 60_000);
afterAll(() => store?.close());

async function record(workspace: WorkspaceId, verdicts: readonly Given[]): Promise<void> {
  await inWorkspace(store.database.db, workspace, async (scope) => {
    for (const { reasons, ...verdict } of verdicts)
      await scope
        .insertInto('verdict')
        .values({
          workspaceId: workspace,
          id: randomUUID(),
          deviceId: randomUUID(),
          accountId: null,
          reason: null,
          claimedAt: verdict.at,
          shown: null,
          score: JSON.stringify({ reasons }),
          grade: 'B2',
          scorecardVersion: 1,
          campaignIds: [],
          lastCampaignId: null,
          tier: null,
          stage: null,
          ...verdict,
        })
        .execute();
  });
}

/** By hand: the latest of each contact and member that was not taken back. */
function listStanding(days: number): Given[] {
  const since = now.getTime() - days * 86_400_000;
  const standing = new Map<string, Given>();
  for (const each of given.filter(({ at, undoneAt }) => undoneAt === null && at.getTime() >= since)) {
    const key = `${each.contactId} ${each.memberId}`;
    if ((standing.get(key)?.at.getTime() ?? 0) < each.at.getTime()) standing.set(key, each);
  }
  return [...standing.values()];
}

const met = (criterion: string, verdicts: readonly Given[]) =>
  verdicts.filter(({ reasons }) => reasons.some((each) => each.criterion === criterion && each.points !== 0));

const count = (verdicts: readonly Given[]) => ({
  strong: verdicts.filter(({ value }) => value === 'strong').length,
  weak: verdicts.filter(({ value }) => value === 'weak').length,
});

test.each([30, 91, 400])(
  'what was said with each criterion in the last %i days is what a count by hand says',
  async (days) => {
    const all = listStanding(days);
    const evidence = await inWorkspace(store.database.db, workspaceId, (scope) =>
      readEvidence(scope, workspaceId, days, now),
    );
    expect(evidence.all).toEqual(count(all));
    for (const criterion of names) {
      const judged = met(criterion, all);
      const told = evidence.criteria.find((each) => each.criterion === criterion);
      expect(told, criterion).toMatchObject(count(judged));
      for (const segment of segments) {
        const there = judged.filter((each) => each.segment === segment);
        const row = told?.bySegment.find((each) => each.segment === segment);
        expect(row ?? { strong: 0, weak: 0 }).toMatchObject(count(there));
      }
    }
  },
);

describe('behind a criterion', () => {
  const readBehind = (days: number, criterion: string, workspace = workspaceId) =>
    inWorkspace(store.database.db, workspace, (scope) =>
      readEvidenceBehind(scope, workspace, { criterion, days }, now),
    );

  test.each([30, 400])('stand the verdicts that it counts in the last %i days, newest first', async (days) => {
    for (const criterion of names) {
      const byHand = met(criterion, listStanding(days)).sort((a, b) => b.at.getTime() - a.at.getTime());
      const { verdicts, verdictCount } = await readBehind(days, criterion);
      expect(verdictCount).toBe(byHand.length);
      expect(verdicts.map(({ at, value, contactId }) => [at, value, contactId])).toEqual(
        byHand.map(({ at, value, contactId }) => [at.toISOString(), value, contactId]),
      );
    }
    expect(await readBehind(days, 'vanished')).toEqual({
      verdicts: [],
      verdictCount: 0,
      insights: [],
      insightCount: 0,
    });
  });

  test('stand the insights of the same leads and days, or of their accounts where no person is named, 50 at most', async () => {
    const own = await store.addWorkspace();
    const [judged, other] = [await seedAccount(store, own), await seedAccount(store, own)];
    const at = new Date(now.getTime() - 86_400_000);
    const memberId = randomUUID();
    const verdict = { memberId, value: 'weak', at, undoneAt: null, segment: null } as const;
    await record(own, [
      {
        ...verdict,
        contactId: judged.contactId,
        accountId: judged.accountId,
        reasons: [{ criterion: 'met', points: 4 }],
      },
      {
        ...verdict,
        contactId: other.contactId,
        accountId: other.accountId,
        reasons: [{ criterion: 'met', points: 0 }],
      },
    ]);
    const write = (text: string, about: { accountId: string | null; contactId: string | null }, more: object = {}) =>
      inWorkspace(store.database.db, own, (scope) =>
        scope
          .insertInto('insight')
          .values({
            ...{ workspaceId: own, id: randomUUID(), memberId, deviceId: randomUUID(), quote: null, text, at },
            ...{ kind: 'customer', method: 'interview', claimedAt: at, withdrawnAt: null },
            ...about,
            ...more,
          })
          .execute(),
      );
    const { accountId, contactId } = judged;
    await write('of the lead', { accountId, contactId });
    await write('of the account', { accountId, contactId: null }, { at: new Date(at.getTime() - 1000) });
    // Neither a colleague's, nor another account's, nor older, nor withdrawn.
    await write('of a colleague', { accountId, contactId: randomUUID() });
    await write('of one whose criterion gave nothing', { accountId: other.accountId, contactId: other.contactId });
    await write('older', { accountId, contactId }, { at: new Date(now.getTime() - 31 * 86_400_000) });
    await write('withdrawn', { accountId, contactId }, { withdrawnAt: now });
    const { insights, insightCount } = await readBehind(30, 'met', own);
    expect(insights.map(({ text }) => text)).toEqual(['of the lead', 'of the account']);
    expect(insightCount).toBe(2);
    for (let more = 0; more < 60; more++) await write(`more ${more}`, { accountId, contactId });
    const many = await readBehind(30, 'met', own);
    expect([many.insights.length, many.insightCount]).toEqual([50, 62]);
    // Another workspace is asked for the same criterion.
    expect((await readBehind(30, 'met')).insightCount).toBe(0);
  });

  test('is for those who edit', async () => {
    const path = '/v1/agreements/scorecard/evidence/behind?criterion=met';
    const [rep, marketer] = [await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'marketer')];
    expect((await rep.request('GET', path)).status).toBe(403);
    expect((await marketer.request('GET', path)).status).toBe(200);
    expect((await marketer.request('GET', '/v1/agreements/scorecard/evidence/behind')).status).toBe(422);
  });
});

test('what is worth a look is what a count by hand says, of the criteria in force and of this workspace alone', async () => {
  const own = await store.addWorkspace();
  const lead = (ids: string[], more: Partial<Given> = {}): Given => ({
    contactId: randomUUID(),
    memberId: randomUUID(),
    value: 'weak',
    at: new Date(now.getTime() - 86_400_000),
    undoneAt: null,
    segment: null,
    reasons: ids.map((criterion) => ({ criterion, points: -3 })),
    ...more,
  });
  const times = (many: number, ids: string[], more: Partial<Given> = {}) =>
    Array.from({ length: many }, () => lead(ids, more));
  await inWorkspace(store.database.db, own, async (scope) => {
    const card = await readScorecard(scope, own);
    const kept = ['clicked', 'registered', 'met', 'opened', 'careers', 'role_none'];
    const [first] = card.criteria;
    const criteria = [...card.criteria.filter(({ id }) => kept.includes(id)), { ...first, id: 'fresh' }];
    const next = JSON.stringify({ ...card, version: 2, criteria });
    await scope
      .insertInto('scorecard')
      .values({ workspaceId: own, version: 2, card: next, reason: null, publishedAt: now })
      .execute();
  });
  const timing = { reason: 'bad_timing' };
  await record(own, [
    ...times(27, ['clicked', 'registered'], timing),
    ...times(27, ['clicked', 'registered'], { reason: 'wrong_person' }),
    ...[lead(['clicked', 'attended'], timing), lead(['clicked', 'attended'])],
    ...times(10, ['met', 'opened'], { ...timing, scorecardVersion: 2 }),
    ...times(10, ['met', 'opened'], { scorecardVersion: 2 }),
    ...[...times(10, ['met'], timing), ...times(10, ['met'])],
    ...[...times(11, ['role_none', 'opened'], timing), ...times(10, ['role_none', 'opened'])],
    ...times(5, [], { value: 'strong', reason: 'real_need' }),
    // Neither what was taken back counts nor what is older.
    ...times(30, ['careers'], { ...timing, undoneAt: now }),
    ...times(30, ['careers'], { ...timing, at: new Date(now.getTime() - 40 * 86_400_000) }),
  ]);
  await record(workspaceId, times(40, ['clicked', 'met'], { reason: 'not_a_buyer' }));
  const { worthALook } = await inWorkspace(store.database.db, own, (scope) => readEvidence(scope, own, 30, now));
  expect(worthALook).toEqual({
    unmet: [
      { criterion: 'careers', of: 122 },
      { criterion: 'fresh', of: 20 },
    ],
    twins: [{ one: 'clicked', other: 'registered', both: 54, either: 56 }],
    uncovered: [{ reason: 'bad_timing', count: 59, of: 86 }],
  });
});
