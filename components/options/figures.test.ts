import { expect, test } from 'vitest';
import type { PanelStatus } from '#contract/card.ts';
import type { DiagnosticsFacts, KeptItem } from '#contract/diagnostics.ts';
import type { NotedLook } from '#contract/look.ts';
import { findPercentile, writeBytes, writeFigures } from './figures.ts';

const now = Date.parse('2026-11-20T10:00:00.000Z');
const at = '2026-11-20T09:59:00.000Z';

test('a percentile is a figure that was measured, and none of none', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(findPercentile(hundred, 0.5)).toBe(50);
  expect(findPercentile(hundred, 0.95)).toBe(95);
  expect(findPercentile([7], 0.95)).toBe(7);
  expect(findPercentile([], 0.5)).toBeNull();
});

test('bytes are told in the unit that fits', () => {
  expect([0, 999, 1000, 4_400_000, 62_000_000_000].map(writeBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '4.4 MB',
    '62 GB',
  ]);
});

/** Everywhere where somebody could be named stands one of these. */
const secrets = [
  'Sam Weir',
  'Larkspur',
  'Dana Ortiz',
  'dana.ortiz@brightforge.example',
  'kestrel',
  'They buy in June',
  '7f9c2d1e-0000-4000-8000-000000000000',
  'key-id-of-larkspur',
  'store.larkspur.example',
];
const status: PanelStatus = {
  ...{ connection: 'connected', store: 'unreachable', storeSince: at, replica: 'ready', progress: null, asOf: at },
  ...{ role: 'rep', member: 'Sam Weir', workspace: 'Larkspur', unsent: [], clockOffset: 0 },
};
const facts: DiagnosticsFacts = {
  copy: { accounts: 12, contacts: 340, feed: 4711, keyId: 'key-id-of-larkspur', asOf: at },
  ...{ bytes: 4_400_000, quota: 62_000_000_000, isPersisted: true },
  live: { since: at, isAsking: false, pokedAt: null, failedAt: at, failure: 'store.larkspur.example broke off' },
  timings: [
    { lookedUp: 4, painted: 21 },
    { lookedUp: 9, painted: 44 },
  ],
};
const item: KeptItem = {
  ...{ sequence: 8, kind: 'recordInsight', detail: 'They buy in June', label: 'Dana Ortiz', savedAt: at },
  ...{ delivery: 'refused', refusal: 'Dana Ortiz was erased', refusalCode: 'erased', tries: 3, retryAt: null },
  body: { text: 'They buy in June', contactId: '7f9c2d1e-0000-4000-8000-000000000000' },
  isDiscarded: false,
};
const look = { at, view: 'thread', people: 2, signals: ['kestrel'], isReadable: true, tookMs: 3 };

test('the report says how this browser stands, and nothing of whom it is about: no name, address, id or text', () => {
  const text = writeFigures({
    ...{ version: '1.4.0', browser: 'Firefox/153', status, facts, now },
    unsent: [item, { ...item, refusalCode: 'dana.ortiz@brightforge.example' }, { ...item, delivery: 'saved' }],
    looks: [
      { ...look, site: 'gmail' },
      { ...look, site: 'own-kestrel' },
    ] as NotedLook[],
  });
  expect(text.split('\n')).toEqual([
    'Baton 1.4.0, Firefox/153',
    'connection: connected; store: unreachable; role: rep',
    'copy: ready; accounts 12, people 340, change 4711, as of 60 s ago',
    'disk: 4.4 MB; persisted: true',
    'live: open 60 s ago; poke never; failure 60 s ago',
    'not sent: refused 2, saved 1; most tries 3',
    'refused: erased 1, other 1',
    'cards: 2; looked up p50 4.0 ms, p95 9.0 ms; painted p50 21 ms, p95 44 ms',
    'looks: gmail 1, own site 1; unreadable 0',
  ]);
  for (const secret of secrets) expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
});
