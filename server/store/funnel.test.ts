import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FunnelFigures, type FunnelStage, funnelAccountsSchema, funnelSchema } from '#contract/funnel.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import { readFunnel } from './funnel.ts';

const agreed: { value: FunnelStage[] | null } = vi.hoisted(() => ({ value: null }));
vi.mock(import('./agreed-stages.ts'), () => ({ agreedStages: async () => agreed.value }));

const dayMs = 86_400_000;
const now = new Date('2026-11-20T12:00:00.000Z');
const way = ['Lead', 'Met', 'Deal', 'Won'];
const targets = [7, 14, null, null];
const words = way.map(
  (name, index): FunnelStage => ({ name, definition: null, side: 'both', targetDays: targets[index] ?? null }),
);

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  agreed.value = words;
  store.moveClock(now.getTime() - Date.now());
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer');
});

interface Stay {
  stage: string | null;
  /** Days before now. */
  from: number;
}
interface Account {
  id: string;
  name: string;
  segment: string | null;
  isFirstSeen: boolean;
  /** The oldest first. */
  stays: Stay[];
}

async function fill(accounts: readonly Account[]): Promise<void> {
  const at = (days: number) => new Date(now.getTime() - days * dayMs);
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    for (const { id, name, segment, stays, isFirstSeen } of accounts) {
      const stage = stays.at(-1)?.stage ?? null;
      await scope.insertInto('account').values({ workspaceId, id, name, segment, stage }).execute();
      for (const [index, { from, stage: own }] of stays.entries()) {
        const next = stays[index + 1];
        await scope
          .insertInto('accountStage')
          .values({
            ...{ workspaceId, accountId: id, stage: own, importId: null },
            fromAt: at(from),
            untilAt: next ? at(next.from) : null,
            isFirstSeen: index === 0 && isFirstSeen,
          })
          .execute();
      }
    }
  });
}

/** The value below or at which a share of the sorted values lies, by counting. */
function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.find((value) => sorted.filter((each) => each <= value).length >= share * sorted.length) ?? Number.NaN;
}

/** The same by hand: account by account. */
function countByHand(
  accounts: readonly Account[],
  stage: string,
  target: number | null,
  days: number | null,
): FunnelFigures {
  const rank = way.indexOf(stage);
  const first = accounts.flatMap(({ stays, isFirstSeen }) => {
    const index = stays.findIndex((stay) => stay.stage === stage && (days === null || stay.from <= days));
    const stay = stays[index];
    if (!stay) return [];
    const next = stays[index + 1];
    const hasSeen = !(index === 0 && isFirstSeen);
    return [
      {
        length: stay.from - (next?.from ?? 0),
        isWhole: next !== undefined && hasSeen,
        hasSeen,
        wentOn: stays.slice(index + 1).some((later) => way.indexOf(later.stage ?? '') > rank),
      },
    ];
  });
  const standing = accounts.filter(({ stays }) => stays.at(-1)?.stage === stage);
  const lengths = first.map(({ length }) => length);
  const quantile = (share: number) => {
    if (first.length === 0) return null;
    const at = quantileOf(lengths, share);
    const sure = first.filter(({ isWhole, length }) => isWhole && length <= at).length;
    return { days: at, isAtLeast: sure < Math.ceil(share * first.length) };
  };
  return {
    there: standing.length,
    late: target === null ? null : standing.filter(({ stays }) => (stays.at(-1)?.from ?? 0) > target).length,
    entered: first.length,
    firstSeen: first.filter(({ hasSeen }) => !hasSeen).length,
    wentOn: first.filter(({ wentOn }) => wentOn).length,
    whole: first.filter(({ isWhole }) => isWhole).length,
    median: quantile(0.5),
    p75: quantile(0.75),
  };
}

/** Days are compared to the second: the database reckons in microseconds. */
const rounded = (figures: FunnelFigures[]) =>
  figures.map((each) => {
    const round = (quantile: FunnelFigures['median']) =>
      quantile && { ...quantile, days: Math.round(quantile.days * 1000) / 1000 };
    return { ...each, median: round(each.median), p75: round(each.p75) };
  });

const account = fc
  .record({
    segment: fc.constantFrom('Mill', 'Foundry', null),
    isFirstSeen: fc.boolean(),
    stages: fc.array(fc.constantFrom(...way, 'Recycled', null), { minLength: 1, maxLength: 5 }),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ stages, days, ...rest }): Account => {
    // A stay begins where the one before it was another stage.
    const own = stages.filter((stage, index) => stage !== stages[index - 1]);
    const from = days.toSorted((a, b) => b - a);
    const id = randomUUID();
    return {
      ...rest,
      id,
      name: `Account ${id}`,
      stays: own.map((stage, index) => ({ stage, from: from[index] ?? 0 })),
    };
  });

