import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames, isSameCompany } from './similar-name.ts';

describe('compareNames', () => {
  it.each([
    ['Dana Ortiz', 'Dana Ortiz', 'same'],
    ['Dana Ortiz', 'ORTIZ, Dana', 'same'],
    ['Zoë Muñoz', 'Zoe Munoz', 'same'],
    ['Dr. Dana Ortiz, MBA', 'Dana Ortiz', 'same'],
    ['Dana Ortiz', 'Dana Ortiz Vega', 'same'],
    ['Dana M. Ortiz', 'Dana Ortiz', 'same'],
    ['Siobhan O’Neill', "Siobhan O'Neill", 'same'],
    ['李 明', '明 李', 'same'],
    ['王小明', '王小明', 'same'],
    ['Dana O.', 'Dana Ortiz', 'similar'],
    ['D. Ortiz', 'Dana Ortiz', 'similar'],
    ['Dana', 'Dana Ortiz', null],
    ['D. O.', 'Dana Ortiz', null],
    ['Dana Ortiz', 'Ines Ortiz', null],
    ['Dana Ortiz', 'Dana Ortega', null],
    ['Dana O.', 'Dana Vega', null],
    ['', '', null],
    [null, 'Dana Ortiz', null],
    ['Dr.', 'Dr.', null],
  ] as const)('%j and %j are %s', (left, right, expected) => expect(compareNames(left, right)).toBe(expected));

  const name = fc
    .array(fc.constantFrom('Dana', 'Ortiz', 'O.', 'D', 'Vega', 'Dr.', 'Zoë'), { maxLength: 4 })
    .map((words) => words.join(' '));

  it('says the same whichever way round it is asked', () => {
    fc.assert(fc.property(name, name, (a, b) => void expect(compareNames(a, b)).toBe(compareNames(b, a))));
  });

  it('never goes by initials alone, nor by one word of two', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        if (compareNames(a, b) === null) return;
        const words = (text: string) =>
          text
            .toLowerCase()
            .split(/\W+/u)
            .filter((each) => each.length > 1);
        expect(words(a).some((each) => words(b).includes(each))).toBe(true);
      }),
    );
  });
});

describe('isSameCompany', () => {
  it.each([
    ['Brightforge', 'Brightforge GmbH', true],
    ['Brightforge, S.A.', 'BRIGHTFORGE', true],
    ['Brightforge', 'Brightforge Iberia', true],
    ['Österreichische Präzisionswerke', 'Osterreichische Prazisionswerke AG', true],
    ['Forge', 'Brightforge', false],
    ['Harrow Textiles', 'Harrow Tools', false],
    ['The Company', 'The Company', true],
    ['', 'Brightforge', false],
    [null, null, false],
  ] as const)('%j and %j: %s', (left, right, expected) => expect(isSameCompany(left, right)).toBe(expected));
});
