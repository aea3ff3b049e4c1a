import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountId, ContactId } from '#contract/ids.ts';
import { type LookupHit, resolveMatch } from './resolve.ts';

const hit = (
  via: LookupHit['via'],
  contact: string | null,
  account: string | null,
  value = 'x.example',
  kind: LookupHit['clue']['kind'] = 'email',
): LookupHit => ({
  via,
  clue: { kind, value },
  contactId: contact as ContactId | null,
  accountId: account as AccountId | null,
});

const anyHit = fc
  .record({
    via: fc.constantFrom('exact' as const, 'domain' as const),
    contact: fc.option(fc.constantFrom('c1', 'c2', 'c3')),
    account: fc.constantFrom('a1', 'a2'),
  })
  .map(({ via, contact, account }) =>
    via === 'exact' ? hit('exact', contact, account) : hit('domain', null, account, account, 'domain'),
  );

describe('resolveMatch', () => {
  it('one contact by any number of own identifiers is exact, by the first of them', () => {
    const match = resolveMatch([
      hit('exact', 'c1', 'a1', 'first'),
      hit('exact', 'c1', 'a1', 'second'),
      hit('domain', null, 'a2'),
    ]);
    expect(match).toEqual({
      sureness: 'exact',
      contactId: 'c1',
      accountId: 'a1',
      candidates: [],
      clue: { kind: 'email', value: 'first' },
    });
  });

  it('own identifiers of two contacts are a conflict for a person to settle', () => {
    const match = resolveMatch([hit('exact', 'c1', 'a1'), hit('exact', 'c2', 'a1')]);
    expect(match.sureness).toBe('several');
    expect(match.contactId).toBeNull();
    expect(match.candidates.map((candidate) => candidate.contactId)).toEqual(['c1', 'c2']);
  });

  it('a domain alone names the account, never a contact', () => {
    const match = resolveMatch([hit('domain', 'c9', 'a1', 'brightforge.example', 'domain')]);
    expect(match).toMatchObject({ sureness: 'domain', contactId: null, accountId: 'a1' });
  });

  it('the nearest domain wins over its parents', () => {
    const match = resolveMatch([
      hit('domain', null, 'a1', 'plant.lumenglass.example', 'domain'),
      hit('domain', null, 'a2', 'lumenglass.example', 'domain'),
    ]);
    expect(match).toMatchObject({ sureness: 'domain', accountId: 'a1' });
  });

  it('one domain of two accounts is a choice', () => {
    const match = resolveMatch([
      hit('domain', null, 'a1', 'x.example', 'domain'),
      hit('domain', null, 'a2', 'x.example', 'domain'),
    ]);
    expect(match).toMatchObject({ sureness: 'several', accountId: null });
  });

  it('a company record is exact by its own identifier', () => {
    expect(resolveMatch([hit('exact', null, 'a1', 'salesforce:account:x', 'crm')])).toMatchObject({
      sureness: 'exact',
      contactId: null,
      accountId: 'a1',
    });
  });

  it('nothing found is nobody', () => expect(resolveMatch([])).toMatchObject({ sureness: 'none', clue: null }));

  it('never names a contact that two exact hits dispute, and never one that only a domain found', () => {
    fc.assert(
      fc.property(fc.array(anyHit, { maxLength: 8 }), (hits) => {
        const match = resolveMatch(hits);
        const named = new Set(hits.filter((one) => one.via === 'exact').flatMap((one) => one.contactId ?? []));
        expect(match.contactId).toBe(named.size === 1 ? [...named][0] : null);
        expect(match.sureness === 'several').toBe(match.candidates.length > 1);
        expect(match.sureness === 'none').toBe(hits.length === 0);
      }),
    );
  });

  it('a hit found again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(anyHit, { maxLength: 6 }),
        (hits) => void expect(resolveMatch([...hits, ...hits])).toEqual(resolveMatch(hits)),
      ),
    );
  });
});