describe('the funnel', () => {
  test('holds in every figure what is counted by hand, account by account', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(account, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(null, 91, 28),
        async (accounts, days) => {
          workspaceId = await store.addWorkspace();
          await fill(accounts);
          const found = funnelSchema.parse(
            await inWorkspace(store.database.db, workspaceId, (scope) => readFunnel(scope, workspaceId, days, now)),
          );
          const byHand = (own: readonly Account[]) =>
            way.map((stage, index) => countByHand(own, stage, targets[index] ?? null, days));
          expect(rounded(found.all)).toEqual(rounded(byHand(accounts)));
          for (const { segment, figures, accounts: there } of found.segments) {
            const own = accounts.filter((each) => each.segment === segment);
            expect(rounded(figures), String(segment)).toEqual(rounded(byHand(own)));
            expect(there).toBe(own.filter(({ stays }) => way.includes(stays.at(-1)?.stage ?? '')).length);
          }
          const sum = (key: 'there' | 'entered' | 'wentOn') =>
            found.segments
              .map(({ figures }) => figures.reduce((all, each) => all + each[key], 0))
              .reduce((a, b) => a + b, 0);
          for (const key of ['there', 'entered', 'wentOn'] as const)
            expect(sum(key)).toBe(found.all.reduce((all, each) => all + each[key], 0));
          const recycled = accounts.filter(({ stays }) => stays.at(-1)?.stage === 'Recycled').length;
          expect(found.outside).toEqual(recycled > 0 ? [{ stage: 'Recycled', there: recycled }] : []);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  test('is empty where nobody has a stage', async () => {
    const answer = await marketer.request('GET', '/v1/desk/funnel');
    expect(funnelSchema.parse(await answer.json())).toMatchObject({ since: null, segments: [], outside: [] });
  });

  test('without an agreement has the field’s order, else the order in which accounts went, and no days', async () => {
    agreed.value = null;
    const stays = (...stages: string[]) => stages.map((stage, index) => ({ stage, from: 90 - index }));
    const one = (segment: string | null, own: Stay[]): Account => {
      const id = randomUUID();
      return { id, name: id, segment, isFirstSeen: true, stays: own };
    };
    await fill([
      one(null, stays('Talks', 'Trial', 'Paper')),
      one(null, stays('Trial', 'Talks')),
      one(null, stays('Talks', 'Trial')),
      one(null, stays('Paper')),
      one(null, stays('SQL', 'Recycled')),
      one(null, stays('MQL')),
    ]);
    const answer = funnelSchema.parse(await (await marketer.request('GET', '/v1/desk/funnel')).json());
    expect(answer.isAgreed).toBe(false);
    expect(answer.stages.map(({ name }) => name)).toEqual(['MQL', 'SQL', 'Talks', 'Trial', 'Paper']);
    expect(answer.all.every(({ late }) => late === null)).toBe(true);
    expect(answer.outside).toEqual([{ stage: 'Recycled', there: 1 }]);
  });

  test('is not for a rep', async () => {
    const rep = await store.signIn(workspaceId, 'rep');
    expect((await rep.request('GET', '/v1/desk/funnel')).status).toBe(403);
    expect((await rep.request('GET', '/v1/desk/funnel/accounts?stage=Lead')).status).toBe(403);
  });
});

describe('accounts that stay', () => {
  const list = async (query: string) =>
    funnelAccountsSchema.parse(await (await marketer.request('GET', `/v1/desk/funnel/accounts?${query}`)).json());
  const stand = (name: string, from: number, segment: string | null = null): Account => ({
    ...{ id: randomUUID(), name, segment, isFirstSeen: false },
    stays: [{ stage: 'Lead', from }],
  });

  test('are those in it for longer than agreed, the longest there first, or by name, or of one segment', async () => {
    await fill([stand('Ash', 8, 'Mill'), stand('Birch', 40), stand('Cedar', 6.9), stand('alder', 9, 'Mill')]);
    expect(await list('stage=Lead')).toMatchObject({ matching: 3, targetDays: 7 });
    const names = async (query: string) => (await list(query)).rows.map(({ name }) => name);
    expect(await names('stage=Lead')).toEqual(['Birch', 'alder', 'Ash']);
    expect(await names('stage=Lead&order=name')).toEqual(['alder', 'Ash', 'Birch']);
    expect(await names('stage=Lead&only=all')).toEqual(['Birch', 'alder', 'Ash', 'Cedar']);
    expect(await names('stage=Lead&segment=Mill')).toEqual(['alder', 'Ash']);
    expect(await names('stage=Lead&segment=')).toEqual(['Birch']);
    // No days are agreed of it: nobody is late.
    expect(await names('stage=Deal')).toEqual([]);
    const [figures] = funnelSchema.parse(await (await marketer.request('GET', '/v1/desk/funnel')).json()).all;
    expect(figures).toMatchObject({ late: 3, there: 4 });
  });

  test('come a page at a time, each once', async () => {
    await sql`insert into account (workspace_id, id, name, stage)
      select ${workspaceId}, gen_random_uuid(), 'Account ' || n, 'Lead' from generate_series(1, 450) n`.execute(
      store.database.owner,
    );
    await sql`insert into account_stage (workspace_id, account_id, from_at, stage)
      select workspace_id, id, ${now}::timestamptz - interval '20 days', stage from account where workspace_id = ${workspaceId}`.execute(
      store.database.owner,
    );
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const page = await list(`stage=Lead${after}`);
      seen.push(...page.rows.map(({ id }) => id));
      expect(page.matching).toBe(page.rows.length > 0 ? 450 : 0);
      if (page.rows.length < 200) break;
      after = `&after=${page.rows.at(-1)?.id}`;
    }
    expect(seen).toHaveLength(450);
    expect(new Set(seen).size).toBe(450);
  });
});
