import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, type EncodingName } from './decode-text.ts';

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(bytes: Uint8Array, size: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of decodeText(cut(bytes, size), () => undefined)) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** How a text was read, once it is to its end. */
async function nameEncoding(bytes: AsyncIterable<Uint8Array>): Promise<EncodingName | null> {
  let named: EncodingName | null = null;
  const parts = decodeText(
    bytes,
    () => undefined,
    (name) => {
      named = name;
    },
  );
  for await (const _ of parts);
  return named;
}

const long = 'name;größe;Łódź;東京;😀\n'.repeat(4000);
const sizes = fc.integer({ min: 500, max: 70_000 });

describe('text', () => {
  test.each(['utf8', 'utf16le'] as const)(
    'in %s comes through whole, wherever its chunks are cut',
    async (encoding) => {
      const mark = encoding === 'utf8' ? [] : [0xff, 0xfe];
      const bytes = new Uint8Array([...mark, ...Buffer.from(long, encoding)]);
      await fc.assert(
        fc.asyncProperty(sizes, async (size) => {
          expect(await read(bytes, size)).toBe(long);
        }),
        { numRuns: 25 },
      );
    },
  );

  test.each([
    ['UTF-8', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 BE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('with a mark in %s comes through without it', async (_name, encode) => {
    // Behind a mark a quoted name would no longer begin with its quote.
    const text = '"Name, given",Email\nZoë,z@b.example\n';
    expect(await read(encode(text), 7000)).toBe(text);
  });

  test('in UTF-16 of either order is told without a mark as well', async () => {
    const text = 'Name,Email\nZoë,z@b.example\n';
    expect(await read(Buffer.from(text, 'utf16le'), 7000)).toBe(text);
    expect(await read(Buffer.from(text, 'utf16le').swap16(), 7000)).toBe(text);
  });

  test('is named as it is read, wherever its chunks are cut and however late a sign tells', async () => {
    const late = `${'plain,text\n'.repeat(9000)}Zoë,Größe\n`;
    for (const size of [101, 7000]) {
      expect(await nameEncoding(cut(Buffer.from(late), size))).toBe('utf-8');
      expect(await nameEncoding(cut(Buffer.from(late, 'latin1'), size))).toBe('windows-1252');
      expect(await nameEncoding(cut(Buffer.from(`\uFEFF${late}`, 'utf16le'), size))).toBe('utf-16le');
    }
  });

  test('in Windows-1252 comes through whole, also when its first special sign is late and a chunk ends in it', async () => {
    const text = `${'plain,text\n'.repeat(9000)}Zoë,Größe,€ 5\n`;
    const bytes = Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        expect(await read(bytes, size)).toBe(text);
      }),
      { numRuns: 25 },
    );
    const at = bytes.indexOf(0xeb) + 1;
    expect(await read(bytes, at)).toBe(text);
  });

  test('that breaks off is given out up to there, then the error comes', async () => {
    async function* breaking() {
      yield new TextEncoder().encode('a,b\n1,2\n');
      throw new Error('the line is dead');
    }
    let text = '';
    const reading = (async () => {
      for await (const part of decodeText(breaking(), () => undefined)) text += Buffer.from(part).toString();
    })();
    await expect(reading).rejects.toThrow('the line is dead');
    expect(text).toBe('a,b\n1,2\n');
  });
});
