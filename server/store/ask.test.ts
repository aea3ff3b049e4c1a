import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AskList, type AskState, askListSchema, enteredAskSchema, waitingAsksSchema } from '#contract/ask.ts';
import type { Cursor } from '#contract/feed.ts';
import type { AccountId, AskId, ContactId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { problemSchema } from '#contract/session.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let colleague: TestDevice;
let marketer: TestDevice;
let accountId: AccountId;
let contactId: ContactId;
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
  ({ accountId, contactId } = await seedAccount(store, workspaceId));
});

/** Pushes, and answers how each ended: null, or the code of its refusal. */
async function push(device: TestDevice, ...mutations: Mutation[]): Promise<(string | null)[]> {
  const first = (sequences.get(device.token) ?? 0) + 1;
  const { status, body } = await device.push(first, ...mutations);
  expect(status).toBe(200);
  sequences.set(device.token, first + mutations.length - 1);
  return mutations.map((_, index) => body.rejected.find((each) => each.sequence === first + index)?.code ?? null);
}
const recordAsk = (text = 'A price sheet for their board.', more: Partial<Record<'contactId', null>> = {}) => {
  const askId = randomUUID() as AskId;
  const body = { askId, accountId: null, contactId, kind: 'material' as const, text, ...more };
  return { askId, mutation: { kind: 'recordAsk', body: body.contactId ? body : { ...body, accountId } } as Mutation };
};
async function ask(device: TestDevice = rep, text?: string): Promise<AskId> {
  const { askId, mutation } = recordAsk(text);
  expect(await push(device, mutation)).toEqual([null]);
  return askId;
}
const verdict = async (device: TestDevice = rep): Promise<VerdictId> => {
  const verdictId = randomUUID() as VerdictId;
  await push(
    device,
    { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } },
    { kind: 'setVerdictReason', body: { verdictId, reason: 'wrong_person' } },
  );
  return verdictId;
};
async function list(query = ''): Promise<AskList> {
  return askListSchema.parse(await (await marketer.request('GET', `/v1/desk/asks${query}`)).json());
}
const answer = (id: AskId, text = 'Here it is.', link: string | null = 'https://larkspur.example/prices') =>
  marketer.request('PUT', `/v1/desk/asks/${id}/answer`, { text, link });
/** A device's asks as a pull after `cursor` brings them; undefined where it brings none. */
async function asksSince(device: TestDevice, cursor: Cursor) {
  const pulled = await device.pull(cursor);
  if (pulled.status !== 'changes') throw new Error('Expected changes.');
  return pulled.asks;
}
async function ownAsks(device: TestDevice) {
  const mine = (await device.snapshot()).find((line) => line.line === 'mine');
  return mine?.line === 'mine' ? (mine.asks ?? []) : [];
}
const askSales = (about: { accountId?: string; verdictId?: string }, device = marketer) =>
  device.request('POST', '/v1/desk/asks', {
    id: randomUUID(),
    kind: 'context',
    text: 'Who else was in the room?',
    accountId: about.accountId ?? null,
    verdictId: about.verdictId ?? null,
  });
const detailOf = async (response: Response) => problemSchema.parse(await response.json());

