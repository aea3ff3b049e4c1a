import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type {
  AccountId,
  ContactId,
  HandOverAnswerId,
  HandOverId,
  InsightId,
  OutcomeId,
  TalkingPointId,
  VerdictId,
  WorkspaceId,
} from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { ownResultsSchema } from '#contract/own-results.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let colleague: TestDevice;
let marketer: TestDevice;
let accounts: { accountId: AccountId; contactId: ContactId }[];
const sequences = new Map<string, number>();

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  rep = await store.signIn(workspaceId, 'rep', 'maren@larkspur.example');
  colleague = await store.signIn(workspaceId, 'rep', 'yuki@larkspur.example');
  marketer = await store.signIn(workspaceId, 'marketer', 'ines@larkspur.example');
  accounts = [];
  for (const name of ['Kestrel Foundry', 'Osprey Tools', 'Far Farm'])
    accounts.push(await seedAccount(store, workspaceId, { name, touches: 2 }));
});

async function push(device: TestDevice, ...mutations: Mutation[]): Promise<void> {
  const first = (sequences.get(device.token) ?? 0) + 1;
  const { status, body } = await device.push(first, ...mutations);
  expect([status, body.rejected]).toEqual([200, []]);
  sequences.set(device.token, first + mutations.length - 1);
}
const results = async (device: TestDevice = rep) =>
  ownResultsSchema.parse(await (await device.request('GET', '/v1/own-results')).json());

