import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountId, ContactId, IdentifierKey, MemberId } from '#contract/ids.ts';
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
  link: null,
});
const chosenBy = (member: string, one: LookupHit): LookupHit => ({
  ...one,
  link: { key: 'k1:x' as IdentifierKey, memberId: member as MemberId, by: member, at: '2026-11-12T09:00:00.000Z' },
});

const anyHit = fc
  .record({
    via: fc.constantFrom('exact' as const, 'untagged' as const, 'domain' as const),
    isChosen: fc.boolean(),
    contact: fc.option(fc.constantFrom('c1', 'c2', 'c3')),
    account: fc.constantFrom('a1', 'a2'),
  })
  .map(({ via, contact, account, isChosen }) => {
    if (via === 'domain') return hit('domain', null, account, account, 'domain');
    const found = hit(via, via === 'untagged' ? (contact ?? 'c1') : contact, account);
    return via === 'exact' && isChosen && contact !== null ? chosenBy('Lena Hart', found) : found;
  });

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
      link: null,
    });
  });

  it('what a member chose settles what identifiers dispute, and says who chose', () => {
    const match = resolveMatch([hit('exact', 'c1', 'a1'), chosenBy('Lena Hart', hit('exact', 'c2', 'a1', 'chosen'))]);
    expect(match).toMatchObject({ sureness: 'chosen', contactId: 'c2', link: { by: 'Lena Hart' } });
    expect(match.clue?.value).toBe('chosen');
  });

  it('choices of two people for one are for a person to settle', () => {
    const hits = [chosenBy('Lena Hart', hit('exact', 'c1', 'a1')), chosenBy('Sam Weir', hit('exact', 'c2', 'a1'))];
    expect(resolveMatch(hits)).toMatchObject({ sureness: 'several', contactId: null });
  });

  it('an address but for its tag names a contact, less surely than their own and more than a domain', () => {
    const weak = hit('untagged', 'c1', 'a1', 'dana@x.example');
    expect(resolveMatch([weak, hit('domain', null, 'a2')])).toMatchObject({ sureness: 'untagged', contactId: 'c1' });
    expect(resolveMatch([hit('exact', 'c2', 'a1'), weak])).toMatchObject({ sureness: 'exact', contactId: 'c2' });
  });

  it('one address with two tags of two contacts is a choice', () => {
    const match = resolveMatch([hit('untagged', 'c1', 'a1'), hit('untagged', 'c2', 'a1')]);
    expect(match).toMatchObject({ sureness: 'several', contactId: null });
  });

  it('own identifiers of two contacts are a conflict for a person to settle', () => {
    const match = resolveMatch([hit('exact', 'c1', 'a1', 'record', 'crm'), hit('exact', 'c2', 'a1', 'address')]);
    expect(match.sureness).toBe('several');
    expect(match.contactId).toBeNull();
    expect(match.candidates.map((candidate) => candidate.contactId)).toEqual(['c1', 'c2']);
    expect(match.candidates.map(({ clue }) => clue)).toEqual([
      { kind: 'crm', value: 'record' },
      { kind: 'email', value: 'address' },
    ]);
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

  it('names a contact only when nothing as sure names another, and never one that only a domain found', () => {
    fc.assert(
      fc.property(fc.array(anyHit, { maxLength: 8 }), (hits) => {
        const match = resolveMatch(hits);
        const ways: ((one: LookupHit) => boolean)[] = [
          (one) => one.link !== null,
          (one) => one.via === 'exact',
          (one) => one.via === 'untagged' && !hits.some((other) => other.via === 'exact'),
        ];
        const named = ways.map((way) => new Set(hits.filter(way).flatMap((one) => one.contactId ?? [])));
        const surest = named.find((ids) => ids.size > 0) ?? new Set();
        expect(match.contactId).toBe(surest.size === 1 ? [...surest][0] : null);
        expect(match.link !== null).toBe(match.sureness === 'chosen');
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
