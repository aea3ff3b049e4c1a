import { expect, test } from 'vitest';
import type { CardAnswer, PanelStatus } from '#contract/card.ts';
import { decideStrips } from './state.ts';

const status: PanelStatus = {
  connection: 'connected',
  store: 'reached',
  storeSince: '2026-11-20T10:31:00Z',
  replica: 'ready',
  progress: null,
  asOf: null,
  role: 'rep',
  member: 'Sam Weir',
  workspace: 'Larkspur Instruments',
  unsent: [],
};
const kindsOf = (change: Partial<PanelStatus>) => {
  const answer: CardAnswer = {
    people: [],
    selected: null,
    card: null,
    recent: [],
    facts: null,
    status: { ...status, ...change },
  };
  return decideStrips(answer, false, null).map((each) => each.kind);
};

test.each(['offline', 'unreachable', 'storeTooOld', 'extensionTooOld'] as const)(
  'a store that is %s is told of under the bar; nothing is said of one that is reached',
  (store) => {
    expect(kindsOf({ store })).toEqual([store]);
    expect(kindsOf({})).toEqual([]);
  },
);

test('who is signed out hears that alone: the store is asked nothing then', () => {
  expect(kindsOf({ connection: 'signedOut', store: 'storeTooOld' })).toEqual(['signedOut']);
});
