import { describe, expect, test } from 'vitest';
import type { DateOrder } from '#contract/mapping.ts';
import { Columns } from './columns.ts';
import { companyDomainOf, isFreemail, toRegistrable } from './company-domain.ts';
import { readStatus } from './formats/member-status.ts';
import { createReading } from './reading.ts';
import { parseMoment, readAmount, readDay, readFlag, readWhole } from './values.ts';

describe('a date', () => {
  test.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T10:24:00Z', '2026-11-20T10:24:00.000Z'],
    ['2026-11-20T10:24:00.123+0000', '2026-11-20T10:24:00.123Z'],
    ['2026-11-20T10:24:00.5-05:30', '2026-11-20T15:54:00.500Z'],
    ['2026-11-20 10:24:00', '2026-11-20T10:24:00.000Z'],
    ['20.11.2026', '2026-11-20T00:00:00.000Z'],
    ['20.11.2026 10:24', '2026-11-20T10:24:00.000Z'],
    ['11/20/2026', '2026-11-20T00:00:00.000Z'],
    ['11/20/2026, 12:05 AM', '2026-11-20T00:05:00.000Z'],
    ['11/20/2026 3:05 PM', '2026-11-20T15:05:00.000Z'],
  ])('%s is %s', (text, moment) => expect(parseMoment(text, createReading())?.toISOString()).toBe(moment));

  test('of any day, as tools write it, is that moment', () => {
    const days = Array.from({ length: 6000 }, (_, number) => number * 14 * 86_400_000 + number * 1000 * 977);
    for (const time of days.filter((each) => each < Date.UTC(2200, 0))) {
      const text = new Date(time).toISOString();
      const [second, day] = [text.slice(0, 19), text.slice(0, 10)];
      for (const form of [text, second, `${second}Z`, `${second}.000+0000`, second.replace('T', ' ')])
        expect(parseMoment(form, createReading())?.getTime(), form).toBe(time);
      expect(parseMoment(day, createReading())?.toISOString()).toBe(`${day}T00:00:00.000Z`);
      expect(parseMoment(second, createReading('Asia/Tokyo', null))?.getTime()).toBe(time - 9 * 3_600_000);
    }
  });

  test.each([
    '31.13.2026',
    '2026-02-30',
    '30/11/2026',
    '2026-11-20T25:00',
    '11/20/2026 13:05 PM',
    '45981',
    'yesterday',
    '0001-01-01',
  ])('%s is none', (text) => expect(parseMoment(text, createReading())).toBeNull());
});

describe('a date with slashes or dashes', () => {
  const read = (text: string, dates: DateOrder | null) =>
    parseMoment(text, createReading(null, dates))?.toISOString().slice(0, 10) ?? null;
  test.each([
    ['5/6/2026', 'dmy', '2026-06-05'],
    ['5/6/2026', 'mdy', '2026-05-06'],
    ['5/6/2026', null, '2026-05-06'],
    ['5/6/2026', 'ymd', null],
    ['05-06-2026', 'dmy', '2026-06-05'],
    ['30/11/2026', 'mdy', null],
    ['30/11/2026', 'dmy', '2026-11-30'],
    ['11/30/2026', 'dmy', null],
    ['2026/11/30', 'dmy', '2026-11-30'],
    ['2026/11-30', 'dmy', null],
    ['05.06.2026', 'mdy', '2026-06-05'],
  ] as const)('%s read %s is %s', (text, dates, day) => expect(read(text, dates)).toBe(day));

  const settle = (...cells: string[]) => {
    const reading = createReading();
    for (const cell of cells) reading.note([cell, 'x']);
    reading.settle();
    return reading.dates;
  };
  test('has its order shown by one that has only one meaning, and by none that another contradicts', () => {
    expect(settle('5/6/2026', '6/5/2026')).toBeNull();
    expect(settle('5/6/2026', '30/6/2026 10:00')).toBe('dmy');
    expect(settle('5/6/2026', ' 30/6/2026 ')).toBe('dmy');
    expect(settle('5/6/2026', '6/30/2026, 3:05 PM')).toBe('mdy');
    expect(settle('30/6/2026', '6/30/2026')).toBeNull();
    expect(settle('32/6/2026', 'on 30/6/2026', '30.6.2026', '2026-13-01')).toBeNull();
  });
  test('is read as somebody said, whatever the rows show', () => {
    const reading = createReading(null, 'mdy');
    reading.note(['30/6/2026']);
    reading.settle();
    expect(reading.dates).toBe('mdy');
  });
});

describe('a time without a zone', () => {
  const read = (text: string) => {
    const reading = createReading('Europe/Berlin');
    return [parseMoment(text, reading)?.toISOString(), reading.hasZoneless];
  };
  test.each([
    ['2026-07-01 12:00', '2026-07-01T10:00:00.000Z', true],
    ['2026-07-01T12:00:00.250', '2026-07-01T10:00:00.250Z', true],
    ['01.07.2026', '2026-06-30T22:00:00.000Z', true],
    ['7/1/2026 12:00 PM', '2026-07-01T10:00:00.000Z', true],
    ['2026-07-01T12:00Z', '2026-07-01T12:00:00.000Z', false],
    ['2026-07-01 12:00:00 UTC', '2026-07-01T12:00:00.000Z', false],
    ['2026-07-01T12:00+09:00', '2026-07-01T03:00:00.000Z', false],
  ])('%s is read in the zone, and one with a zone in its own', (text, moment, isZoneless) =>
    expect(read(text)).toEqual([moment, isZoneless]),
  );
});

