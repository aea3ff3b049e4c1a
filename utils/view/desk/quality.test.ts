import { expect, test } from 'vitest';
import type { LeadQuality } from '#contract/desk.ts';
import { rateRows } from './quality.ts';

const row = (label: string, weak: number, strong: number) => ({ key: label, label, weak, strong, reasons: [] });

test('rows stand weakest first, and those too small for a rate last, however weak', () => {
  const quality: LeadQuality = {
    by: 'campaign',
    asOf: '2026-11-17T08:52:00.000Z',
    total: row('all', 163, 249),
    rows: [row('few', 5, 0), row('referrals', 6, 46), row('more', 15, 4), row('webinar', 61, 35), row('ebook', 19, 22)],
    weeks: [],
    grades: [],
  };
  expect(rateRows(quality).map(({ label, standing }) => [label, standing])).toEqual([
    ['webinar', 'above'],
    ['ebook', 'cannotTell'],
    ['referrals', 'below'],
    ['more', null],
    ['few', null],
  ]);
});

test('by reason a rate is the share of all verdicts of that kind, and compares with nothing', () => {
  const reason = (key: string | null, weak: number, strong: number) => ({ key, label: key, weak, strong, reasons: [] });
  const quality: LeadQuality = {
    by: 'reason',
    asOf: '2026-11-17T08:52:00.000Z',
    total: row('all', 60, 19),
    rows: [reason('bad_data', 20, 0), reason('real_need', 0, 12), reason(null, 40, 7)],
    weeks: [],
    grades: [],
  };
  expect(rateRows(quality, 'count').map(({ key, hits, count, standing }) => [key, hits, count, standing])).toEqual([
    ['bad_data', 20, 60, 'share'],
    [null, 40, 47, 'cannotTell'],
    ['real_need', 12, 19, null],
  ]);
});

test('by name tiers and weeks stand in their own order', () => {
  const quality: LeadQuality = {
    ...{ by: 'tier', asOf: '2026-11-17T08:52:00.000Z', total: row('all', 0, 0), weeks: [], grades: [] },
    rows: [row('10', 1, 0), row('2', 30, 0), row('1', 0, 0)],
  };
  expect(rateRows(quality, 'name').map(({ label }) => label)).toEqual(['1', '2', '10']);
});
