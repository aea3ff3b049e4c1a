import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { type ImportStatus, importStatusSchema, importTicketSchema } from '#contract/import.ts';
import { problemSchema } from '#contract/session.ts';
import { createTestStore, listBundles, type TestDevice, type TestStore } from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  [marketer, rep] = await Promise.all([store.signIn(workspaceId, 'marketer'), store.signIn(workspaceId, 'rep')]);
});

async function upload(fileName: string, text: string, dryRun = false): Promise<ImportStatus> {
  const opened = await marketer.request('POST', '/v1/imports', { fileName, bytes: text.length, dryRun });
  const { importId, ticket } = importTicketSchema.parse(await opened.json());
  const response = await store.app.request(`/v1/imports/${importId}/file`, {
    method: 'PUT',
    headers: { Authorization: `Ticket ${ticket}` },
    body: text,
  });
  return importStatusSchema.parse(await response.json());
}

const undo = ({ id }: Pick<ImportStatus, 'id'>, device = marketer) => device.request('POST', `/v1/imports/${id}/undo`);
const list = async () => importStatusSchema.array().parse(await (await marketer.request('GET', '/v1/imports')).json());
const find = async ({ id }: ImportStatus) => {
  const found = (await list()).find((each) => each.id === id);
  if (!found) throw new Error('The import is not in the history.');
  return found;
};
const untilUndone = (status: ImportStatus) =>
  expect.poll(async () => (await find(status)).state, { timeout: 10_000 }).toBe('undone');
const names = async () =>
  listBundles(await rep.snapshot())
    .flatMap((bundle) => bundle.contacts.map((contact) => `${contact.name} ${contact.title ?? ''}`.trim()))
    .sort();

const first = 'Email,Name,Title\ndana@larkspur.example,Dana Ortiz,Buyer\n';
const second =
  'Email,Name,Title\ndana@larkspur.example,Dana Ortiz,Head of Buying\nmarek@kestrel.example,Marek Bielik,\n';

test('the last import is taken back: what it added is gone, what it changed is as before, and the history says by whom', async () => {
  const before = await upload('first.csv', first);
  const last = await upload('second.csv', second);
  expect(await names()).toEqual(['Dana Ortiz Head of Buying', 'Marek Bielik']);
  const cursor = await rep.cursor();
  const answer = await undo(last);
  expect(answer.status).toBeLessThan(300);
  expect(['undoing', 'undone']).toContain(importStatusSchema.parse(await answer.json()).state);
  await untilUndone(last);
  expect(await names()).toEqual(['Dana Ortiz Buyer']);
  expect(await find(last)).toMatchObject({
    canUndo: false,
    undoneAt: expect.any(String),
    undoneBy: marketer.session.member.name,
  });
  expect((await find(before)).canUndo).toBe(true);
  expect(await rep.pull(cursor)).toMatchObject({ status: 'changes' });
});

test('only the last one can be taken back, once, and nothing that kept nothing', async () => {
  const before = await upload('first.csv', first);
  const last = await upload('second.csv', second);
  const tried = await upload('third.csv', second, true);
  expect((await list()).filter(({ canUndo }) => canUndo).map(({ id }) => id)).toEqual([last.id]);
  for (const status of [before, tried]) {
    const response = await undo(status);
    expect(response.status).toBe(409);
    const problem = problemSchema.parse(await response.json());
    expect(problem.type).toBe('urn:baton:problem:not-last');
    expect(problem.detail).toMatch(/\.$/);
  }
  await undo(last);
  await untilUndone(last);
  expect((await undo(last)).status).toBe(409);
});

test('the file goes in again after its undoing, as if for the first time', async () => {
  await upload('first.csv', first);
  const last = await upload('second.csv', second);
  await undo(last);
  await untilUndone(last);
  expect(await upload('second.csv', second)).toMatchObject({ contacts: { added: 1, changed: 1 } });
});

test('a rep takes nothing back, and nobody another workspace’s import', async () => {
  const last = await upload('first.csv', first);
  expect((await undo(last, rep)).status).toBe(403);
  const stranger = await store.signIn(await store.addWorkspace(), 'admin');
  expect((await undo(last, stranger)).status).toBe(404);
  expect((await undo({ id: randomUUID() as ImportStatus['id'] })).status).toBe(404);
  expect(await names()).toEqual(['Dana Ortiz Buyer']);
});
