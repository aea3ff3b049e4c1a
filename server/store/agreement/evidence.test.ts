import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createRandom } from '../../../test/fixtures/exports/random.ts';
import { createTestStore, type TestStore } from '../../../test/postgres/store.ts';
import { inWorkspace } from '../../db/scope.ts';
import { readScorecard } from '../scorecard.ts';
import { readEvidence } from './evidence.ts';

const now = new Date('2026-11-18T12:00:00.000Z');
const names = ['size_core', 'role_decides', 'clicked', 'met', 'opened'];
const segments = ['Food', 'Paper', null];

interface Given {
  contactId: string;
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

const count = (verdicts: readonly Given[]) => ({
  strong: verdicts.filter(({ value }) => value === 'strong').length,
  weak: verdicts.filter(({ value }) => value === 'weak').length,
});

test.each([30, 91, 400])(
  'what was said with each criterion in the last %i days is what a count by hand says',
  async (days) => {
    const since = now.getTime() - days * 86_400_000;
    const standing = new Map<string, Given>();
    for (const each of given.filter(({ at, undoneAt }) => undoneAt === null && at.getTime() >= since)) {
      const key = `${each.contactId} ${each.memberId}`;
      if ((standing.get(key)?.at.getTime() ?? 0) < each.at.getTime()) standing.set(key, each);
    }
    const all = [...standing.values()];
    const evidence = await inWorkspace(store.database.db, workspaceId, (scope) =>
      readEvidence(scope, workspaceId, days, now),
    );
    expect(evidence.all).toEqual(count(all));
    for (const criterion of names) {
      const met = all.filter(({ reasons }) =>
        reasons.some((each) => each.criterion === criterion && each.points !== 0),
      );
      const told = evidence.criteria.find((each) => each.criterion === criterion);
      expect(told, criterion).toMatchObject(count(met));
      for (const segment of segments) {
        const there = met.filter((each) => each.segment === segment);
        const row = told?.bySegment.find((each) => each.segment === segment);
        expect(row ?? { strong: 0, weak: 0 }).toMatchObject(count(there));
      }
    }
  },
);

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