async function pushPoint(title: string): Promise<TalkingPointId> {
  const audience = { segments: [], tiers: [], stages: [], activeDays: null };
  const dates = { whyNow: null, link: null, campaignId: null, startsOn: null, expiresOn: null };
  const id = randomUUID() as TalkingPointId;
  const draft = { id, title, text: title, ...dates, audience };
  expect((await marketer.request('POST', '/v1/desk/talking-points', draft)).status).toBe(201);
  return id;
}
const say = (
  talkingPointId: TalkingPointId,
  at: number,
  outcome: 'copied' | 'inserted' | 'landed' | 'fell_flat',
): Mutation => ({
  kind: 'recordOutcome',
  body: { outcomeId: randomUUID() as OutcomeId, talkingPointId, ...accounts[at]!, outcome },
});
const bind = () =>
  sql`update workspace set settings = '{"scopeByTerritory": true}' where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
const place = (at: number, territory: string) =>
  sql`update account set territory = ${territory} where id = ${accounts[at]!.accountId}`.execute(store.database.owner);

test('talking points count the words at the accounts that the rep holds, and apart from them the rep’s own', async () => {
  const point = await pushPoint('Torqline ends');
  await push(rep, say(point, 0, 'copied'), say(point, 0, 'inserted'), say(point, 1, 'copied'));
  await push(rep, say(point, 0, 'fell_flat'), say(point, 1, 'landed'));
  // Of several words at one account the newest holds, whoever said it.
  await push(colleague, say(point, 0, 'copied'), say(point, 0, 'landed'), say(point, 2, 'fell_flat'));
  const counts = { accounts: 3, landed: 2, fellFlat: 1, ownUsed: 2, ownLanded: 1, ownFellFlat: 1, isLive: true };
  expect((await results()).talkingPoints).toMatchObject([{ id: point, ...counts }]);
  await place(2, 'South');
  await bind();
  const held = { accounts: 2, landed: 2, fellFlat: 0, ownUsed: 2, ownLanded: 1, ownFellFlat: 1 };
  expect((await results()).talkingPoints).toMatchObject([{ id: point, ...held }]);
});

test('a talking point that ended stays as long as the rep used it lately, and one they never used goes', async () => {
  const [used, unused] = [await pushPoint('Used'), await pushPoint('Unused')];
  await push(rep, say(used, 0, 'copied'));
  for (const id of [used, unused]) await marketer.request('POST', `/v1/desk/talking-points/${id}/end`);
  expect((await results()).talkingPoints).toMatchObject([{ id: used, isLive: false, ownUsed: 1 }]);
  expect((await results(colleague)).talkingPoints).toEqual([]);
});

test('insights are the rep’s own, with their answers, and nobody else’s', async () => {
  const write = (text: string): Mutation => ({
    kind: 'recordInsight',
    body: {
      insightId: randomUUID() as InsightId,
      ...accounts[0]!,
      text,
      quote: null,
      kind: 'customer',
      method: 'interview',
    },
  });
  const [first, second] = [write('They buy in March.'), write('They count stops.')];
  await push(rep, first, second);
  await push(colleague, write('Not theirs.'));
  const { insightId } = first.body as { insightId: InsightId };
  await marketer.request('PUT', `/v1/desk/insights/${insightId}/answer`, { kind: 'used', text: 'In the spring mail.' });
  const { insights } = await results();
  expect(insights).toMatchObject({ count: 2, answered: 1 });
  expect(insights.rows.map((row) => [row.text, row.account, row.answer?.text ?? null])).toEqual([
    ['They count stops.', 'Kestrel Foundry', null],
    ['They buy in March.', 'Kestrel Foundry', 'In the spring mail.'],
  ]);
  expect((await results(colleague)).insights.rows.map((row) => row.text)).toEqual(['Not theirs.']);
});

test('a verdict says in which scorecard it had part: given before it, called so, for a criterion that its lead met', async () => {
  const give = async (device: TestDevice, at: number, value: 'weak' | 'strong') => {
    const verdictId = randomUUID() as VerdictId;
    await push(device, {
      kind: 'recordVerdict',
      body: { verdictId, contactId: accounts[at]!.contactId, value, shown: null },
    });
    return verdictId;
  };
  const [one, two, three] = [await give(rep, 0, 'weak'), await give(rep, 1, 'strong'), await give(rep, 2, 'weak')];
  await give(colleague, 0, 'weak');
  const { rows: met } = await sql<{ criteria: string[] }>`select criteria from verdict where id = ${one}`.execute(
    store.database.owner,
  );
  const criterion = met[0]!.criteria[0]!;
  const line = { criterion, label: criterion, before: 5, after: 2, value: 'weak', reason: null, count: 2 };
  const receipt = (memberId: string, version: number, at: Date, lines: object[]) =>
    sql`insert into receipt (workspace_id, id, kind, version, member_id, at, why, signed_by, lines)
      values (${workspaceId}, ${randomUUID()}, 'scorecard', ${version}, ${memberId}, ${at}, 'Agreed.', '[]', ${JSON.stringify(lines)}::jsonb)`.execute(
      store.database.owner,
    );
  const { memberId } = rep.caller;
  await receipt(memberId, 2, new Date(Date.now() + 1000), [line]);
  await receipt(memberId, 3, new Date(Date.now() + 2000), [{ ...line, criterion: 'nothing_of_theirs' }]);
  await receipt(memberId, 1, new Date(Date.now() - 86_400_000), [line]);
  await receipt(colleague.caller.memberId, 4, new Date(Date.now() + 1000), [line]);
  await sql`update receipt set dismissed_at = now() where version = 2`.execute(store.database.owner);
  await marketer.request('PUT', `/v1/desk/verdicts/${three}/settled`);
  const { verdicts, receipts } = await results();
  expect(verdicts).toMatchObject({ weak: 2, strong: 1, used: 2 });
  expect(verdicts.rows.map((row) => [row.id, row.usedIn, row.account, row.isSettled])).toEqual([
    [three, [2], 'Far Farm', true],
    [two, [], 'Osprey Tools', false],
    [one, [2], 'Kestrel Foundry', false],
  ]);
  expect(receipts.map((each) => each.version)).toEqual([3, 2, 1]);
  await push(rep, { kind: 'undoVerdict', body: { verdictId: one } });
  expect((await results()).verdicts).toMatchObject({ weak: 1, used: 1 });
});

test('hand-overs are the rep’s own: what waits, then what they answered, as the database holds it', async () => {
  const offer = async (at: number, device: TestDevice) => {
    const body = { contactId: accounts[at]!.contactId, memberId: device.caller.memberId, note: `Lead ${at}.` };
    const response = await marketer.request('POST', '/v1/desk/hand-overs', body);
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: HandOverId }).id;
  };
  const [waits, taken, others] = [await offer(0, rep), await offer(1, rep), await offer(2, colleague)];
  const answer = { way: null, reason: null, line: null, answerId: randomUUID() as HandOverAnswerId };
  const { contactId } = accounts[1]!;
  await push(rep, {
    kind: 'answerHandOver',
    body: { ...answer, handOverId: taken, contactId, answer: 'accepted' },
  });
  const { handOvers = [] } = await results();
  expect(handOvers.map(({ id, state, account, note }) => [id, state, account, note])).toEqual([
    [waits, 'offered', 'Kestrel Foundry', 'Lead 0.'],
    [taken, 'accepted', 'Osprey Tools', 'Lead 1.'],
  ]);
  const { rows } = await sql<{ id: string }>`
    select id from hand_over where workspace_id = ${workspaceId} and member_id = ${rep.caller.memberId} order by id`.execute(
    store.database.owner,
  );
  expect(handOvers.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
  expect((await results(colleague)).handOvers?.map(({ id }) => id)).toEqual([others]);
});

test('nobody is named whom the rep does not hold, and without a token nothing is told', async () => {
  await push(rep, {
    kind: 'recordVerdict',
    body: { verdictId: randomUUID() as VerdictId, contactId: accounts[0]!.contactId, value: 'weak', shown: null },
  });
  await place(0, 'South');
  await bind();
  expect((await results()).verdicts.rows).toMatchObject([{ account: null, contact: null, value: 'weak' }]);
  expect((await store.app.request('/v1/own-results')).status).toBe(401);
});
