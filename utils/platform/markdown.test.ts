import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkdown } from './markdown.ts';

describe('typed text in Markdown', () => {
  test.each([
    ['# Heading', '\\# Heading'],
    ['- item', '\\- item'],
    ['1. first', '1\\. first'],
    ['1) first', '1\\) first'],
    ['[a](javascript:alert(1))', '\\[a\\](javascript\\:alert(1\\)\\)'],
    ['![x](https://evil.example/a.png)', '\\!\\[x\\](https\\://evil\\.example/a\\.png\\)'],
    ['<img src=x onerror=alert(1)>', '&lt;img src\\=x onerror\\=alert(1\\)\\>'],
    ['https://evil.example', 'https\\://evil\\.example'],
    ['www.evil.example', 'www\\.evil\\.example'],
    ['@everyone', '\\@everyone'],
    ['a | b', 'a \\| b'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['*b* _i_ ~s~ `c`', '\\*b\\* \\_i\\_ \\~s\\~ \\`c\\`'],
    ['\u202egro.live', 'gro\\.live'],
    ['zero\u200bwidth', 'zerowidth'],
    ['one\n\n# two\u2028three', 'one \\# two three'],
    ['back\\slash', 'back\\\\slash'],
    ["It's 5 % more, why?", "It's 5 % more, why?"],
  ])('%j stands as %j', (typed, written) => expect(escapeMarkdown(typed)).toBe(written));

  test('is one line, in which nothing that could be markup stands bare', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const written = escapeMarkdown(typed);
        expect(written).not.toMatch(/[\n\r\u2028\u2029\u202a-\u202e<]/u);
        expect(written.replace(/\\[!-/:-@[-`{-~]|&lt;|&amp;/g, '')).not.toMatch(/[!#&)*+\-.:<=>@[\\\]^_`{|}~]/);
      }),
    );
  });
});
