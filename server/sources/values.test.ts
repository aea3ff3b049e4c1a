import { describe, expect, test } from 'vitest';
import { Columns } from './columns.ts';
import { companyDomainOf, isFreemail, toRegistrable } from './company-domain.ts';
import { readStatus } from './formats/member-status.ts';
import { createReading } from './reading.ts';
import { parseMoment, readFlag, readWhole } from './values.ts';

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
