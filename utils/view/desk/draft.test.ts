import { describe, expect, test } from 'vitest';
import { talkingPointDraftSchema } from '#contract/desk.ts';
import { createDraft, findFaults, toRequest } from './draft.ts';

const whole = { ...createDraft(), title: 'Torqline ends on-premise', text: 'Ask who moves their work orders.' };
const today = '2026-11-17';
const fieldsOf = (change: object) => findFaults({ ...whole, ...change }, today).map((fault) => fault.field);

describe('a draft', () => {
  test('without a fault is one that the contract takes', () => {
    const full = { ...whole, whyNow: ' now ', link: 'https://kestrel.example/move', startsOn: today, expiresOn: today };
    expect(fieldsOf(full)).toEqual([]);
    expect(talkingPointDraftSchema.safeParse(toRequest({ ...whole, ...full })).success).toBe(true);
    expect(toRequest({ ...whole, ...full })).toMatchObject({ whyNow: 'now', campaignId: null });
  });

  test.each([
    ['no title', { title: '  ' }, ['title']],
    ['no words', { text: '' }, ['text']],
    ['too long a title', { title: 'x'.repeat(61) }, ['title']],
    ['too long a text', { text: 'x'.repeat(281) }, ['text']],
    ['a plain http link', { link: 'http://kestrel.example' }, ['link']],
    ['a script for a link', { link: 'javascript:alert(1)' }, ['link']],
    ['an end before its start', { startsOn: '2026-12-02', expiresOn: '2026-12-01' }, ['expiresOn']],
    ['an end before today', { expiresOn: '2026-11-16' }, ['expiresOn']],
  ])('with %s says which field', (_what, change, fields) => {
    expect(fieldsOf(change)).toEqual(fields);
  });
});
