import { expect, test } from 'vitest';
import type { SaidDay } from '#contract/said.ts';
import { addDays } from '../../platform/zone.ts';
import { askedDays, pickWorkingDays } from './working-days.ts';

const none = { weak: 0, strong: 0, insights: 0, asks: 0 };
/** So many days as are asked for, up to this one; something was said on those named. */
const upTo = (today: string, ...said: string[]): SaidDay[] =>
  Array.from({ length: askedDays }, (_, index) => {
    const day = addDays(today, index + 1 - askedDays);
    return { day, ...none, asks: said.includes(day) ? 1 : 0, fresh: none };
  });
const daysOf = (days: readonly SaidDay[]) => days.map(({ day }) => day.slice(8)).join(' ');

test('twelve working days are there on whatever day one looks', () => {
  for (let n = 0; n < 7; n++) expect(pickWorkingDays(upTo(addDays('2026-11-16', n)))).toHaveLength(12);
  expect(daysOf(pickWorkingDays(upTo('2026-11-17')))).toBe('02 03 04 05 06 09 10 11 12 13 16 17');
  expect(daysOf(pickWorkingDays(upTo('2026-11-15')))).toBe('29 30 02 03 04 05 06 09 10 11 12 13');
});

test('a Saturday on which somebody said something is one of them', () => {
  expect(daysOf(pickWorkingDays(upTo('2026-11-17', '2026-11-14')))).toBe('03 04 05 06 09 10 11 12 13 14 16 17');
});
