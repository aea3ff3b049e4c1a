import { describe, expect, test } from 'vitest';
import type { OwnAsk } from '#contract/ask.ts';
import type { AccountId, AskId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { OutboxRow, RowState } from './database.ts';
import { layAsks } from './lay-asks.ts';

const accountId = crypto.randomUUID() as AccountId;
const savedAt = '2026-11-20T10:00:00.000Z';
const laying = { coveredSequence: 0, by: 'Maren Vogt', sendingUpTo: 0 };

const rowsOf = (mutations: Mutation[], state: RowState = 'waiting'): OutboxRow[] =>
  mutations.map((mutation, index) => ({
    sequence: index + 1,
    kind: mutation.kind,
    body: mutation.body,
    savedAt,
    state,
    settledAt: null,
    rejection: null,
    label: 'Iverna Pharma',
    detail: null,
  }));
const record = (askId: AskId): Mutation => ({
  kind: 'recordAsk',
  body: { askId, accountId, contactId: null, kind: 'material', text: 'A price sheet.' },
});
const told = (id: AskId, more: Partial<OwnAsk> = {}): OwnAsk => ({
  ...{ id, for: 'marketing', isOwn: true, kind: 'material', text: 'A price sheet.', by: 'Maren Vogt', at: savedAt },
  ...{ accountId, account: 'Iverna Pharma', contactId: null, contact: null, verdict: null },
  ...{ answer: null, isRead: false, closedAt: null },
  ...more,
});
const answer = { text: 'Here.', link: null, by: 'Ines Okafor', at: '2026-11-21T08:00:00.000Z' };
const id = crypto.randomUUID() as AskId;

describe('asks', () => {
  test('stand as soon as they wait, and go when they are taken back', () => {
    expect(layAsks([], rowsOf([record(id)]), laying)).toMatchObject([
      { id, isOwn: true, for: 'marketing', account: 'Iverna Pharma', by: 'Maren Vogt', delivery: 'saved' },
    ]);
    expect(layAsks([], rowsOf([record(id)]), { ...laying, sendingUpTo: 1 })).toMatchObject([{ delivery: 'sending' }]);
    const both = rowsOf([record(id), { kind: 'withdrawAsk', body: { askId: id } }]);
    expect(layAsks([], both, laying)).toEqual([]);
    expect(layAsks([told(id)], both.slice(1), laying)).toEqual([]);
  });

  test('are as the store tells them up to where it has come', () => {
    const rows = rowsOf([record(id), { kind: 'readAsk', body: { askId: id } }], 'sent');
    expect(layAsks([], rows, { ...laying, coveredSequence: 2 })).toEqual([]);
    // What was read was the earlier answer: a new one is told again.
    expect(layAsks([told(id, { answer })], rows, { ...laying, coveredSequence: 2 })).toMatchObject([
      { isRead: false, delivery: 'sent' },
    ]);
    expect(layAsks([told(id, { answer })], rows, { ...laying, coveredSequence: 1 })).toMatchObject([{ isRead: true }]);
  });

  test('that marketing puts have their answer here before the store has it, and never a second one', () => {
    const asked = told(id, { for: 'sales', isOwn: false, by: 'Ines Okafor' });
    const rows = rowsOf([{ kind: 'answerAsk', body: { askId: id, text: 'In May.' } }]);
    expect(layAsks([asked], rows, laying)).toMatchObject([
      { answer: { text: 'In May.', by: 'Maren Vogt' }, delivery: 'saved' },
    ]);
    expect(layAsks([{ ...asked, answer }], rows, laying)).toMatchObject([{ answer: { by: 'Ines Okafor' } }]);
  });

  test('stand newest first', () => {
    const older = crypto.randomUUID() as AskId;
    const asks = layAsks([told(older, { at: '2026-11-01T08:00:00.000Z' })], rowsOf([record(id)]), laying);
    expect(asks.map((ask) => ask.id)).toEqual([id, older]);
  });
});
