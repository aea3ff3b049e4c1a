import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clue, SightedPerson, Standing } from '#contract/sighting.ts';
import { orderPeople, sideOf, toOwnSide } from './order-people.ts';

const own = toOwnSide('Sam.Weir@Mailbox.example', ['kestrel.example']);
const clue = (value: string): Clue =>
  /^[a-z]+:/.test(value) ? { kind: 'crm', value } : { kind: value.includes('@') ? 'email' : 'domain', value };
const person = (standing: Standing, ...values: string[]): SightedPerson => ({
  standing,
  isCompany: false,
  clues: values.map(clue),
  name: null,
  title: null,
  company: null,
  signals: [],
});
const addresses = (people: SightedPerson[]) =>
  orderPeople(people, own).map(({ index, side }) => `${people[index]?.clues[0]?.value.split('@')[0]} ${side}`);

describe('sideOf', () => {
  it.each([
    [['dana@brightforge.example'], 'customer'],
    [['maren@kestrel.example'], 'colleague'],
    [['Maren@EU.Kestrel.Example'], 'colleague'],
    [['maren@notkestrel.example'], 'customer'],
    [['sam.weir@mailbox.example'], 'colleague'],
    [['someone.else@mailbox.example'], 'customer'],
    [['sales@kestrel.example'], 'colleague'],
    [['info@brightforge.example'], 'shared'],
    [['no-reply@brightforge.example', 'info@brightforge.example'], 'shared'],
    [['info@brightforge.example', 'dana@brightforge.example'], 'customer'],
    [['info@brightforge.example', 'salesforce:contact:0035g00000DanOr'], 'customer'],
    [['hubspot:contact:5'], 'customer'],
  ] as const)('%j is a %s', (values, side) => expect(sideOf(person('sender', ...values), own)).toBe(side));
});

describe('orderPeople', () => {
  it('puts the compose’s recipients first, then the last sender, then others; shared mailboxes and colleagues last', () => {
    expect(
      addresses([
        person('sender', 'maren@kestrel.example'),
        person('participant', 'ines@brightforge.example'),
        person('sender', 'dana@brightforge.example'),
        person('recipient', 'info@brightforge.example'),
        person('sender', 'priya@brightforge.example'),
        person('recipient', 'tomas@brightforge.example'),
      ]),
    ).toEqual([
      ...['tomas customer', 'dana customer', 'priya customer', 'ines customer'],
      ...['info shared', 'maren colleague'],
    ]);
  });

  const anyone = fc.record({
    standing: fc.constantFrom('recipient' as const, 'subject' as const, 'sender' as const, 'participant' as const),
    email: fc.constantFrom('dana@a.example', 'info@a.example', 'maren@kestrel.example', 'no-reply@kestrel.example'),
  });
  const everybody = fc
    .array(anyone, { maxLength: 12 })
    .map((list) => list.map(({ standing, email }) => person(standing, email)));

  it('leaves nobody out and names nobody twice', () => {
    fc.assert(
      fc.property(everybody, (people) => {
        const indexes = orderPeople(people, own).map((each) => each.index);
        expect(indexes.toSorted((a, b) => a - b)).toEqual(people.map((_, index) => index));
      }),
    );
  });

  it('puts no colleague before a customer, and nobody before a nearer one of the same side', () => {
    const near = ['recipient', 'subject', 'sender', 'participant'];
    fc.assert(
      fc.property(everybody, (people) => {
        const ranks = orderPeople(people, own).map(
          ({ index, side }) =>
            ['customer', 'shared', 'colleague'].indexOf(side) * 10 + near.indexOf(people[index]?.standing ?? ''),
        );
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });
});
