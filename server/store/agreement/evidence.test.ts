import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createRandom } from '../../../test/fixtures/exports/random.ts';
import { createTestStore, type TestStore } from '../../../test/postgres/store.ts';
import { inWorkspace } from '../../db/scope.ts';
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
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    for (const { reasons, ...verdict } of given)
      await scope
        .insertInto('verdict')
        .values({
          workspaceId,
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
}, 60_000);
afterAll(() => store?.close());

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
