import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { keptDigestListSchema, keptDigestSchema } from '#contract/kept-digest.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import { listDueMonths } from '../store/kept-digest.ts';
import { keepDigests } from './keep-digests.ts';
import { toUpkeepGround } from './upkeep.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let accountId: string;
let contactId: string;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  at('2026-10-20T09:00:00Z');
  workspaceId = await store.addWorkspace();
  await sql`update workspace set created_at = '2026-08-10' where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
  marketer = await store.signIn(workspaceId, 'marketer', 'maren@larkspur.example');
  ({ accountId, contactId } = await seedAccount(store, workspaceId));
});

function at(moment: string): void {
  store.moveClock(Date.parse(moment) - Date.now());
}

async function say(at: string, text: string, more: { swot?: string; contactId?: string; quote?: string } = {}) {
  const id = randomUUID();
  await sql`
    insert into insight (workspace_id, id, account_id, contact_id, member_id, text, quote, kind, method, at, claimed_at, swot)
    values (${workspaceId}, ${id}, ${accountId}, ${more.contactId ?? null}, ${marketer.caller.memberId}, ${text}, ${more.quote ?? null}, 'customer', 'interview',
      ${at}, ${at}, ${more.swot ?? null})`.execute(store.database.owner);
  return id;
}

const look = () => keepDigests.run(toUpkeepGround(store.deps), workspaceId);
const list = async () =>
  keptDigestListSchema.parse(await (await marketer.request('GET', '/v1/desk/kept-digests')).json());
const read = async (id: string) =>
  keptDigestSchema.parse(await (await marketer.request('GET', `/v1/desk/kept-digests/${id}`)).json());
const months = async () => (await list()).map(({ month }) => month);

test('a month’s digest is there from the first look after its end, not a moment before, and once', async () => {
  await say('2026-10-31T23:59:59.999Z', 'last');
  await say('2026-11-01T00:00:00.000Z', 'after');
  at('2026-10-31T23:59:58Z');
  await look();
  expect(await months()).toEqual(['2026-09', '2026-08']);
  at('2026-11-01T00:00:00Z');
  await look();
  const due = () =>
    inWorkspace(store.database.db, workspaceId, (scope) => listDueMonths(scope, workspaceId, ['2026-09', '2026-10']));
  expect(await due()).toEqual([]);
  await look();
  expect(await months()).toEqual(['2026-10', '2026-09', '2026-08']);
  const [october] = await list();
  expect(october).toMatchObject({ from: '2026-10-01', until: '2026-10-31', madeBy: null, heard: 1 });
  const { digest } = await read(october?.id ?? '');
  expect(digest.kinds.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual(['last']);
});

test('a month is over when the calendars of the workspace’s zone say so', async () => {
  const settled = await marketer.request('PATCH', '/v1/desk/settings', { zone: 'Pacific/Auckland' });
  expect(settled.status).toBe(403);
  const admin = await store.signIn(workspaceId, 'admin');
  expect((await admin.request('PATCH', '/v1/desk/settings', { zone: 'Pacific/Auckland' })).status).toBe(200);
  at('2026-10-31T10:59:59Z');
  await look();
  expect(await months()).toEqual(['2026-09', '2026-08']);
  at('2026-10-31T11:00:00Z');
  await look();
  expect(await months()).toEqual(['2026-10', '2026-09', '2026-08']);
  expect((await admin.request('PATCH', '/v1/desk/settings', { zone: 'Mars/Olympus' })).status).toBe(422);
  const usual = await admin.request('PATCH', '/v1/desk/settings', { zone: null });
  expect(await usual.json()).not.toHaveProperty('zone');
});

test('several stores at the turn keep one', async () => {
  at('2026-11-01T00:00:30Z');
  await Promise.all([look(), look(), look(), look()]);
  expect(await months()).toEqual(['2026-10', '2026-09', '2026-08']);
});

test('a store that was down makes up three months at most, and none from before the workspace', async () => {
  at('2027-03-05T08:00:00Z');
  marketer = await store.signIn(workspaceId, 'marketer');
  await look();
  expect(await months()).toEqual(['2027-02', '2027-01', '2026-12']);
  await sql`delete from kept_digest where workspace_id = ${workspaceId}`.execute(store.database.owner);
  await sql`update workspace set created_at = '2027-02-20' where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
  await look();
  expect(await months()).toEqual(['2027-02']);
});

