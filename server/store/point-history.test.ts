import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { talkingPointDraftSchema, talkingPointEventSchema, talkingPointWordsSchema } from '#contract/desk.ts';
import type { MemberId, TalkingPointId, WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { listPointWords, readPointHistory } from './desk-point-history.ts';
import { listTalkingPoints } from './desk-point-results.ts';
import { endTalkingPoint, findEdit, isOwnerFit, pushTalkingPoint } from './desk-talking-points.ts';

let database: TestDatabase;
let db: Kysely<Schema>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database?.close());

const id = () => crypto.randomUUID();
const now = new Date();

/** A workspace with two marketers, a rep, and an account in each of two stages. */
async function seed() {
  const workspaceId = id() as WorkspaceId;
  const [ines, tomas, maren] = [id(), id(), id()] as [MemberId, MemberId, MemberId];
  const accounts = [id(), id()];
  const within = <T>(work: (scope: Scope) => Promise<T>) => inWorkspace(db, workspaceId, work);
  await within(async (scope) => {
    await scope.insertInto('feedCounter').values({ workspaceId, seq: 0, token: id() }).execute();
    for (const [member, name, role] of [
      [ines, 'Ines Okafor', 'marketer'],
      [tomas, 'Tomas Lind', 'admin'],
      [maren, 'Maren Vogt', 'rep'],
    ] as const)
      await sql`insert into member (workspace_id, id, address, name, role) values (${workspaceId}, ${member}, ${`${member}@kestrel.example`}, ${name}, ${role})`.execute(
        scope,
      );
    for (const [index, account] of accounts.entries())
      await sql`insert into account (workspace_id, id, name, stage) values (${workspaceId}, ${account}, ${`Account ${index}`}, ${['Considering', 'Evaluating'][index]})`.execute(
        scope,
      );
  });
  const draft = (more: object = {}) =>
    talkingPointDraftSchema.parse({
      ...{
        title: 'Torqline ends',
        text: 'Ask who moves their work orders.',
        whyNow: null,
        link: null,
        campaignId: null,
      },
      ...{ startsOn: null, expiresOn: null, audience: { segments: [], tiers: [], stages: [], activeDays: null } },
      ...more,
    });
  const push = (by: MemberId, more: object = {}) =>
    within(async (scope) => (await pushTalkingPoint(scope, workspaceId, by, draft(more), now))?.id as TalkingPointId);
  const list = async () =>
    new Map((await within((scope) => listTalkingPoints(scope, workspaceId, now))).map((each) => [each.id, each]));
  return { workspaceId, ines, tomas, maren, accounts, within, push, list };
}

test('the history of an edit tells every version, who sent it, and who paused and resumed it, newest first', async () => {
  const { workspaceId, ines, tomas, within, push, list } = await seed();
  const first = await push(ines);
  for (const endedAt of [now, null])
    await within((scope) =>
      endTalkingPoint(scope, { workspaceId, memberId: tomas }, first, { endedAt, now: new Date() }),
    );
  const second = await push(tomas, { replaces: first, text: 'Ask when their licence ends.', ownerId: ines });
  const third = await push(ines, { replaces: second, title: 'Torqline ends in March' });
  const read = (of: TalkingPointId) => within((scope) => readPointHistory(scope, workspaceId, of, now));
  const history = (await read(third))?.map((each) => talkingPointEventSchema.parse(each));
  expect(history?.map(({ kind, by, version }) => [kind, by, version?.id ?? null, version?.text ?? null])).toEqual([
    ['edited', 'Ines Okafor', third, 'Ask who moves their work orders.'],
    ['edited', 'Tomas Lind', second, 'Ask when their licence ends.'],
    ['resumed', 'Tomas Lind', null, null],
    ['paused', 'Tomas Lind', null, null],
    ['pushed', 'Ines Okafor', first, 'Ask who moves their work orders.'],
  ]);
  expect(history?.[1]?.version?.owner).toBe('Ines Okafor');
  expect((await read(second))?.map(({ kind }) => kind)).toEqual(['edited', 'resumed', 'paused', 'pushed']);
  expect(await read(id() as TalkingPointId)).toBeUndefined();
  const points = await list();
  expect([first, second, third].map((each) => [points.get(each)?.replacedBy, points.get(each)?.edits])).toEqual([
    [second, 0],
    [third, 1],
    [null, 2],
  ]);
});