describe('a rep’s ask', () => {
  test('comes to marketing with the account of its person, and back with its answer, to nobody else', async () => {
    const [mine, others] = [await rep.cursor(), await colleague.cursor()];
    const id = await ask();
    expect(await list('?state=open')).toMatchObject({
      matching: 1,
      waiting: 1,
      states: { open: 1, answered: 0, closed: 0 },
      rows: [
        {
          id,
          for: 'marketing',
          kind: 'material',
          by: 'maren',
          to: [],
          account: 'Kestrel Foundry',
          accountId,
          contact: 'Dana Ortiz',
        },
      ],
    });
    expect((await answer(id)).status).toBe(204);
    expect(await asksSince(rep, mine)).toMatchObject([
      {
        id,
        isOwn: true,
        isRead: false,
        account: 'Kestrel Foundry',
        answer: { text: 'Here it is.', link: 'https://larkspur.example/prices', by: 'ines' },
      },
    ]);
    expect(await asksSince(colleague, others)).toBeUndefined();
    expect(await ownAsks(colleague)).toEqual([]);
    expect(await list('?state=open')).toMatchObject({ rows: [], waiting: 0, states: { open: 0, answered: 1 } });
  });

  test('is taken back by its author alone, and not once it is answered', async () => {
    const id = await ask();
    expect(await push(colleague, { kind: 'withdrawAsk', body: { askId: id } })).toEqual(['unknown-ask']);
    await answer(id);
    expect(await push(rep, { kind: 'withdrawAsk', body: { askId: id } })).toEqual(['answered']);
    const other = await ask();
    expect(await push(rep, { kind: 'withdrawAsk', body: { askId: other } })).toEqual([null]);
    expect((await list()).rows.map((row) => row.id)).toEqual([id]);
    expect((await answer(other)).status).toBe(404);
  });

  test('read on one device is read on all, until the answer changes', async () => {
    const id = await ask();
    await answer(id);
    expect(await push(colleague, { kind: 'readAsk', body: { askId: id } })).toEqual(['unknown-ask']);
    expect(await push(rep, { kind: 'readAsk', body: { askId: id } })).toEqual([null]);
    expect(await ownAsks(rep)).toMatchObject([{ id, isRead: true }]);
    await answer(id, 'A newer one.', null);
    expect(await ownAsks(rep)).toMatchObject([{ id, isRead: false, answer: { text: 'A newer one.', link: null } }]);
    await marketer.request('DELETE', `/v1/desk/asks/${id}/answer`);
    expect(await ownAsks(rep)).toMatchObject([{ id, answer: null }]);
  });

  test('about what the store does not know, or said twice, is refused by name', async () => {
    const unknown = randomUUID();
    const body = { accountId: null, contactId: null, kind: 'other' as const, text: 'Anything?' };
    const about = (more: object) =>
      ({ kind: 'recordAsk', body: { ...body, askId: randomUUID() as AskId, ...more } }) as Mutation;
    const { mutation } = recordAsk();
    expect(
      await push(rep, about({ contactId: unknown }), about({ accountId: unknown }), about({ text: ' ' }), mutation),
    ).toEqual(['unknown-contact', 'unknown-account', 'invalid', null]);
    expect(await push(rep, mutation)).toEqual(['id-taken']);
  });

  test('stays with its author for 90 days once it is done, and for ever while it waits', async () => {
    const [done, waits] = [await ask(), await ask()];
    await answer(done);
    store.moveClock(91 * 86_400_000);
    const device = await store.signIn(workspaceId, 'rep');
    store.moveClock(0);
    await sql`update ask set answered_at = now() - interval '91 days' where id = ${done}`.execute(store.database.owner);
    expect((await ownAsks(rep)).map((each) => each.id)).toEqual([waits]);
    expect(await ownAsks(device)).toEqual([]);
  });
});