test('stays as it stood, whatever is filed, said or taken back later', async () => {
  const id = await say('2026-10-05T08:00:00Z', 'Nights cost them most.', { swot: 'threat' });
  at('2026-11-01T08:00:00Z');
  await look();
  const kept = (await list())[0]?.id ?? '';
  const before = await read(kept);
  await say('2026-10-06T08:00:00Z', 'late');
  await sql`update insight set swot = 'strength', theme = 'Price', withdrawn_at = now(), text = 'other' where workspace_id = ${workspaceId} and id = ${id}`.execute(
    store.database.owner,
  );
  at('2026-11-20T08:00:00Z');
  await look();
  expect(await read(kept)).toEqual(before);
  expect(before.digest).toMatchObject({ insights: 1, asOf: before.madeAt });
});

test('one can be kept by hand, once an id, and says by whom', async () => {
  await say('2026-10-05T08:00:00Z', 'said');
  const id = randomUUID();
  const body = { id, from: '2026-10-01', until: '2026-10-10' };
  expect((await marketer.request('POST', '/v1/desk/kept-digests', body)).status).toBe(201);
  expect((await marketer.request('POST', '/v1/desk/kept-digests', body)).status).toBe(201);
  expect(await list()).toMatchObject([{ id, month: null, heard: 1, madeBy: marketer.session.member.name }]);
  const backwards = { id: randomUUID(), from: '2026-10-10', until: '2026-10-01' };
  expect((await marketer.request('POST', '/v1/desk/kept-digests', backwards)).status).toBe(422);
});

test('a line is set right by hand in this digest alone, with who and when, by marketing alone', async () => {
  const insightId = await say('2026-10-05T08:00:00Z', 'Nights cost them most.', { swot: 'threat' });
  await say('2026-10-06T08:00:00Z', 'Other.', { swot: 'threat' });
  at('2026-11-01T08:00:00Z');
  await look();
  const { id } = (await list())[0]!;
  const move = (body: object, by = marketer) => by.request('PATCH', `/v1/desk/kept-digests/${id}`, body);
  expect((await move({ insightId, swot: 'strength' })).status).toBe(204);
  expect((await move({ insightId, swot: 'strength' })).status).toBe(204);
  const { digest, edits } = await read(id);
  expect(digest.swot.map(({ swot, count, lines }) => [swot, count, lines.map(({ text }) => text)])).toEqual([
    ['strength', 1, ['Nights cost them most.']],
    ['threat', 1, ['Other.']],
  ]);
  expect(edits).toMatchObject([{ insightId, from: 'threat', to: 'strength', by: marketer.session.member.name }]);
  const live = await marketer.request('GET', '/v1/desk/digest?from=2026-10-01&until=2026-10-31');
  expect(await live.json()).toMatchObject({ swot: [{ swot: 'threat', count: 2 }] });
  expect((await move({ insightId: randomUUID(), swot: null })).status).toBe(422);
  const rep = await store.signIn(workspaceId, 'rep');
  expect((await move({ insightId, swot: null }, rep)).status).toBe(403);
  expect((await rep.request('GET', `/v1/desk/kept-digests/${id}`)).status).toBe(403);
});

test('a person who is erased leaves what was kept before: their words, and their name in others’', async () => {
  await say('2026-10-05T08:00:00Z', 'Ortiz is leaving.', { contactId, quote: 'I am off in March', swot: 'threat' });
  await say('2026-10-06T08:00:00Z', 'Budget sits with Dana Ortiz.', { quote: 'Ask Dana Ortiz' });
  at('2026-11-01T08:00:00Z');
  await look();
  const { id } = (await list())[0]!;
  const admin = await store.signIn(workspaceId, 'admin');
  const { rows } = await sql<{ value: string }>`
    select value from identifier where workspace_id = ${workspaceId} and contact_id = ${contactId}`.execute(
    store.database.owner,
  );
  const clue = { kind: 'email', value: rows[0]?.value };
  const held = await (await admin.request('POST', '/v1/desk/persons/export', { clue })).json();
  expect(held).toMatchObject({ keptDigests: [{ text: 'Ortiz is leaving.', quote: 'I am off in March' }] });
  expect((await admin.request('POST', '/v1/desk/persons/erase', { clue })).status).toBe(200);
  const { digest } = await read(id);
  const lines = digest.kinds.flatMap((each) => each.lines).map(({ text, quote }) => [text, quote]);
  expect(lines).toEqual([
    ['Budget sits with [erased].', 'Ask [erased]'],
    ['[erased] is leaving.', null],
  ]);
  expect(JSON.stringify(digest)).not.toMatch(/Ortiz|March/);
});