describe('an amount', () => {
  const cell = new Columns(['Amount']).bind('Amount');
  test.each([
    ['1200', 1200, null],
    ['1200.5', 1200.5, null],
    ['1,200.50', 1200.5, null],
    ['1.200,50', 1200.5, null],
    ['1 200,50', 1200.5, null],
    ["1'200.50", 1200.5, null],
    ['1.200', 1200, null],
    ['1,200', 1200, null],
    ['0.125', 0.13, null],
    ['1.234.567', 1234567, null],
    ['12,5', 12.5, null],
    ['-300', -300, null],
    ['(300)', -300, null],
    ['EUR 1,200.50', 1200.5, 'EUR'],
    ['1.200,50 €', 1200.5, 'EUR'],
    ['£9', 9, 'GBP'],
    ['$9,000', 9000, null],
    ['US$ 9,000', 9000, 'USD'],
    ['', null, null],
  ])('%j is %s %s', (text, amount, currency) => expect(readAmount(cell, [text])).toEqual({ amount, currency }));
  test.each(['ten', '1,2,3', '1.2.3', '=1+1', '@SUM(A1)', '12 apples', 'EUR 5 USD', '1e9', '99999999999999999'])(
    '%j is none',
    (text) => expect(() => readAmount(cell, [text])).toThrow('is not an amount'),
  );
});

test('a day is the one that stands there, in whatever zone', () => {
  const cell = new Columns(['Close Date'], createReading('Pacific/Auckland', 'dmy')).bind('Close Date');
  expect(
    ['2026-11-20', '2026-11-20T23:30:00Z', '20/11/2026 08:00', '20.11.2026', ''].map((text) => readDay(cell, [text])),
  ).toEqual(['2026-11-20', '2026-11-20', '2026-11-20', '2026-11-20', null]);
  for (const text of ['11/20/2026', '2026-02-30', '2026-11-20 someday'])
    expect(() => readDay(cell, [text])).toThrow('is not a date');
});

describe('a cell', () => {
  const cell = new Columns(['N']).bind('N');
  test.each([
    ['1,200', 1200],
    ['1.200', 1200],
    ['1 200', 1200],
    ['42', 42],
    ['', null],
  ])('%j is the whole number %j', (text, number) => expect(readWhole(cell, [text], 1_000_000)).toBe(number));
  test.each(['1.5', '1,20', '-3', '12,34,567', '1e3', '٣'])('%j is no whole number', (text) =>
    expect(() => readWhole(cell, [text], 1_000_000)).toThrow('is not a whole number'),
  );
  test('says yes and no in several ways, and nothing else', () => {
    expect(['TRUE', 'yes', '1', 'False', 'no', ''].map((text) => readFlag(cell, [text]))).toEqual([
      true,
      true,
      true,
      false,
      false,
      null,
    ]);
    expect(() => readFlag(cell, ['maybe'])).toThrow('neither yes nor no');
  });
  test('too long is refused, controls are dropped', () => {
    expect(cell.text(['a\u0000b\u0007'])).toBe('ab');
    expect(() => cell.text(['x'.repeat(301)])).toThrow('longer than 300 characters');
  });
});

test('columns are found under any of their names, in any spelling', () => {
  const columns = new Columns(['First Responded Date', ' member_status ', 'E-Mail']);
  expect(
    [columns.find(['FirstRespondedDate']), columns.find(['Status', 'Member Status']), columns.find(['Email'])].map(
      (origin) => origin?.place,
    ),
  ).toEqual([0, 1, 2]);
  expect(new Columns(['__proto__', 'constructor']).find(['toString', 'valueOf', 'hasOwnProperty'])).toBeNull();
});

test('a company is known by the domain that it registered, and never by its mail provider', () => {
  expect(toRegistrable('https://plant.lumenglass.example/x')).toBe('lumenglass.example');
  expect(toRegistrable('a.b.ardmoor.co.uk')).toBe('ardmoor.co.uk');
  expect(toRegistrable('acme.github.io')).toBe('acme.github.io');
  expect(toRegistrable('co.uk')).toBeNull();
  for (const domain of ['gmail.com', 'googlemail.com', 'hotmail.co.uk', 'web.de', 'proton.me', 'qq.com'])
    expect(isFreemail(domain), domain).toBe(true);
  for (const domain of ['brightforge.example', 'ibm.com', 'siemens.com', 'vodafone.com'])
    expect(isFreemail(domain), domain).toBe(false);
  expect(companyDomainOf('x@mail.ardmoor.co.uk')).toBe('ardmoor.co.uk');
  expect(companyDomainOf('x@gmail.com')).toBeNull();
});

test('standard statuses have their kind, others are a response only when the export says so', () => {
  expect(readStatus('No-Show', false)).toEqual({ kind: 'no_show', isKnown: true });
  expect(readStatus('Attended On-demand', true)).toEqual({ kind: 'attended', isKnown: true });
  expect(readStatus('VIP', true)).toEqual({ kind: 'responded', isKnown: false });
  expect(readStatus('VIP', false)).toEqual({ kind: 'other', isKnown: false });
});