describe('marketing', () => {
  test.each([
    ['GET', ''],
    ['GET', '/waiting'],
    ['POST', ''],
    ['PUT', `/${randomUUID()}/answer`],
    ['DELETE', `/${randomUUID()}/answer`],
    ['PUT', `/${randomUUID()}/closed`],
    ['DELETE', `/${randomUUID()}/closed`],
  ])('alone may: %s asks%s', async (method, path) => {
    const refused = await rep.request(method, `/v1/desk/asks${path}`, method === 'POST' ? {} : undefined);
    expect(refused.status).toBe(403);
  });

  test('asks who gave a verdict without being told who, until they answer', async () => {
    const verdictId = await verdict();
    const cursor = await rep.cursor();
    const asked = await askSales({ verdictId });
    expect(enteredAskSchema.parse(await asked.json()).asked).toBe(1);
    const [open] = (await list()).rows;
    expect(open).toMatchObject({
      for: 'sales',
      to: [],
      by: 'ines',
      contact: 'Dana Ortiz',
      verdict: { id: verdictId, value: 'weak', reason: 'wrong_person' },
    });
    expect(JSON.stringify(open)).not.toContain('maren');
    expect(JSON.stringify(open)).not.toContain(rep.caller.memberId);

    const [theirs] = (await asksSince(rep, cursor)) ?? [];
    expect(theirs).toMatchObject({ isOwn: false, by: 'ines', verdict: { value: 'weak', reason: 'wrong_person' } });
    expect(await ownAsks(colleague)).toEqual([]);
    const say = { kind: 'answerAsk', body: { askId: theirs?.id, text: 'Their trainer, alone.' } } as Mutation;
    expect(await push(colleague, say)).toEqual(['unknown-ask']);
    expect(await push(rep, say, say)).toEqual([null, 'answered']);
    expect((await list()).rows).toMatchObject([
      { state: 'answered', to: ['maren'], answer: { text: 'Their trainer, alone.', by: 'maren' } },
    ]);
    expect(await ownAsks(marketer)).toMatchObject([{ isOwn: true, answer: { by: 'maren' } }]);
  });

  test('asks the owner of an account, else who holds its territory, else every rep; nobody is said plainly', async () => {
    const asked = async () => enteredAskSchema.parse(await (await askSales({ accountId })).json()).asked;
    const set = (columns: ReturnType<typeof sql>) =>
      sql`update account set ${columns} where id = ${accountId}`.execute(store.database.owner);
    expect(await asked()).toBe(2);
    await set(sql`territory = 'North'`);
    expect(await asked()).toBe(2);
    await sql`update member set territories = '{North}' where id = ${rep.caller.memberId}`.execute(
      store.database.owner,
    );
    expect(await asked()).toBe(1);
    expect(await ownAsks(colleague)).toHaveLength(2);
    await set(sql`owner_address = 'Yuki@larkspur.example'`);
    expect(await asked()).toBe(1);
    expect(await ownAsks(colleague)).toHaveLength(3);
    await sql`update member set left_at = now() where role = 'rep' and workspace_id = ${workspaceId}`.execute(
      store.database.owner,
    );
    expect(await detailOf(await askSales({ accountId }))).toMatchObject({ type: 'urn:baton:problem:nobody-to-ask' });
    expect((await askSales({ accountId: randomUUID() })).status).toBe(422);
    expect((await askSales({ verdictId: randomUUID() })).status).toBe(422);
    expect((await askSales({})).status).toBe(422);
  });

  test('puts an ask aside and brings it back; its author is told, and what was put aside is answered by nobody', async () => {
    const id = await ask();
    const close = (method: 'PUT' | 'DELETE') => marketer.request(method, `/v1/desk/asks/${id}/closed`);
    expect((await close('PUT')).status).toBe(204);
    expect(await ownAsks(rep)).toMatchObject([{ id, closedAt: expect.any(String), answer: null }]);
    expect(await list('?state=closed')).toMatchObject({ rows: [{ id, closedBy: 'ines' }], waiting: 0 });
    await close('DELETE');
    expect(await list('?state=open')).toMatchObject({ rows: [{ id, closedAt: null, closedBy: null }], waiting: 1 });

    await askSales({ verdictId: await verdict() });
    const asked = (await list('?for=sales')).rows[0];
    await marketer.request('PUT', `/v1/desk/asks/${asked?.id}/closed`);
    expect(await push(rep, { kind: 'answerAsk', body: { askId: asked?.id as AskId, text: 'Late.' } })).toEqual([
      'closed',
    ]);
    expect((await answer(asked?.id as AskId)).status).toBe(409);
  });

  test('counts what an independent count counts, under every filter', async () => {
    const other = await seedAccount(store, workspaceId, { name: 'Osprey Tools' });
    const ids: AskId[] = [];
    for (let turn = 0; turn < 7; turn++) ids.push(await ask(turn % 2 === 0 ? rep : colleague, `Ask ${turn}`));
    await sql`update ask set account_id = ${other.accountId} where id = any(${ids.slice(0, 3)}::uuid[])`.execute(
      store.database.owner,
    );
    for (const id of ids.slice(2, 4)) await answer(id);
    await marketer.request('PUT', `/v1/desk/asks/${ids[4]}/closed`);
    await push(colleague, { kind: 'withdrawAsk', body: { askId: ids[5]! } });
    await askSales({ verdictId: await verdict() });
    const { rows: kept } = await sql<{ id: string; accountId: string; state: AskState; way: string; at: Date }>`
      select id, account_id, case when to_members is null then 'marketing' else 'sales' end as way, at,
        case when closed_at is not null then 'closed' when answered_at is not null then 'answered' else 'open' end as state
      from ask where workspace_id = ${workspaceId} and withdrawn_at is null`.execute(store.database.owner);
    for (const state of [null, 'open', 'answered', 'closed'] as const)
      for (const way of [null, 'marketing', 'sales'])
        for (const account of [null, accountId, other.accountId]) {
          const query = new URLSearchParams({
            ...(state && { state }),
            ...(way && { for: way }),
            ...(account && { account }),
          });
          const answered = await list(`?${query}`);
          const of = kept.filter(
            (row) => (way === null || row.way === way) && (account === null || row.accountId === account),
          );
          const count = (wanted: AskState) => of.filter((row) => row.state === wanted).length;
          const order = state === 'open' ? 1 : -1;
          const expected = of
            .filter((row) => state === null || row.state === state)
            .sort((a, b) => order * (a.at.getTime() - b.at.getTime()));
          expect(answered.rows.map((row) => row.id)).toEqual(expected.map((row) => row.id));
          expect(answered).toMatchObject({
            matching: expected.length,
            states: { open: count('open'), answered: count('answered'), closed: count('closed') },
            waiting: kept.filter((row) => row.state === 'open' && row.way === 'marketing').length,
          });
          if (expected.length > 1) {
            const rest = await list(`?${query}&after=${expected[0]!.id}`);
            expect(rest.rows.map((row) => row.id)).toEqual(expected.slice(1).map((row) => row.id));
          }
        }
    const waiting = waitingAsksSchema.parse(await (await marketer.request('GET', '/v1/desk/asks/waiting')).json());
    const open = kept.filter((row) => row.state === 'open' && row.way === 'marketing');
    expect(waiting).toEqual({
      asks: open.length,
      since: new Date(Math.min(...open.map((row) => row.at.getTime()))).toISOString(),
    });
  });

  test('answers with a link that is https, and nothing else', async () => {
    const id = await ask();
    for (const link of ['http://larkspur.example', 'javascript:alert(1)', 'data:text/html,x', 'larkspur.example'])
      expect((await answer(id, 'Here.', link)).status).toBe(422);
    expect((await answer(id, 'x'.repeat(1001), null)).status).toBe(422);
  });

  test('of another company sees and answers nothing of it', async () => {
    const id = await ask();
    const foreign = await store.signIn(await store.addWorkspace(), 'marketer');
    expect(await (await foreign.request('GET', '/v1/desk/asks')).json()).toMatchObject({ rows: [], matching: 0 });
    expect((await foreign.request('PUT', `/v1/desk/asks/${id}/answer`, { text: 'No.', link: null })).status).toBe(404);
    expect((await foreign.request('PUT', `/v1/desk/asks/${id}/closed`)).status).toBe(404);
  });
});

test('a rep bound by territory is not told the name of an account that they do not hold', async () => {
  const id = await ask();
  await sql`update account set territory = 'South' where id = ${accountId}`.execute(store.database.owner);
  await sql`update workspace set settings = '{"scopeByTerritory": true}' where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
  expect(await ownAsks(rep)).toMatchObject([{ id, account: null, contact: null }]);
});
