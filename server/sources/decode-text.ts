import { isUtf8 } from 'node:buffer';
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

/** How a text is read. */
export type EncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How the text is written in bytes. `skip`: bytes of a mark at the beginning. */
interface Encoding {
  name: Exclude<EncodingName, 'windows-1252'>;
  skip: number;
}

/** Tells the encoding from the file's first bytes. Throws a `FileRefusal` when they are no text. */
function detectEncoding(head: Uint8Array): Encoding {
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

/** Turns the file's bytes into UTF-8, piece by piece. */
interface Recoder {
  /** As the bytes so far are read; null: nobody knows yet. */
  readonly name: EncodingName | null;
  recode(piece: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

const nothing = new Uint8Array();

/** Lets UTF-8 pass as it is; from the first byte that is none on, the rest is taken as Windows-1252, which any bytes are. */
class LenientRecoder implements Recoder {
  #windows: Recoder | null = null;
  /** Bytes of a character that the last piece cut in two. */
  #cut: Uint8Array = nothing;

  get name(): EncodingName {
    return this.#windows === null ? 'utf-8' : 'windows-1252';
  }

  recode(piece: Uint8Array): Uint8Array {
    if (this.#windows !== null) return this.#windows.recode(piece);
    const all = this.#cut.length === 0 ? piece : concat(this.#cut, piece);
    const whole = all.subarray(0, all.length - countCut(all));
    if (!isUtf8(whole)) {
      this.#windows = createRecoder('windows-1252');
      return this.#windows.recode(all);
    }
    this.#cut = all.slice(whole.length);
    return whole;
  }

  end(): Uint8Array {
    return this.#windows?.end() ?? createRecoder('windows-1252').recode(this.#cut);
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** How many bytes at the end begin a character of UTF-8 and do not finish it. */
function countCut(piece: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, piece.length); back += 1) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    // 110…, 1110… and 11110… begin characters of two, three and four bytes.
    return Math.clz32(~byte << 24) > back ? back : 0;
  }
  return 0;
}

function createRecoder(name: Exclude<EncodingName, 'utf-8'>): Recoder {
  const decoder = new TextDecoder(name);
  return {
    name,
    recode: (piece) => Buffer.from(decoder.decode(piece, { stream: true })),
    end: () => Buffer.from(decoder.decode()),
  };
}

/** Turns bytes on as soon as enough of the file is there to know how it is written. */
class TextDetector implements Recoder {
  #head: Uint8Array = nothing;
  #recoder: Recoder | null = null;

  get name(): EncodingName | null {
    return this.#recoder?.name ?? null;
  }

  /** Nothing while the encoding is not known yet. */
  recode(piece: Uint8Array): Uint8Array {
    if (this.#recoder !== null) return this.#recoder.recode(piece);
    this.#head = concat(this.#head, piece);
    return this.#head.length < sampleSize ? nothing : this.#begin().bytes;
  }

  /** What is left. Throws a `FileRefusal` when the file was short and no text. */
  end(): Uint8Array {
    if (this.#recoder !== null) return this.#recoder.end();
    const { recoder, bytes } = this.#begin();
    return concat(bytes, recoder.end());
  }

  #begin(): { recoder: Recoder; bytes: Uint8Array } {
    const encoding = detectEncoding(this.#head);
    const recoder = encoding.name === 'utf-8' ? new LenientRecoder() : createRecoder(encoding.name);
    const bytes = recoder.recode(this.#head.subarray(encoding.skip));
    refuseDocuments(Buffer.from(bytes.subarray(0, 1000)).toString());
    this.#recoder = recoder;
    this.#head = nothing;
    return { recoder, bytes };
  }
}

/**
 * The file's text as bytes of UTF-8: it is in UTF-8 or UTF-16 with or without a mark, else in Windows-1252. Streams; holds the first 64 kB until it knows.
 * `onBytes` hears how many bytes were read so far, `onEncoding` how they are read. When the bytes break off, the text up to there comes before the error.
 * Throws a `FileRefusal` when the file is no text or another kind of document.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (read: number) => void,
  onEncoding: (name: EncodingName) => void = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const detector = new TextDetector();
  const tellEncoding = () => detector.name !== null && onEncoding(detector.name);
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
      const piece = detector.recode(step.value);
      tellEncoding();
      if (piece.length > 0) yield piece;
    }
  } finally {
    // Whoever stops early lets go of the file as well.
    await source.return?.();
  }
  if (fault !== null && read === 0) throw fault;
  const last = detector.end();
  tellEncoding();
  yield last;
  if (fault !== null) throw fault;
}
