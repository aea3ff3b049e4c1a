import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './text.ts';

describe('cleanText', () => {
  const pieces = fc.array(
    fc.constantFrom('a', 'Nora', ' ', '  ', '\t', '\n', '\u200f', '\u200d', '\u00a0', 'é', '😀', '\u0007', '~'),
  );

  it('gives one line of at most so many characters, without controls and direction marks, and leaves that as it is', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 12 }), (parts, limit) => {
        const text = cleanText(parts.join(''), limit);
        if (text === null) return;
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/[\p{Cc}\u00a0\u200f]| {2}/u);
        expect([...text].length).toBeLessThanOrEqual(limit);
        expect(cleanText(text, limit)).toBe(text);
      }),
    );
  });

  it('says of a plain text what it says of the same with a mark behind it that is left out', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 12 }), (parts, limit) => {
        expect(cleanText(parts.join(''), limit)).toBe(cleanText(`${parts.join('')}\u200f`, limit));
      }),
    );
  });

  it.each([null, undefined, '', ' \n', '\u200f'])('finds nothing in %j', (raw) => expect(cleanText(raw)).toBeNull());
});
