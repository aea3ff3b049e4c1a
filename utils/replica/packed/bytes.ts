import { toBase64Url } from '../../identity/hash.ts';
import { BrokenCopy } from './broken-copy.ts';

/** The SHA-256 of these bytes as the head of a packed snapshot names it: base64url. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** The text in a gzip section; an empty section is an empty text. Throws `BrokenCopy` when it is not gzip. */
export async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes.length === 0) return '';
  try {
    return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  } catch (cause) {
    throw new BrokenCopy('A section of the copy cannot be unpacked.', { cause });
  }
}

/** The same text as a gzip section. */
export async function zip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A stream of bytes, taken in pieces of wanted lengths. */
export interface Cutter {
  /** The next so many bytes; null when the stream ends before. */
  take(length: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Lets go of the stream. */
  stop(): Promise<void>;
}

/** Cuts a stream into pieces. `heard` is told of each chunk that comes. */
export function createCutter(body: ReadableStream<Uint8Array<ArrayBuffer>>, heard: () => void): Cutter {
  const reader = body.getReader();
  let rest = new Uint8Array();
  return {
    async take(length) {
      const piece = new Uint8Array(length);
      for (let filled = 0; ; ) {
        const part = rest.subarray(0, length - filled);
        piece.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
        if (filled === length) return piece;
        const { done, value } = await reader.read();
        if (done) return null;
        heard();
        rest = value;
      }
    },
    stop: () => reader.cancel().catch(() => undefined),
  };
}
