import { FileRefusal } from './fault.ts';

const sampleSize = 65_536;

/** Beginnings of files that are no tables, and what to tell the person who sent one. */
const magics: readonly { bytes: readonly number[]; what: string; advice: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'a workbook or a zip archive',
    advice: 'Save the sheet as CSV, or unpack it, and send that.',
  },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook', advice: 'Save the sheet as CSV and send that.' },
  { bytes: [0x1f, 0x8b], what: 'a compressed file', advice: 'Unpack it and send what is in it.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture', advice: 'Send the table itself as CSV.' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG picture', advice: 'Send the table itself as CSV.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF', advice: 'Send the table itself as CSV.' },
];

/** How the text is written in bytes. `skip`: bytes of a mark at the beginning. */
interface Encoding {
  name: 'utf-8' | 'utf-16le' | 'utf-16be';
  skip: number;
}

/** Tells the encoding from the file's first bytes. Throws a `FileRefusal` when they are no text. */
export function detectEncoding(head: Uint8Array): Encoding {
  if (head.length === 0) throw new FileRefusal('The file is empty: there is nothing to import.');
  const magic = magics.find(({ bytes }) => bytes.every((byte, place) => head[place] === byte));
  if (magic) throw new FileRefusal(`This is ${magic.what}, not a table in text. ${magic.advice} Nothing was imported.`);
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', skip: 2 };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', skip: 3 };
  const zeros = [0, 0];
  head.forEach((byte, place) => {
    if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return { name: 'utf-8', skip: 0 };
  // Latin text in UTF-16 has a zero in every other byte, on one side only.
  if (odd > head.length * 0.3 && even < head.length * 0.02) return { name: 'utf-16le', skip: 0 };
  if (even > head.length * 0.3 && odd < head.length * 0.02) return { name: 'utf-16be', skip: 0 };
  throw new FileRefusal(
    'This file is not text: it looks like a program’s own format. Export the table as CSV and send that. Nothing was imported.',
  );
}

/** Text that begins like another kind of document is no table. Throws a `FileRefusal`. */
export function refuseDocuments(head: string): void {
  const start = head.trimStart();
  const found =
    (/^[[{]\s*["{[\]}]/.test(start) && 'JSON') || (/^<(!doctype|html|\?xml)/i.test(start) && 'a web page or XML');
  if (found)
    throw new FileRefusal(
      `This is ${found}, not a table. Export the table as CSV and send that. Nothing was imported.`,
    );
  if (start === '') throw new FileRefusal('The file holds nothing but blanks: there is nothing to import.');
}

/** Reads UTF-8; from the first byte that is none on, the rest is taken as Windows-1252, which any bytes are. */
class LenientDecoder {
  #utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #windows = new TextDecoder('windows-1252');
  /** Bytes of a character that the last chunk cut in two: the strict decoder does not give them back when it fails. */
  #cut = new Uint8Array();

  decode(chunk: Uint8Array): string {
    if (this.#utf8 === null) return this.#windows.decode(chunk, { stream: true });
    try {
      const text = this.#utf8.decode(chunk, { stream: true });
      this.#cut = cutCharacter(chunk.length < 4 ? concat(this.#cut, chunk) : chunk);
      return text;
    } catch {
      this.#utf8 = null;
      return this.#windows.decode(concat(this.#cut, chunk), { stream: true });
    }
  }

  end(): string {
    if (this.#utf8 === null) return this.#windows.decode();
    try {
      return this.#utf8.decode();
    } catch {
      return this.#windows.decode(this.#cut);
    }
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The bytes at the end that begin a character of UTF-8 and do not finish it. */
function cutCharacter(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  for (let back = 1; back <= Math.min(3, chunk.length); back += 1) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    // 110…, 1110… and 11110… begin characters of two, three and four bytes.
    const length = Math.clz32(~byte << 24);
    return length > back ? new Uint8Array(chunk.slice(chunk.length - back)) : new Uint8Array();
  }
  return new Uint8Array();
}

/** Turns text on as soon as enough of the file is there to know how it is written. */
class TextDetector {
  #head: Uint8Array<ArrayBuffer> = new Uint8Array();
  #decoder: Pick<LenientDecoder, 'decode' | 'end'> | null = null;

  /** The text so far, or '' while the encoding is not known yet. */
  push(chunk: Uint8Array): string {
    if (this.#decoder !== null) return this.#decoder.decode(chunk);
    this.#head = concat(this.#head, chunk);
    return this.#head.length < sampleSize ? '' : this.#begin().text;
  }

  /** What is left. Throws a `FileRefusal` when the file was short and no text. */
  end(): string {
    if (this.#decoder !== null) return this.#decoder.end();
    const { decoder, text } = this.#begin();
    return text + decoder.end();
  }

  #begin(): { decoder: Pick<LenientDecoder, 'decode' | 'end'>; text: string } {
    const encoding = detectEncoding(this.#head);
    const decoder = encoding.name === 'utf-8' ? new LenientDecoder() : createUtf16Decoder(encoding.name);
    const text = decoder.decode(this.#head.subarray(encoding.skip));
    refuseDocuments(text.slice(0, 1000));
    this.#decoder = decoder;
    this.#head = new Uint8Array();
    return { decoder, text };
  }
}

function createUtf16Decoder(name: string): Pick<LenientDecoder, 'decode' | 'end'> {
  const decoder = new TextDecoder(name);
  return { decode: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

/**
 * The file's bytes as text: UTF-8 or UTF-16 with or without a mark, else Windows-1252. Streams; holds the first 64 kB until it knows.
 * `onBytes` hears how many bytes were read so far. When the bytes break off, the text up to there comes before the error.
 * Throws a `FileRefusal` when the file is no text or another kind of document.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (read: number) => void,
): AsyncGenerator<string, void, undefined> {
  const detector = new TextDetector();
  const source = bytes[Symbol.asyncIterator]();
  let read = 0;
  let fault: unknown = null;
  try {
    for (;;) {
      const step = await source.next().catch((error: unknown) => {
        fault = error;
        return null;
      });
      if (step === null || step.done) break;
      read += step.value.length;
      onBytes(read);
      const text = detector.push(step.value);
      if (text !== '') yield text;
    }
  } finally {
    // Whoever stops early lets go of the file as well.
    await source.return?.();
  }
  if (fault !== null && read === 0) throw fault;
  yield detector.end();
  if (fault !== null) throw fault;
}
