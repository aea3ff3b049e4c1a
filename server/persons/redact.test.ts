import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namesOf, redact } from './redact.ts';

const dana = { name: 'Dana Ortiz', identifiers: [{ value: 'dana@brightforge.example' }] };

test('a person’s name and identifiers go, whatever their case, and the rest stays', () => {
  expect(redact('DANA ORTIZ (dana@brightforge.example) wants a pilot.', namesOf(dana, false))).toBe(
    '[erased] ([erased]) wants a pilot.',
  );
});

test('in a text about the person alone their first and last names go as well', () => {
  expect(redact('Dana’s team waits; ask Ortiz.', namesOf(dana, true))).toBe('[erased]’s team waits; ask [erased].');
  expect(redact('Dana’s team waits.', namesOf(dana, false))).toBe('Dana’s team waits.');
});

test('what only contains a name stays: another word, another person’s address', () => {
  expect(redact('Danada and Jordana; indanax@x.example', namesOf(dana, true))).toBe(
    'Danada and Jordana; indanax@x.example',
  );
});

test('a name of one or two letters is looked for nowhere', () => {
  expect(namesOf({ name: 'Li', identifiers: [] }, true)).toEqual([]);
});

test('whatever the name, it is gone afterwards, and going over it again changes nothing', () => {
  const name = fc.string({ minLength: 3, maxLength: 20, unit: 'grapheme' }).filter((text) => text.trim().length >= 3);
  fc.assert(
    fc.property(name, (each) => {
      const words = namesOf({ name: each, identifiers: [] }, false);
      const once = redact(`said ${each.trim()} today`, words);
      expect(redact(once, words)).toBe(once);
      if (/^[\p{L}\p{N}]+$/u.test(each.trim()) && !'said erased today'.includes(each.trim().toLowerCase()))
        expect(once).not.toContain(each.trim());
    }),
  );
});
