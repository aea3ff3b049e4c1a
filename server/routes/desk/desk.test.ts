import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  insightListSchema,
  leadQualitySchema,
  peopleSchema,
  pushedTalkingPointSchema,
  talkingPointResultSchema,
  verdictContextSchema,
} from '#contract/desk.ts';
import type { InsightId, OutcomeId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import { inviteAnswerSchema, problemSchema } from '#contract/session.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  [admin, marketer, rep] = await Promise.all([
    store.signIn(workspaceId, 'admin'),
    store.signIn(workspaceId, 'marketer'),
    store.signIn(workspaceId, 'rep'),
  ]);
});

const everybody = { segments: [], tiers: [], stages: [], activeDays: null };
const draft = (more: object = {}) => ({
  title: 'Torqline ends on-premise',
  text: 'Ask who moves their work orders.',
  whyNow: null,
  link: null,
  campaignId: null,
  startsOn: null,
  expiresOn: null,
  audience: everybody,
  ...more,
});
const anyId = '018f2d1c-1111-4222-8333-444455556666';

async function get(path: string) {
  const response = await marketer.request('GET', `/v1/desk${path}`);
  expect(response.status).toBe(200);
  return response.json();
}

async function pushPoint(more: object = {}) {
  const response = await marketer.request('POST', '/v1/desk/talking-points', draft(more));
  expect(response.status).toBe(201);
  return pushedTalkingPointSchema.parse(await response.json());
}

async function readProblem(response: Response) {
  return problemSchema.parse(await response.json());
}

describe('the Desk', () => {
  test.each([
    ['GET', '/audience-choices'],
    ['POST', '/reach'],
    ['POST', '/audience-accounts'],
    ['GET', '/talking-points'],
    ['POST', '/talking-points'],
    ['GET', '/accounts'],
    ['GET', `/talking-points/${anyId}/history`],
    ['GET', `/talking-points/${anyId}/words`],
    ['POST', `/talking-points/${anyId}/end`],
    ['POST', `/talking-points/${anyId}/resume`],
    ['GET', '/lead-quality'],
    ['GET', '/verdicts'],
    ['GET', `/verdicts/${anyId}`],
    ['GET', '/insights'],
    ['POST', '/insights'],
    ['PATCH', `/insights/${anyId}`],
    ['PUT', `/insights/${anyId}/answer`],
    ['DELETE', `/insights/${anyId}/answer`],
    ['GET', '/digest?from=2026-10-01&until=2026-10-31'],
    ['GET', '/account-names?search=a'],
    ['GET', '/verdicts/export'],
    ['PUT', `/verdicts/${anyId}/settled`],
    ['DELETE', `/verdicts/${anyId}/settled`],
    ['PATCH', `/contacts/${anyId}`],
    ['GET', '/people'],
    ['POST', `/devices/${anyId}/revoke`],
    ['POST', `/invites/${anyId}/revoke`],
  ])('refuses a rep and a stranger: %s %s', async (method, path) => {
    const body = method === 'POST' ? draft() : undefined;
    const refused = await rep.request(method, `/v1/desk${path}`, body);
    expect(refused.status).toBe(403);
    expect((await readProblem(refused)).detail).toContain('marketers');
    expect((await store.app.request(`/v1/desk${path}`, { method })).status).toBe(401);
  });
});

