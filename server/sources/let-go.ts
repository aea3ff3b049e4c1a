/** Shorter pieces may stand with others in one stretch of memory. */
const shortest = 16_384;

/**
 * Gives the memory of bytes back at once that nobody will read any more. Left to itself, the engine goes through all of its objects to find what of a file is
 * read, several times a second while one comes quickly: requests wait for that, and an import does a tenth of its work for it.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer.byteLength === byteLength) letGoWhole({ buffer });
}

/** The same of bytes that fill a part of a memory which they share with no others. */
export function letGoWhole({ buffer }: Pick<Uint8Array, 'buffer'>): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= shortest) buffer.transfer(0);
}