test('what somebody else has edited is not edited a second time beside it, and a rep or somebody who left owns nothing', async () => {
  const { workspaceId, ines, tomas, maren, within, push } = await seed();
  const first = await push(ines);
  const second = await push(tomas, { replaces: first });
  expect(await within((scope) => findEdit(scope, workspaceId, first, undefined))).toEqual({ by: 'Tomas Lind' });
  expect(await within((scope) => findEdit(scope, workspaceId, first, second))).toBeNull();
  expect(await within((scope) => findEdit(scope, workspaceId, second, undefined))).toBeNull();
  const readFit = () =>
    within((scope) => Promise.all([ines, tomas, maren].map((each) => isOwnerFit(scope, workspaceId, each))));
  expect(await readFit()).toEqual([true, true, false]);
  await within((scope) => sql`update member set left_at = now() where id = ${tomas}`.execute(scope));
  expect(await readFit()).toEqual([true, false, false]);
});

test('results by stage and last use are those of a count by hand, and the reps’ words stand beside their own newest outcome', async () => {
  const { workspaceId, ines, maren, accounts, within, push, list } = await seed();
  const point = await push(ines);
  const at = (minute: number) => new Date(now.getTime() - 3_600_000 + minute * 60_000);
  const say = (accountId: string | undefined, outcome: string, minute: number, isUndone = false) =>
    within((scope) =>
      sql`insert into talking_point_outcome (workspace_id, id, talking_point_id, account_id, member_id, outcome, at, claimed_at, undone_at)
        values (${workspaceId}, ${id()}, ${point}, ${accountId}, ${maren}, ${outcome}, ${at(minute)}, now(), ${isUndone ? now : null})`.execute(
        scope,
      ),
    );
  const write = (accountId: string | undefined, text: string, minute: number, isWithdrawn = false) =>
    within((scope) =>
      sql`insert into insight (workspace_id, id, account_id, member_id, text, kind, method, at, claimed_at, withdrawn_at, talking_point_id)
        values (${workspaceId}, ${id()}, ${accountId}, ${maren}, ${text}, 'customer', 'interview', ${at(minute)}, now(), ${isWithdrawn ? now : null}, ${point})`.execute(
        scope,
      ),
    );
  await say(accounts[0], 'copied', 1);
  await say(accounts[0], 'landed', 2);
  await say(accounts[0], 'fell_flat', 3);
  await say(accounts[1], 'inserted', 4);
  await say(accounts[1], 'copied', 5, true);
  await say(accounts[1], 'landed', 6);
  await write(accounts[0], 'They renewed in August.', 7);
  await write(accounts[1], 'They wanted it in writing.', 8);
  await write(accounts[1], 'Taken back.', 9, true);
  expect((await list()).get(point)).toMatchObject({
    byStage: [
      { stage: 'Considering', landed: 0, told: 1 },
      { stage: 'Evaluating', landed: 1, told: 1 },
    ],
    words: 2,
    lastUsedAt: at(4).toISOString(),
  });
  const words = await within((scope) => listPointWords(scope, workspaceId, point));
  expect(
    words
      .map((each) => talkingPointWordsSchema.parse(each))
      .map(({ text, by, account, outcome }) => [text, by, account, outcome]),
  ).toEqual([
    ['They wanted it in writing.', 'Maren Vogt', 'Account 1', 'landed'],
    ['They renewed in August.', 'Maren Vogt', 'Account 0', 'fell_flat'],
  ]);
});
