import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ContactId, VerdictId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { type OutboxDatabase, openOutbox } from './database.ts';
import { countWaiting, readLastSettled, readRefused, readRowsAfter, readWaiting } from './read.ts';
import { rebaseWaiting } from './rebase.ts';
import { saveRow } from './save.ts';
import { dropOldRows, settleRows } from './settle.ts';

const at = '2026-11-20T10:00:00.000Z';
let name: string;
let outbox: OutboxDatabase;

function verdict(): Mutation {
  return {
    kind: 'recordVerdict',
    body: { verdictId: randomUUID() as VerdictId, contactId: randomUUID() as ContactId, value: 'weak', shown: null },
  };
}

async function save(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await saveRow(outbox, verdict(), at);
}

const sequences = async () => (await readRowsAfter(outbox, 0)).map((row) => row.sequence);

beforeEach(async () => {
  name = randomUUID();
  outbox = await openOutbox(name);
});

test('what is called saved can be read by another connection at once', async () => {
  const other = await openOutbox(name);
  const mutation = verdict();
  const row = await saveRow(outbox, mutation, at);
  expect(await other.get('rows', row.sequence)).toMatchObject({ body: mutation.body, state: 'waiting', savedAt: at });
});

test('every write to the outbox is strictly durable', async () => {
  const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await save(1);
  await settleRows(outbox, { lastSequence: 1, rejected: [] }, at);
  await rebaseWaiting(outbox, 5);
  await dropOldRows(outbox, Date.parse(at));
  const writes = begin.mock.calls.filter(([, mode]) => mode === 'readwrite');
  begin.mockRestore();
  expect(writes.map(([, , options]) => options?.durability)).toEqual(['strict', 'strict', 'strict', 'strict']);
});

test('a row that cannot be written is not called saved, and takes no sequence', async () => {
  await save(1);
  const unclonable = { kind: 'recordVerdict', body: { verdictId: () => 1 } } as unknown as Mutation;
  await expect(saveRow(outbox, unclonable, at)).rejects.toThrow();
  expect(await saveRow(outbox, verdict(), at)).toMatchObject({ sequence: 2 });
});

test('what the disk takes back at the very end is not called saved', async () => {
  const { put } = IDBObjectStore.prototype;
  const asked = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (
    this: IDBObjectStore,
    value,
  ) {
    const request = put.call(this, value);
    request.addEventListener('success', () => this.transaction.abort());
    return request;
  });
  await expect(saveRow(outbox, verdict(), at)).rejects.toThrow();
  asked.mockRestore();
  expect(await sequences()).toEqual([]);
  expect(await saveRow(outbox, verdict(), at)).toMatchObject({ sequence: 1 });
});

test('sequences count up by one, however many are saved at once', async () => {
  const rows = await Promise.all(Array.from({ length: 20 }, () => saveRow(outbox, verdict(), at)));
  expect(rows.map((row) => row.sequence).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('a sequence is never used again, also after the outbox was emptied and opened anew', async () => {
  await save(3);
  await settleRows(outbox, { lastSequence: 3, rejected: [] }, at);
  await dropOldRows(outbox, Date.parse('2027-01-20T10:00:00.000Z'));
  expect(await sequences()).toEqual([]);
  outbox.close();
  outbox = await openOutbox(name);
  expect(await saveRow(outbox, verdict(), at)).toMatchObject({ sequence: 4 });
});

test('rows settled for less than 30 days stay, and so do those that wait, however old', async () => {
  await save(2);
  await settleRows(outbox, { lastSequence: 1, rejected: [] }, at);
  await dropOldRows(outbox, Date.parse('2026-12-19T10:00:00.000Z'));
  expect(await sequences()).toEqual([1, 2]);
  await dropOldRows(outbox, Date.parse('2026-12-21T10:00:00.000Z'));
  expect(await sequences()).toEqual([2]);
});

test('a refused row holds up none after it, and keeps the reason', async () => {
  await save(3);
  const rejected = [{ sequence: 2, code: 'unknown-contact', message: 'This person was erased.' }];
  expect(await settleRows(outbox, { lastSequence: 3, rejected }, at)).toBe(true);
  expect(await countWaiting(outbox)).toBe(0);
  expect(await readRefused(outbox)).toMatchObject([{ sequence: 2, rejection: { message: 'This person was erased.' } }]);
});

test('settling twice changes nothing', async () => {
  await save(2);
  const progress = { lastSequence: 1, rejected: [] };
  await settleRows(outbox, progress, at);
  const before = await readRowsAfter(outbox, 0);
  expect(await settleRows(outbox, progress, '2026-11-21T10:00:00.000Z')).toBe(false);
  expect(await readRowsAfter(outbox, 0)).toEqual(before);
});

test('a store that knows less than it confirmed gets the rest again', async () => {
  await save(4);
  await settleRows(outbox, { lastSequence: 4, rejected: [] }, at);
  await settleRows(outbox, { lastSequence: 1, rejected: [] }, at);
  expect((await readWaiting(outbox)).map((row) => row.sequence)).toEqual([2, 3, 4]);
  expect(await readLastSettled(outbox)).toBe(1);
});

test('a store that knows more than this outbox is not overtaken', async () => {
  await settleRows(outbox, { lastSequence: 9, rejected: [] }, at);
  expect(await saveRow(outbox, verdict(), at)).toMatchObject({ sequence: 10 });
});

test('numbering anew keeps the order and what waits, and follows on', async () => {
  await save(3);
  await settleRows(outbox, { lastSequence: 1, rejected: [] }, at);
  const bodies = (await readWaiting(outbox)).map((row) => row.body);
  await rebaseWaiting(outbox, 0);
  const rows = await readWaiting(outbox);
  expect(rows.map((row) => row.sequence)).toEqual([1, 2]);
  expect(rows.map((row) => row.body)).toEqual(bodies);
  expect(await saveRow(outbox, verdict(), at)).toMatchObject({ sequence: 3 });
});
