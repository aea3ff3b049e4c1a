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
