import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { AccountId, ContactId, VerdictId } from '#contract/ids.ts';
import { discardedBody, type Mutation, mutationSchemas } from '#contract/mutation.ts';
import { noteNextTry, takeBatch } from './batch.ts';
import { type OutboxDatabase, openOutbox } from './database.ts';
import { discardRows, restorableMs, restoreRows } from './discard.ts';
import { countWaiting, readRefused, readRowsAfter, readWaiting } from './read.ts';
import { rebaseWaiting } from './rebase.ts';
import { saveRow } from './save.ts';
import { dropOldRows, settleRows } from './settle.ts';
import { listKept, listUnsent } from './words.ts';

const at = '2026-11-20T10:00:00.000Z';
const now = Date.parse(at);
const later = now + restorableMs;
const contactId = randomUUID() as ContactId;
const verdictId = randomUUID() as VerdictId;
let outbox: OutboxDatabase;

const add: Mutation = {
  kind: 'addContact',
  body: { contactId, accountId: randomUUID() as AccountId, address: 'dana@x.example', name: 'Dana' },
};
const verdict: Mutation = { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } };
const reason: Mutation = { kind: 'setVerdictReason', body: { verdictId, reason: 'bad_timing' } };
const other: Mutation = {
  kind: 'recordVerdict',
  body: { verdictId: randomUUID() as VerdictId, contactId: randomUUID() as ContactId, value: 'strong', shown: null },
};

async function save(...mutations: Mutation[]): Promise<void> {
  for (const mutation of mutations) await saveRow(outbox, mutation, at, { label: 'Dana Ortiz', detail: null });
}
const sequencesOf = (rows: { sequence: number }[]) => rows.map((row) => row.sequence);
const batchAt = async (when: number) => sequencesOf(await takeBatch(outbox, 200, when));

beforeEach(async () => {
  outbox = await openOutbox(randomUUID());
});

test('what is discarded takes along what would mean nothing without it, and nothing else', async () => {
  await save(add, verdict, reason, other);
  expect(await discardRows(outbox, [2], at)).toBe(2);
  expect(listUnsent(await readWaiting(outbox), 0, now).map((item) => item.kind)).toEqual([
    'addContact',
    'recordVerdict',
  ]);
  expect(await discardRows(outbox, [1], at)).toBe(1);
  await restoreRows(outbox, now);
  expect(await discardRows(outbox, [1], at)).toBe(3);
  expect(await countWaiting(outbox)).toBe(1);
});

test('while it can be taken back neither it nor what comes after it is sent; taken back, it is as it was', async () => {
  await save(other, verdict, add);
  const before = await readRowsAfter(outbox, 0);
  await discardRows(outbox, [2], at);
  expect(await batchAt(later - 1)).toEqual([1]);
  expect(await restoreRows(outbox, later - 1)).toBe(1);
  expect((await readRowsAfter(outbox, 0)).slice(1)).toEqual(before.slice(1));
  expect(await batchAt(later - 1)).toEqual([1, 2, 3]);
});

test('its turn come, its number alone is sent, which the store refuses, and nothing is numbered anew', async () => {
  await save(other, verdict, add);
  await discardRows(outbox, [2], at);
  const batch = await takeBatch(outbox, 200, later);
  expect(sequencesOf(batch)).toEqual([1, 2, 3]);
  expect(batch[1]).toMatchObject({ body: discardedBody, label: null, detail: null });
  expect(mutationSchemas.recordVerdict.safeParse(batch[1]?.body).success).toBe(false);
  expect(JSON.stringify(await readRowsAfter(outbox, 1))).not.toContain(verdictId);
  expect(await restoreRows(outbox, later)).toBe(0);
  const rejected = [{ sequence: 2, code: 'discarded', message: 'Discarded.' }];
  await settleRows(outbox, { lastSequence: 3, rejected }, at);
  expect(listKept(await readRefused(outbox), 0, now)).toEqual([]);
});

test('what the store had before it was discarded stands as sent', async () => {
  await save(verdict);
  await takeBatch(outbox, 200, now);
  await discardRows(outbox, [1], at);
  await settleRows(outbox, { lastSequence: 1, rejected: [] }, at);
  const [row] = await readRowsAfter(outbox, 0);
  expect(row).toMatchObject({ state: 'sent', body: verdict.body });
  expect(row).not.toHaveProperty('discardedAt');
});

test('a clock that was set back a year holds nothing up', async () => {
  await save(verdict, other);
  await discardRows(outbox, [1], at);
  expect(await batchAt(now - 365 * 86_400_000)).toEqual([1, 2]);
});

test('what was refused goes from view when it is discarded, and can be taken back for a while; of what it said nothing stays for long', async () => {
  await save(verdict);
  await settleRows(
    outbox,
    { lastSequence: 1, rejected: [{ sequence: 1, code: 'unknown-contact', message: 'Gone.' }] },
    at,
  );
  await discardRows(outbox, [1], at);
  expect(listUnsent(await readRefused(outbox), 0, now)).toEqual([]);
  expect(listKept(await readRefused(outbox), 0, now)).toMatchObject([{ isDiscarded: true }]);
  await restoreRows(outbox, now + 1);
  expect(listUnsent(await readRefused(outbox), 0, now)).toMatchObject([{ refusalCode: 'unknown-contact' }]);
  await discardRows(outbox, 'all', at);
  expect(listKept(await readRefused(outbox), 0, later)).toEqual([]);
  await dropOldRows(outbox, later);
  expect(JSON.stringify(await readRowsAfter(outbox, 0))).not.toContain(verdictId);
});

test('the next device of the member gets nothing of what was discarded, and what was refused can still be read', async () => {
  await save(verdict, other, add);
  await settleRows(outbox, { lastSequence: 1, rejected: [{ sequence: 1, code: 'rule', message: 'No.' }] }, at);
  await discardRows(outbox, [2], at);
  await rebaseWaiting(outbox, 0);
  expect((await readWaiting(outbox)).map(({ sequence, kind }) => [sequence, kind])).toEqual([[1, 'addContact']]);
  expect(await readRefused(outbox)).toMatchObject([{ sequence: 0, rejection: { code: 'rule' } }]);
  await settleRows(outbox, { lastSequence: 0, rejected: [] }, at);
  expect(await batchAt(later)).toEqual([1]);
});

test('a try is written down before anything can have left, and the next try with it, which all that waits goes by', async () => {
  await save(verdict, other);
  await takeBatch(outbox, 1, now);
  await noteNextTry(outbox, now + 240_000);
  const [first, second] = await readWaiting(outbox);
  expect(first?.tries).toEqual({ count: 1, lastAt: at, nextAt: '2026-11-20T10:04:00.000Z' });
  expect(second?.tries).toBeUndefined();
  const items = listUnsent(await readWaiting(outbox), 0, now);
  expect(items.map(({ tries, retryAt }) => [tries, retryAt])).toEqual([
    [1, '2026-11-20T10:04:00.000Z'],
    [0, '2026-11-20T10:04:00.000Z'],
  ]);
  expect(listUnsent(await readWaiting(outbox), 0, now + 240_000).map(({ retryAt }) => retryAt)).toEqual([null, null]);
});
