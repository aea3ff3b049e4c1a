import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, safeLink, splitLinks } from './inert-text.ts';

describe('typed text', () => {
  test('characters that turn or hide text are taken out, joiners and newlines stay', () => {
    expect(cleanText('pay\u202Eexe.\u202Cpdf\u200B\u0007')).toBe('payexe.pdf');
    expect(cleanText('one\ntwo\tthree 👩‍🔧')).toBe('one\ntwo\tthree 👩‍🔧');
  });

  test('only https addresses become links, and a full stop after one is not part of it', () => {
    expect(splitLinks('See https://kestrel.example/a. Not javascript:alert(1) nor http://kestrel.example')).toEqual([
      { text: 'See ', href: null },
      { text: 'https://kestrel.example/a', href: 'https://kestrel.example/a' },
      { text: '. Not javascript:alert(1) nor http://kestrel.example', href: null },
    ]);
  });

  test('an address that hides its host behind a user name is not a link', () => {
    expect(safeLink('https://bank.example@evil.example/')).toBeNull();
    expect(splitLinks('https://bank.example@evil.example/')).toEqual([
      { text: 'https://bank.example@evil.example/', href: null },
    ]);
  });

  test('splitting loses no visible character, and every link is https', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parts = splitLinks(`${text} https://a.example/x`);
        expect(parts.map((part) => part.text).join('')).toBe(cleanText(`${text} https://a.example/x`));
        for (const part of parts) if (part.href !== null) expect(part.href.startsWith('https://')).toBe(true);
      }),
    );
  });
});