describe('a talking point', () => {
  test('reaches the devices of reps when it is pushed, leaves them when it ends, comes back when that is undone', async () => {
    const { accountId } = await seedAccount(store, workspaceId);
    let cursor = await rep.cursor();
    const pushed = await pushPoint();
    const pull = async () => {
      const answer = await rep.pull(cursor);
      if (answer.status !== 'changes') throw new Error('Expected changes.');
      cursor = answer.to;
      return answer;
    };
    expect((await pull()).talkingPoints).toMatchObject([{ id: pushed.id, accountIds: [accountId] }]);
    await marketer.request('POST', `/v1/desk/talking-points/${pushed.id}/end`);
    expect((await pull()).removedTalkingPoints).toEqual([pushed.id]);
    await marketer.request('POST', `/v1/desk/talking-points/${pushed.id}/resume`);
    expect((await pull()).talkingPoints).toMatchObject([{ id: pushed.id }]);
  });

  test('shows what reps did with it', async () => {
    const { accountId, contactId } = await seedAccount(store, workspaceId);
    const { id } = await pushPoint();
    const say = (outcome: 'inserted' | 'landed') => ({
      kind: 'recordOutcome' as const,
      body: { outcomeId: crypto.randomUUID() as OutcomeId, talkingPointId: id, accountId, contactId, outcome },
    });
    await rep.push(1, say('inserted'), say('landed'));
    const [point] = talkingPointResultSchema.array().parse(await get('/talking-points'));
    expect(point).toMatchObject({
      accounts: 1,
      used: 1,
      inserted: 1,
      landed: 1,
      fellFlat: 0,
      owner: marketer.session.member.name,
    });
  });

  test('is not given to a rep, and not edited a second time beside an edit', async () => {
    await seedAccount(store, workspaceId);
    const { id } = await pushPoint();
    const send = (more: object) => marketer.request('POST', '/v1/desk/talking-points', draft(more));
    const toRep = await send({ ownerId: rep.session.member.id });
    expect([toRep.status, (await readProblem(toRep)).type]).toEqual([422, 'urn:baton:problem:unfit-owner']);
    expect((await send({ replaces: id })).status).toBe(201);
    const again = await send({ replaces: id });
    expect([again.status, (await readProblem(again)).type]).toEqual([409, 'urn:baton:problem:edited-already']);
    expect(await get('/talking-points')).toHaveLength(2);
  });

  test.each([
    ['a title of 61 characters', { title: 'x'.repeat(61) }],
    ['a text of 50,000 characters', { text: 'x'.repeat(50_000) }],
    ['a link that is not https', { link: 'http://kestrel.example/' }],
    ['a link that is script', { link: 'javascript:alert(1)' }],
    ['an end before its start', { startsOn: '2999-02-02', expiresOn: '2999-02-01' }],
    ['an end in the past', { expiresOn: '2001-01-01' }],
    ['an audience of nobody', { audience: { ...everybody, segments: ['Nowhere'] } }],
  ])('is refused with %s, and nothing is kept', async (_what, more) => {
    await seedAccount(store, workspaceId);
    const response = await marketer.request('POST', '/v1/desk/talking-points', draft(more));
    expect(response.status).toBe(422);
    expect((await readProblem(response)).detail).toMatch(/\w{3,}.*\.$/);
    expect(await get('/talking-points')).toEqual([]);
  });
});

