import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersonMatch } from '#contract/card.ts';
import { match } from '../../../test/fixtures/panel-states/data.ts';
import { arrangePeople, stepPerson } from './people-rows.ts';

const row = (index: number, side: PersonMatch['side'] = 'customer'): PersonMatch => ({
  ...match(index, null, `${side}${index}@brightforge.example`),
  side,
});
const indexes = (rows: PersonMatch[]) => rows.map((each) => each.index);
const some = fc
  .array(fc.constantFrom('customer' as const, 'shared' as const, 'colleague' as const), { maxLength: 12 })
  .map((sides) => sides.map((side, index) => row(index, side)));

describe('the switcher’s rows', () => {
  test('five customers stand open, the rest behind "more", colleagues and shared mailboxes folded', () => {
    const people = [0, 1, 2, 3, 4, 5, 6].map((index) => row(index));
    const rows = arrangePeople([...people, row(7, 'shared'), row(8, 'colleague')], 0);
    expect(indexes(rows.open)).toEqual([0, 1, 2, 3, 4]);
    expect(indexes(rows.more)).toEqual([5, 6]);
    expect(indexes(rows.folded)).toEqual([7, 8]);
  });

  test('a shared mailbox stands open where no customer does', () => {
    expect(indexes(arrangePeople([row(0, 'shared'), row(1, 'colleague')], 0).open)).toEqual([0]);
  });

  test('whoever the card is about stands open, and everybody is in one place', () => {
    fc.assert(
      fc.property(some, fc.nat(11), (people, selected) => {
        const { open, more, folded } = arrangePeople(people, selected);
        expect(indexes([...open, ...more, ...folded]).toSorted((a, b) => a - b)).toEqual(indexes(people));
        expect(indexes(open).includes(selected)).toBe(selected < people.length);
        expect(indexes(open)).toEqual(indexes(open).toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('one key to the next person', () => {
  const rows = [row(3), row(0), row(5)];

  test('goes down and up, and round', () => {
    expect([stepPerson(rows, 3, 1)?.index, stepPerson(rows, 5, 1)?.index]).toEqual([0, 3]);
    expect([stepPerson(rows, 0, -1)?.index, stepPerson(rows, 3, -1)?.index]).toEqual([3, 5]);
  });

  test('begins with the first when the card is about nobody in view', () =>
    expect(stepPerson(rows, null, 1)?.index).toBe(3));

  test('does nothing where nobody else is', () => {
    expect(stepPerson([row(3)], 3, 1)).toBeNull();
    expect(stepPerson([], null, 1)).toBeNull();
  });

  test('comes to everybody once before it is back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), (count) => {
        const all = Array.from({ length: count }, (_, index) => row(index));
        const met = all.reduce<number[]>((seen) => [...seen, stepPerson(all, seen.at(-1) ?? 0, 1)?.index ?? -1], []);
        expect(met.toSorted()).toEqual(indexes(all));
      }),
    );
  });
});
