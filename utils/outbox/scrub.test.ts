import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { AccountId, ContactId, InsightId, VerdictId } from '#contract/ids.ts';
import { type Mutation, mutationSchemas } from '#contract/mutation.ts';
import { type OutboxDatabase, openOutbox } from './database.ts';
import { readRowsAfter, readWaiting } from './read.ts';
import { saveRow } from './save.ts';
import { scrubRows } from './scrub.ts';
import { settleRows } from './settle.ts';

const at = '2026-11-20T10:00:00.000Z';
const erased = randomUUID() as ContactId;
const other = randomUUID() as ContactId;
const clue = { kind: 'linkedin' as const, value: 'dana-ortiz' };
let outbox: OutboxDatabase;

beforeEach(async () => {
  outbox = await openOutbox(randomUUID());
});

const verdict = (contactId: ContactId): Mutation => ({
  kind: 'recordVerdict',
  body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null },
});

const mutations: Mutation[] = [
  verdict(other),
  {
    kind: 'addContact',
    body: { contactId: erased, accountId: randomUUID() as AccountId, address: 'dana@x.example', name: 'Dana' },
  },
  { kind: 'linkIdentifier', body: { clue, contactId: erased } },
  { kind: 'unlinkIdentifier', body: { clue } },
  {
    kind: 'recordInsight',
    body: {
      insightId: randomUUID() as InsightId,
      accountId: null,
      contactId: erased,
      text: 'Dana leaves',
      quote: null,
      kind: 'customer',
      method: 'interview',
    },
  },
  verdict(erased),
];

async function fill(): Promise<void> {
  for (const mutation of mutations) await saveRow(outbox, mutation, at, { label: 'Dana Ortiz', detail: 'weak' });
}

test('of rows about somebody who was erased only the number stays, of those that were sent as well', async () => {
  await fill();
  await settleRows(outbox, { lastSequence: 2, rejected: [] }, at);
  expect(await scrubRows(outbox, [erased])).toBe(true);
  const rows = await readRowsAfter(outbox, 0);
  expect(rows.map((row) => row.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(rows[0]).toMatchObject({ body: { contactId: other }, label: 'Dana Ortiz' });
  expect(JSON.stringify(rows.slice(1))).not.toMatch(/dana/i);
  expect(rows.slice(1).every((row) => row.label === null && row.detail === null)).toBe(true);
});

test('what waits is still sent, so that no gap stands, and means nothing any more', async () => {
  await fill();
  await scrubRows(outbox, [erased]);
  const waiting = await readWaiting(outbox);
  expect(waiting).toHaveLength(mutations.length);
  for (const row of waiting.slice(1)) expect(mutationSchemas[row.kind].safeParse(row.body).success).toBe(false);
});

test('a second time, or nobody, changes nothing', async () => {
  await fill();
  expect(await scrubRows(outbox, [])).toBe(false);
  await scrubRows(outbox, [erased]);
  const before = await readRowsAfter(outbox, 0);
  expect(await scrubRows(outbox, [erased])).toBe(false);
  expect(await readRowsAfter(outbox, 0)).toEqual(before);
});
