import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { createCopy, type TestCopy, takeLines, type WholeCopy } from '../../test/postgres/copy.ts';
import { takePacked } from '../../test/postgres/packed.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';

const territories = ['North', 'South', 'East', null] as const;
const accountCount = 6;
const pointCount = 3;

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());

/** A workspace with accounts here and there, talking points at some of them, an admin, a rep and a marketer with their copies. */
interface World {
  workspaceId: WorkspaceId;
  admin: TestDevice;
  rep: TestDevice;
  accounts: string[];
  points: string[];
  copies: { device: TestDevice; copy: TestCopy }[];
}

async function change(workspaceId: WorkspaceId, work: (scope: Scope) => Promise<Change[]>): Promise<void> {
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    await appendChanges(scope, workspaceId, await work(scope));
  });
}

const moveAccount = ({ workspaceId }: World, accountId: string, territory: string | null) =>
  change(workspaceId, async (scope) => {
    await scope.updateTable('account').set({ territory }).where('id', '=', accountId).execute();
    return [{ kind: 'bundle', id: accountId, memberId: null }];
  });

async function addPoint(workspaceId: WorkspaceId, ownerId: string): Promise<string> {
  const id = randomUUID();
  const words = { title: 'Uptime', text: 'Ask about the night shift.', whyNow: null, link: null, campaignId: null };
  const days = { startsOn: null, expiresOn: null, endedAt: null };
  await inWorkspace(store.database.db, workspaceId, (scope) =>
    scope
      .insertInto('talkingPoint')
      .values({ workspaceId, id, ...words, ...days, ownerId, audience: '{}' })
      .execute(),
  );
  return id;
}

const pushPoint = ({ workspaceId }: World, talkingPointId: string, accountIds: readonly string[]) =>
  change(workspaceId, async (scope) => {
    await scope.deleteFrom('talkingPointAccount').where('talkingPointId', '=', talkingPointId).execute();
    for (const accountId of accountIds)
      await scope.insertInto('talkingPointAccount').values({ workspaceId, talkingPointId, accountId }).execute();
    return [{ kind: 'talkingPoint', id: talkingPointId, memberId: null }];
  });

async function expectDone(response: Response): Promise<void> {
  expect(response.status, await response.text()).toBeLessThan(300);
}
const bind = async ({ admin }: World, scopeByTerritory: boolean) =>
  expectDone(await admin.request('PATCH', '/v1/desk/settings', { scopeByTerritory }));
const give = async ({ admin, rep }: World, given: readonly string[]) =>
  expectDone(await admin.request('PUT', `/v1/desk/members/${rep.caller.memberId}/territories`, { territories: given }));

type Take = (device: TestDevice) => Promise<WholeCopy>;

async function createWorld(take: Take = takePacked): Promise<World> {
  const workspaceId = await store.addWorkspace();
  const [admin, rep, marketer] = [
    await store.signIn(workspaceId, 'admin'),
    await store.signIn(workspaceId, 'rep'),
    await store.signIn(workspaceId, 'marketer'),
  ];
  const accounts: string[] = [];
  for (let index = 0; index < accountCount; index++)
    accounts.push((await seedAccount(store, workspaceId, { touches: 1 })).accountId);
  const points: string[] = [];
  for (let index = 0; index < pointCount; index++) points.push(await addPoint(workspaceId, admin.caller.memberId));
  const copies = [rep, marketer].map((device) => ({ device, copy: createCopy(device, () => take(device)) }));
  return { workspaceId, admin, rep, accounts, points, copies };
}

/** What one look into the tables says that a member holds: ids of accounts, and of talking points with theirs. Past row-level security, in words of its own. */
async function readTruth({ workspaceId }: World, { caller }: TestDevice) {
  const { rows } = await sql<{ held: string[]; points: Record<string, string[]> }>`
    with me as (
      select m.role <> 'rep' or coalesce(w.settings->>'scopeByTerritory', 'false') = 'false' as is_free, m.territories
      from member m join workspace w using (workspace_id) where m.workspace_id = ${workspaceId} and m.id = ${caller.memberId}),
    held as (
      select a.id from account a, me where a.workspace_id = ${workspaceId}
        and (me.is_free or a.territory is null or array_position(me.territories, a.territory) is not null)),
    at as (
      select p.id, coalesce(array_agg(x.account_id order by x.account_id) filter (where x.account_id in (select id from held)), '{}') as accounts
      from talking_point p left join talking_point_account x on x.workspace_id = p.workspace_id and x.talking_point_id = p.id
      where p.workspace_id = ${workspaceId} and p.ended_at is null group by p.id)
    select array(select id from held order by id) as held,
      coalesce((select jsonb_object_agg(id, accounts) from at, me where me.is_free or cardinality(accounts) > 0), '{}') as points`.execute(
    store.database.owner,
  );
  return rows[0];
}

