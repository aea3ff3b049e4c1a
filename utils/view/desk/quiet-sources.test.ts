import { expect, test } from 'vitest';
import type { ImportStatus } from '#contract/import.ts';
import { findQuietSources } from './quiet-sources.ts';

const now = Date.parse('2026-11-28T12:00:00.000Z');
const came = (daysAgo: number, facts: Partial<ImportStatus> = {}): ImportStatus =>
  ({
    ...{ state: 'done', dryRun: false, undoneAt: null, format: 'touches', mapping: null },
    startedAt: new Date(now - daysAgo * 86_400_000).toISOString(),
    ...facts,
  }) as ImportStatus;
const weekly = [9, 16, 23, 30];
const quiet = (...imports: ImportStatus[]) =>
  findQuietSources(imports, now).map(({ mapping, format, days, usualDays }) => [mapping ?? format, days, usualDays]);

test('a table that came each week and has not for more than two is missed, with its pause and how long it is away', () => {
  expect(quiet(...weekly.map((day) => came(day + 7)))).toEqual([['touches', 16, 7]]);
  expect(quiet(...weekly.map((day) => came(day + 6)))).toEqual([]);
});

test('what came on three days, or has been away for two months, is not expected', () => {
  expect(quiet(came(20), came(21), came(22))).toEqual([]);
  expect(quiet(...weekly.map((day) => came(day + 60)))).toEqual([]);
  // Four files of one day are one day.
  expect(quiet(came(20), came(20), came(20), came(20))).toEqual([]);
});

test('what was tried, failed or was taken back has not come', () => {
  for (const facts of [{ dryRun: true }, { state: 'failed' as const }, { undoneAt: '2026-11-28T10:00:00.000Z' }])
    expect(quiet(...weekly.map((day) => came(day + 7)), came(1, facts))).toEqual([['touches', 16, 7]]);
});

test('each table has its own pause, named by its mapping where it has one; one without a name is any table', () => {
  const mapped = (name: string | null) => ({ format: 'mapped' as const, mapping: name });
  const days = [4, 5, 6, 7];
  expect(
    quiet(
      ...weekly.map((day) => came(day)),
      ...days.map((day) => came(day, mapped('Fair list'))),
      ...days.map((day) => came(day, mapped(null))),
    ),
  ).toEqual([['Fair list', 4, 1]]);
});
