import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainSuffixes, normalizeDomain, toAsciiHost } from './domain.ts';

describe('domainSuffixes', () => {
  it('walks from the longest down to two labels', () => {
    expect(domainSuffixes('a.b.acme.co.uk')).toEqual(['a.b.acme.co.uk', 'b.acme.co.uk', 'acme.co.uk', 'co.uk']);
    expect(domainSuffixes('acme.example')).toEqual(['acme.example']);
    expect(domainSuffixes('localhost')).toEqual([]);
  });

  it('gives only suffixes at a label boundary, each shorter than the one before', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const walk = domainSuffixes(domain);
        expect(walk[0]).toBe(domain);
        for (const suffix of walk) expect(`.${domain}`.endsWith(`.${suffix}`)).toBe(true);
        expect(new Set(walk).size).toBe(walk.length);
      }),
    );
  });
});

describe('toAsciiHost', () => {
  const piece = fc.constantFrom(
    'acme',
    'a',
    'a-b',
    'ab--cd',
    '7',
    '0x1f',
    'xn--a',
    'xn--bcher-kva',
    '-a',
    'a-',
    'a_b',
    '',
  );
  const names = fc.oneof(
    fc.domain(),
    fc.array(piece, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
  );

  it('knows a plain name without parsing it, and says of it what the parser says', () => {
    fc.assert(
      fc.property(names, (name) => {
        // In capitals it is parsed.
        expect(toAsciiHost(name.toLowerCase())).toBe(toAsciiHost(name.toUpperCase()));
      }),
      { numRuns: 500 },
    );
  });
});

describe('normalizeDomain', () => {
  it.each([
    ['https://www.Brightforge.example/about?x=1', 'brightforge.example'],
    ['WWW.brightforge.example', 'brightforge.example'],
    ['brightforge.example:8443', 'brightforge.example'],
    ['@brightforge.example', 'brightforge.example'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['www.example', 'www.example'],
  ])('reads %j as %j', (raw, expected) => expect(normalizeDomain(raw)).toBe(expected));

  it.each(['', 'localhost', 'http://127.0.0.1/', 'Bright forge', '[::1]'])('finds no domain in %j', (raw) =>
    expect(normalizeDomain(raw)).toBeNull(),
  );

  it('gives its own answer back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.webUrl(), fc.string()), (raw) => {
        const once = normalizeDomain(raw);
        if (once !== null) expect(normalizeDomain(once)).toBe(once);
      }),
    );
  });
});
