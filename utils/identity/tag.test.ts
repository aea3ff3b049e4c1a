import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeEmail } from './email.ts';
import { listIndexTerms, listTagProbes, untagEmail } from './tag.ts';

describe('untagEmail', () => {
  it.each([
    ['dana+webinar@brightforge.example', 'dana@brightforge.example'],
    ['dana+a+b@brightforge.example', 'dana@brightforge.example'],
    ['dana+@brightforge.example', 'dana@brightforge.example'],
  ])('takes the tag off %j', (tagged, bare) => expect(untagEmail(tagged)).toBe(bare));

  it.each([
    'dana@brightforge.example',
    '+dana@brightforge.example',
    '"dana+x y"@brightforge.example',
    '"a@b+c"@d.example',
  ])('finds no tag in %j', (email) => expect(untagEmail(email)).toBeNull());
});

/** Addresses of few people with few tags, so that many pairs meet. */
const address = fc
  .tuple(fc.constantFrom('dana', 'priya', '"dana ortiz"'), fc.constantFrom('', '+', '+a', '+b', '+a+b'))
  .map(([local, tag]) => normalizeEmail(`${local}${tag}@brightforge.example`))
  .filter((each) => each !== null);

describe('store and device agree about tags', () => {
  const indexed = (email: string) =>
    listIndexTerms({ kind: 'email', value: email }).map((each) => JSON.stringify(each));
  const bare = (email: string) => untagEmail(email) ?? email;

  it('two addresses that differ in their tag alone meet by the weaker question, and no others do', () => {
    fc.assert(
      fc.property(address, address, (onPage, inStore) => {
        const weak = listTagProbes(onPage).some((probe) => indexed(inStore).includes(JSON.stringify(probe)));
        expect(weak && onPage !== inStore).toBe(onPage !== inStore && bare(onPage) === bare(inStore));
      }),
    );
  });

  it('an address is entered as itself, first', () => {
    fc.assert(
      fc.property(address, (email) => {
        expect(listIndexTerms({ kind: 'email', value: email })[0]).toEqual({ kind: 'email', value: email });
      }),
    );
  });

  it('the weaker questions never ask for the address itself as an address', () => {
    fc.assert(
      fc.property(address, (email) => {
        expect(listTagProbes(email)).not.toContainEqual({ kind: 'email', value: email });
      }),
    );
  });
});

it('only addresses have tags', () =>
  expect(listIndexTerms({ kind: 'linkedin', value: 'dana+ortiz' })).toEqual([
    { kind: 'linkedin', value: 'dana+ortiz' },
  ]));
