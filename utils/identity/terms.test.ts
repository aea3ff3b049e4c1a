import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clue } from '#contract/sighting.ts';
import { importKey, keyOf } from './hash.ts';
import { lookupProbes, lookupTerms } from './terms.ts';

const person = (clues: Clue[], isCompany = false) => ({ clues, isCompany });
const words = (clues: Clue[], isCompany = false) =>
  lookupProbes(person(clues, isCompany)).map(({ via, clue }) => `${via} ${clue.kind} ${clue.value}`);

const clue: fc.Arbitrary<Clue> = fc.oneof(
  fc.emailAddress().map((value): Clue => ({ kind: 'email', value })),
  fc.domain().map((value): Clue => ({ kind: 'domain', value })),
  fc.stringMatching(/^[a-z-]{3,20}$/).map((value): Clue => ({ kind: 'linkedin', value })),
  fc
    .constantFrom('salesforce:contact:0035g00000DanOr', 'salesforce:account:0015g00000BrFrg')
    .map((value): Clue => ({ kind: 'crm', value })),
  fc.string({ minLength: 1, maxLength: 40 }).map((value): Clue => ({ kind: 'email', value })),
);

describe('lookupProbes', () => {
  it('asks for the person first, then for the company, the nearest domain first', () => {
    expect(
      words([
        { kind: 'email', value: 'Mina@Plant.LumenGlass.example' },
        { kind: 'linkedin', value: '/in/Mina-Castell/' },
        { kind: 'crm', value: 'salesforce:contact:0035g00000MinCa' },
        { kind: 'crm', value: 'salesforce:account:0015g00000LmGls' },
      ]),
    ).toEqual([
      'exact crm salesforce:contact:0035g00000MinCaAAJ',
      'exact email mina@plant.lumenglass.example',
      'exact linkedin mina-castell',
      'untagged email mina@plant.lumenglass.example',
      'domain crm salesforce:account:0015g00000LmGlsAAF',
      'domain domain plant.lumenglass.example',
      'domain domain lumenglass.example',
    ]);
  });

  it('takes a company record’s own identifiers as exact', () => {
    expect(
      words(
        [
          { kind: 'domain', value: 'https://www.brightforge.example' },
          { kind: 'crm', value: 'salesforce:account:0015g00000BrFrg' },
        ],
        true,
      ),
    ).toEqual(['exact crm salesforce:account:0015g00000BrFrgAAF', 'exact domain brightforge.example']);
  });

  it('asks for nothing twice, and never takes a company’s identifier for a person’s own', () => {
    fc.assert(
      fc.property(fc.array(clue, { maxLength: 8 }), (clues) => {
        const asked = words(clues);
        const keys = lookupProbes(person(clues)).map(({ as, clue }) => `${as} ${clue.value}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(asked.filter((word) => /^exact (domain|linkedinCompany|crm salesforce:account)/.test(word))).toEqual([]);
        const trust = asked.map((word) => ['exact', 'untagged', 'domain'].indexOf(word.split(' ')[0] ?? ''));
        expect(trust).toEqual(trust.toSorted());
      }),
    );
  });

  it('asks for an address without its tag only after the address itself', () => {
    expect(words([{ kind: 'email', value: 'mina+fair@lumenglass.example' }])).toEqual([
      'exact email mina+fair@lumenglass.example',
      'untagged email mina@lumenglass.example',
      'untagged email mina@lumenglass.example',
      'domain domain lumenglass.example',
    ]);
  });

  it('takes a record of a home-made CRM for whatever its page shows', () => {
    const clue: Clue = { kind: 'crm', value: 'northwind:card:7' };
    expect(words([clue])).toEqual(words([clue], true));
    expect(words([clue])).toEqual(['exact crm northwind:card:7']);
  });

  it('drops a clue that is none of its kind', () =>
    expect(words([{ kind: 'email', value: 'not an address' }])).toEqual([]));
});

it('each term carries the key of its normalised clue', async () => {
  const hashKey = await importKey('k1', new Uint8Array(32).fill(7));
  const terms = await lookupTerms(person([{ kind: 'email', value: 'DANA@brightforge.example' }]), hashKey);
  expect(terms.map((term) => term.key)).toEqual([
    await keyOf(hashKey, 'email', 'dana@brightforge.example'),
    await keyOf(hashKey, 'untagged', 'dana@brightforge.example'),
    await keyOf(hashKey, 'domain', 'brightforge.example'),
  ]);
});
