import { expect, it } from 'vitest';
import { splitShownContact, withoutTaxNumber } from './shown-name.ts';

it.each([
  ['Pennant Works, Nora Whitfield', 'Pennant Works', 'Nora Whitfield'],
  ['Tarnfield, Inc., Ilse de la Marrow', 'Tarnfield, Inc.', 'Ilse de la Marrow'],
  ["Þór ehf., Ásta O'Dea-Løw", 'Þór ehf.', "Ásta O'Dea-Løw"],
])('a contact shown with its company is told apart from it: %s', (text, company, name) => {
  expect(splitShownContact(text)).toEqual({ company, name });
});

it.each([
  'Nora Whitfield',
  'Tarnfield, Inc.',
  'Tarnfield, S.A. de C.V.',
  'Tarnfield, 12 Mill Lane',
  ', Nora Whitfield',
])('what may be one name with a comma in it stays whole: %s', (text) =>
  expect(splitShownContact(text)).toEqual({ company: null, name: text }),
);

it('a tax number behind a company is no part of its name, a dash in a name is', () => {
  expect(withoutTaxNumber('Pennant Works ‒ NL12345678B01')).toBe('Pennant Works');
  expect(withoutTaxNumber('Pennant ‒ Works of Tarn')).toBe('Pennant ‒ Works of Tarn');
  expect(withoutTaxNumber('Pennant Works, Ltd - NL12345678B01')).toBe('Pennant Works, Ltd');
  for (const name of ['Pennant - 1234', 'Pennant - WORKS', 'Pennant - NL1234', 'Pennant - Nl12345678'])
    expect(withoutTaxNumber(name)).toBe(name);
});
