import { expect, test } from 'vitest';
import type { CardAnswer, PanelStatus } from '#contract/card.ts';
import { decideBody, decideStrips } from './state.ts';

const status: PanelStatus = {
  connection: 'connected',
  store: 'reached',
  storeSince: '2026-11-20T10:31:00Z',
  replica: 'ready',
  progress: null,
  asOf: null,
  clockOffset: 0,
  role: 'rep',
  member: 'Sam Weir',
  workspace: 'Larkspur Instruments',
  unsent: [],
};
const answerOf = (change: Partial<PanelStatus>): CardAnswer => ({
  people: [],
  selected: null,
  card: null,
  recent: [],
  facts: null,
  status: { ...status, ...change },
});
const kindsOf = (change: Partial<PanelStatus>) => decideStrips(answerOf(change), false, null).map((each) => each.kind);

test.each(['offline', 'unreachable', 'storeTooOld', 'extensionTooOld'] as const)(
  'a store that is %s is told of under the bar; nothing is said of one that is reached',
  (store) => {
    expect(kindsOf({ store })).toEqual([store]);
    expect(kindsOf({})).toEqual([]);
  },
);

test('who is signed out hears that alone: the store is asked nothing then', () => {
  expect(kindsOf({ connection: 'signedOut', store: 'storeTooOld' })).toEqual(['signedOut']);
  expect(kindsOf({ replica: 'noRoom', store: 'unreachable' })).toEqual(['noRoom', 'unreachable']);
});

test('a page that does not show whom it is about is no page with nobody in view; before that comes what the panel itself lacks', () => {
  expect(decideBody(answerOf({}), false, true).kind).toBe('unreadable');
  expect(decideBody(answerOf({}), false, false).kind).toBe('nobody');
  expect(decideBody(answerOf({ replica: 'loading' }), false, true).kind).toBe('loading');
  expect(decideBody(answerOf({ connection: 'leaseEnded' }), false, true).kind).toBe('locked');
});
