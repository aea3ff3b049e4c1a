import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, listMondays, readDay, startOfDay, toUtc } from './zone.ts';

/** What the engine's own calendar says. Its types are not in the language's library yet. */
interface Calendar {
  PlainDateTime: { from(text: string): { toZonedDateTime(zone: string): { epochMilliseconds: number } } };
}
const { Temporal } = globalThis as unknown as { Temporal: Calendar };
const at = (wall: string, zone: string) => new Date(toUtc(Date.parse(`${wall}Z`), zone)).toISOString();

describe('a wall time', () => {
  test.each([
    ['in winter', '2026-01-15T12:00:00', 'Europe/Berlin', '2026-01-15T11:00:00.000Z'],
    ['in summer', '2026-07-15T12:00:00', 'Europe/Berlin', '2026-07-15T10:00:00.000Z'],
    [
      'that clocks jump over is as far after the gap',
      '2026-03-29T02:30:00',
      'Europe/Berlin',
      '2026-03-29T01:30:00.000Z',
    ],
    ['before the gap', '2026-03-29T01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
    ['after the gap', '2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['that clocks show twice is the first', '2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['after the overlap', '2026-10-25T03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['across the date line', '2026-11-20T00:30:00', 'Pacific/Auckland', '2026-11-19T11:30:00.000Z'],
    ['in a zone of half hours', '2026-11-20T05:30:00', 'Asia/Kolkata', '2026-11-20T00:00:00.000Z'],
    ['in a gap of half an hour', '2026-10-04T02:15:00', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['on a day that a country left out', '2011-12-30T12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
  ])('%s', (_what, wall, zone, moment) => expect(at(wall, zone)).toBe(moment));

  test('is what the calendar of the engine makes of it, in every zone and at every hour', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'America/Sao_Paulo',
      'Asia/Tehran',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Pacific/Apia',
      'UTC',
    ];
    const walls = fc
      .integer({ min: Date.UTC(1990, 0, 2) / 900_000, max: Date.UTC(2035, 0, 1) / 900_000 })
      .map((quarter) => quarter * 900_000);
    fc.assert(
      fc.property(walls, fc.constantFrom(...zones), (wall, zone) => {
        const text = new Date(wall).toISOString().slice(0, 19);
        expect(toUtc(wall, zone)).toBe(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds);
      }),
      { numRuns: 3000 },
    );
  });

  test('at every quarter of an hour of the days when clocks change', () => {
    for (const [zone, days] of [
      ['Europe/Berlin', ['2026-03-28', '2026-10-24']],
      ['America/New_York', ['2026-03-07', '2026-10-31']],
      ['Australia/Lord_Howe', ['2026-04-04', '2026-10-03']],
    ] as const)
      for (const day of days)
        for (let quarter = 0; quarter < 3 * 96; quarter += 1) {
          const wall = Date.parse(`${day}T00:00:00Z`) + quarter * 900_000;
          const text = new Date(wall).toISOString().slice(0, 19);
          const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
          expect(toUtc(wall, zone), `${text} ${zone}`).toBe(expected);
        }
  });
});

describe('a day', () => {
  test.each([
    ['2026-11-17T23:30:00.000Z', 'Europe/Berlin', '2026-11-18'],
    ['2026-11-17T23:30:00.000Z', 'UTC', '2026-11-17'],
    ['2026-11-18T04:59:59.999Z', 'America/New_York', '2026-11-17'],
    ['2026-07-01T10:00:00.000Z', 'Pacific/Kiritimati', '2026-07-02'],
  ])('is what calendars in the zone show at %s in %s', (at, zone, day) =>
    expect(readDay(new Date(at), zone)).toBe(day),
  );

  test.each([
    ['begins at midnight', '2026-11-18', 'Europe/Berlin', '2026-11-17T23:00:00.000Z'],
    ['begins later where clocks jump over midnight', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s', (_what, day, zone, at) => expect(startOfDay(day, zone).toISOString()).toBe(at));

  test('is followed by the next, over the ends of months', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});

test.each([
  ['2026-11-16', '2026-11-16', ['2026-11-16']],
  ['2026-11-15', '2026-11-16', ['2026-11-09', '2026-11-16']],
  ['2026-12-28', '2027-01-10', ['2026-12-28', '2027-01-04']],
])('the weeks of %s to %s begin on the Mondays %j', (from, until, mondays) => {
  expect(listMondays(from, until)).toEqual(mondays);
});