const anyAccount = fc.nat(accountCount - 1);
const anyGiven = fc.subarray(['North', 'South', 'East']);
/** One thing that happens, and whether the devices look after it. */
const anyStep = fc.record({
  looks: fc.boolean(),
  what: fc.oneof(
    { weight: 10, arbitrary: fc.record({ account: anyAccount, territory: fc.constantFrom(...territories) }) },
    {
      weight: 4,
      arbitrary: fc.record({ point: fc.nat(pointCount - 1), at: fc.subarray([...Array(accountCount).keys()]) }),
    },
    { weight: 1, arbitrary: fc.record({ given: anyGiven }) },
    { weight: 1, arbitrary: fc.record({ isBound: fc.boolean() }) },
  ),
});

test.each<[string, Take]>([
  ['in lines', takeLines],
  ['packed', takePacked],
])(
  'a rep’s copy, begun %s, is what one look into the tables says for their territories, whatever moves in any order',
  async (_, take) => {
    await fc.assert(
      fc.asyncProperty(anyGiven, fc.array(anyStep, { minLength: 6, maxLength: 16 }), async (given, steps) => {
        const world = await createWorld(take);
        await give(world, given);
        await bind(world, true);
        for (const { copy } of world.copies) await copy.sync();
        for (const { what, looks } of steps) {
          if ('account' in what) await moveAccount(world, world.accounts[what.account]!, what.territory);
          else if ('point' in what)
            await pushPoint(
              world,
              world.points[what.point]!,
              what.at.map((index) => world.accounts[index]!),
            );
          else if ('given' in what) await give(world, what.given);
          else await bind(world, what.isBound);
          if (looks) for (const { copy } of world.copies) await copy.sync();
        }
        for (const { device, copy } of world.copies) {
          await copy.sync();
          const points = Object.fromEntries([...copy.talkingPoints].map(([id, point]) => [id, point.accountIds]));
          expect({ held: [...copy.bundles.keys()].sort(), points }).toEqual(await readTruth(world, device));
        }
      }),
      { numRuns: 10 },
    );
  },
  120_000,
);

test('other territories make that member’s browsers alone fetch everything again, and the same ones nobody’s', async () => {
  const world = await createWorld();
  await bind(world, true);
  for (const { copy } of world.copies) expect(await copy.sync()).toBe(1);
  await give(world, ['North']);
  expect(await Promise.all(world.copies.map(({ copy }) => copy.sync()))).toEqual([1, 0]);
  await give(world, ['North']);
  await bind(world, true).then(() => undefined);
  expect(await world.copies[0]!.copy.sync()).toBe(1);
  await give(world, ['North']);
  expect(await Promise.all(world.copies.map(({ copy }) => copy.sync()))).toEqual([0, 1]);
});

test('a rep who becomes a marketer holds everything from then on', async () => {
  const world = await createWorld();
  await moveAccount(world, world.accounts[0]!, 'North');
  await bind(world, true);
  const { copy } = world.copies[0]!;
  await copy.sync();
  expect(copy.bundles.size).toBe(accountCount - 1);
  const ask = async () => {
    const answer = await world.rep.request('POST', '/v1/bundles', { ids: world.accounts });
    return ((await answer.json()) as { bundles: unknown[] }).bundles.length;
  };
  expect(await ask()).toBe(accountCount - 1);
  await store.signIn(world.workspaceId, 'marketer', world.rep.session.member.address);
  await copy.sync();
  expect(copy.bundles.size).toBe(accountCount);
  expect(await ask()).toBe(accountCount);
});

test('only an admin gives territories, and only to somebody who is there', async () => {
  const world = await createWorld();
  const path = `/v1/desk/members/${world.rep.caller.memberId}/territories`;
  const other = await createWorld();
  const body = { territories: ['North'] };
  expect((await world.copies[1]!.device.request('PUT', path, body)).status).toBe(403);
  expect((await other.admin.request('PUT', path, body)).status).toBe(404);
  expect((await world.admin.request('PUT', path, body)).status).toBe(204);
  expect(await (await world.admin.request('GET', '/v1/desk/people')).json()).toMatchObject({
    members: expect.arrayContaining([expect.objectContaining({ id: world.rep.caller.memberId, ...body })]),
  });
});