describe('verdicts and insights', () => {
  test('a verdict stands in the roll-up once it is sent, and no longer when it is taken back', async () => {
    const { contactId } = await seedAccount(store, workspaceId);
    const verdictId = crypto.randomUUID() as VerdictId;
    await rep.push(1, { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } });
    const total = async () => leadQualitySchema.parse(await get('/lead-quality?by=campaign&days=7')).total;
    expect(await total()).toMatchObject({ weak: 1, strong: 0 });
    const context = verdictContextSchema.parse(await get(`/verdicts/${verdictId}`));
    expect(context).toMatchObject({ value: 'weak', campaign: 'Spring webinar', undone: false, team: null });
    expect(context.gradeNow).toBe(context.grade);
    expect(context.touches).toHaveLength(2);
    await rep.push(2, { kind: 'undoVerdict', body: { verdictId } });
    expect(await total()).toMatchObject({ weak: 0, strong: 0 });
  });

  test('an insight is found by its words', async () => {
    const { accountId } = await seedAccount(store, workspaceId);
    const body = {
      insightId: crypto.randomUUID() as InsightId,
      accountId,
      contactId: null,
      text: 'They print the plan',
      quote: null,
      kind: 'customer' as const,
      method: 'observation' as const,
    };
    await rep.push(1, { kind: 'recordInsight', body });
    const find = async (query: string) =>
      insightListSchema.parse(await get(`/insights?${query}`)).rows.map((row) => row.text);
    expect(await find('search=PLAN&kind=customer,product')).toEqual(['They print the plan']);
    expect(await find('kind=market')).toEqual([]);
    expect((await marketer.request('GET', '/v1/desk/insights?kind=gossip')).status).toBe(422);
  });

  test('an answer reaches the devices that hold the insight, and leaves them when it is taken back', async () => {
    const { accountId } = await seedAccount(store, workspaceId);
    const insightId = crypto.randomUUID() as InsightId;
    const said = { accountId, contactId: null, text: 'They print the plan', quote: null } as const;
    await rep.push(1, {
      kind: 'recordInsight',
      body: { insightId, ...said, kind: 'customer', method: 'observation' },
    });
    let cursor = await rep.cursor();
    const pullAnswers = async () => {
      const answer = await rep.pull(cursor);
      if (answer.status !== 'changes') throw new Error('Expected changes.');
      cursor = answer.to;
      return answer.bundles.flatMap((bundle) => bundle.insights.map((insight) => insight.answer));
    };
    const path = `/v1/desk/insights/${insightId}/answer`;
    const text = '<b>the plan</b> \u202eof spring';
    expect((await marketer.request('PUT', path, { kind: 'used', text })).status).toBe(204);
    const by = marketer.session.member.name;
    expect(await pullAnswers()).toEqual([{ kind: 'used', text, by, at: expect.any(String) }]);
    expect((await marketer.request('DELETE', path)).status).toBe(204);
    expect(await pullAnswers()).toEqual([null]);
    expect((await marketer.request('PUT', `/v1/desk/insights/${anyId}/answer`, { kind: 'used', text })).status).toBe(
      404,
    );
  });

  test('a verdict of another workspace is not there', async () => {
    const other = await store.addWorkspace('Another');
    const { contactId } = await seedAccount(store, other);
    const verdictId = crypto.randomUUID() as VerdictId;
    const theirs = await store.signIn(other, 'rep');
    await theirs.push(1, { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } });
    expect((await marketer.request('GET', `/v1/desk/verdicts/${verdictId}`)).status).toBe(404);
  });
});

describe('people', () => {
  test('a revoked device is refused at once', async () => {
    expect((await rep.request('GET', '/v1/session')).status).toBe(200);
    expect((await marketer.request('POST', `/v1/desk/devices/${rep.session.device.id}/revoke`)).status).toBe(204);
    expect((await rep.request('GET', '/v1/session')).status).toBe(401);
  });

  test('only an admin revokes the device of an admin or of another marketer', async () => {
    const path = `/v1/desk/devices/${admin.session.device.id}/revoke`;
    expect((await marketer.request('POST', path)).status).toBe(403);
    expect((await admin.request('GET', '/v1/session')).status).toBe(200);
    expect((await admin.request('POST', `/v1/desk/devices/${marketer.session.device.id}/revoke`)).status).toBe(204);
    expect((await marketer.request('GET', '/v1/session')).status).toBe(401);
  });

  test('a revoked invite can no longer be taken, and a taken one no longer be revoked', async () => {
    const answer = await marketer.request('POST', '/v1/invites', { role: 'rep', address: 'new@larkspur.example' });
    const { link } = inviteAnswerSchema.parse(await answer.json());
    const invites = async () => peopleSchema.parse(await get('/people')).invites;
    const open = (await invites()).find((invite) => invite.state === 'open');
    expect(open?.address).toBe('new@larkspur.example');
    expect((await marketer.request('POST', `/v1/desk/invites/${open?.id}/revoke`)).status).toBe(204);
    const taken = await store.app.request('/v1/invites/accept', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secret: new URL(link).hash.slice(1), name: 'New', device: 'Test' }),
    });
    expect(taken.status).toBe(410);
    const used = (await invites()).find((invite) => invite.state === 'used');
    expect((await marketer.request('POST', `/v1/desk/invites/${used?.id}/revoke`)).status).toBe(409);
  });
});
