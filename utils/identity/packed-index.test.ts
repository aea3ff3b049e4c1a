import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IdentifierKey } from '#contract/ids.ts';
import { findNumbers, packShard, prefixOfId, prefixOfKey, shardOfPrefix, unpackShard } from './packed-index.ts';
import { findWord, packWords, shardOfWord, unpackWords } from './packed-words.ts';

const entry = fc.record({ prefix: fc.nat(2 ** 31).map((n) => n * 1000), number: fc.nat(2 ** 32 - 1) });
const word = fc.stringMatching(/^[a-zéß0-9]{1,6}$/);

describe('a packed index', () => {
  test('finds exactly what was packed, whatever the order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (each) => `${each.prefix}/${each.number}` }), (entries) => {
        const bytes = packShard(entries);
        expect(packShard([...entries].reverse())).toEqual(bytes);
        const shard = unpackShard(bytes);
        for (const { prefix } of entries) {
          const numbers = entries.filter((each) => each.prefix === prefix).map((each) => each.number);
          expect(findNumbers(shard, prefix)).toEqual(numbers.sort((a, b) => a - b));
          if (!entries.some((each) => each.prefix === prefix + 1)) expect(findNumbers(shard, prefix + 1)).toEqual([]);
        }
      }),
    );
  });

  test('holds the highest prefix and number there are', () => {
    const highest = { prefix: 2 ** 48 - 1, number: 2 ** 32 - 1 };
    expect(findNumbers(unpackShard(packShard([highest])), highest.prefix)).toEqual([highest.number]);
    expect(shardOfPrefix(highest.prefix)).toBe(255);
  });

  test('refuses bytes that are cut off, go on, or are something else', () => {
    const bytes = packShard([
      { prefix: 5, number: 1 },
      { prefix: 2 ** 47, number: 70_000 },
    ]);
    for (let length = 1; length < bytes.length; length++)
      expect(() => unpackShard(bytes.subarray(0, length))).toThrow(RangeError);
    expect(() => unpackShard(new Uint8Array([...bytes, 0]))).toThrow(RangeError);
    expect(() => unpackShard(new TextEncoder().encode('<html>the Wi-Fi of a hotel</html>'))).toThrow(RangeError);
    expect(unpackShard(new Uint8Array())).toEqual(unpackShard(packShard([])));
  });

  test('takes the first 48 bits of a key, and the last of an id', () => {
    expect(prefixOfKey(`k1:AQIDBAUG${'-'.repeat(35)}` as IdentifierKey)).toBe(0x01_02_03_04_05_06);
    expect(prefixOfKey(`k1:-_${'A'.repeat(41)}` as IdentifierKey)).toBe(0xfb_f0_00_00_00_00);
    expect(prefixOfId('018f0000-0000-7000-8000-00a1b2c3d4e5')).toBe(0x00_a1_b2_c3_d4_e5);
  });
});

describe('a packed index of words', () => {
  test('finds exactly the bundles of a word, and of a beginning', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.nat(100_000))), word, (pairs, other) => {
        const words = new Map<string, number[]>();
        for (const [each, number] of pairs) words.set(each, [...(words.get(each) ?? []), number]);
        const shard = unpackWords(packWords(words));
        const ask = (isHit: (each: string) => boolean) =>
          [...new Set(pairs.filter(([each]) => isHit(each)).map(([, number]) => number))].sort((a, b) => a - b);
        for (const wanted of [other, ...words.keys()]) {
          expect(findWord(shard, wanted, false)).toEqual(ask((each) => each === wanted));
          expect(findWord(shard, wanted, true)).toEqual(ask((each) => each.startsWith(wanted)));
        }
      }),
    );
  });

  test('keeps what begins alike in one shard', () => {
    expect(shardOfWord('brightforge')).toBe(shardOfWord('b'));
    expect(() => unpackWords('brightforge')).toThrow(RangeError);
    expect(() => unpackWords('brightforge 1\n\nother 2')).toThrow(RangeError);
  });
});
