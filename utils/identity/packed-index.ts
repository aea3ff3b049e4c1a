import type { IdentifierKey } from '#contract/ids.ts';

/**
 * One shard of an index as it is searched: 48-bit prefixes in ascending order, and beside each the number of the bundle it leads to.
 * A prefix stands once for each of its bundles. Two different keys may share a prefix: who finds one confirms it by the whole key.
 */
export interface IndexShard {
  prefixes: Float64Array;
  numbers: Uint32Array;
}

/** One entry of an index. `prefix`: 48 bits, as a whole number. */
export interface IndexEntry {
  prefix: number;
  number: number;
}

const byteOf48 = 2 ** 40;

/** The first 48 bits of a key's hash. The key's id is no part of it: an index holds keys of one id alone. */
export function prefixOfKey(key: IdentifierKey): number {
  const hash = key.slice(key.indexOf(':') + 1);
  const bytes = atob(hash.slice(0, 8).replaceAll('-', '+').replaceAll('_', '/'));
  let prefix = 0;
  for (let at = 0; at < 6; at++) prefix = prefix * 256 + bytes.charCodeAt(at);
  return prefix;
}

/** The last 48 bits of an id: of a UUID ordered by time the first ones hardly differ. */
export function prefixOfId(id: string): number {
  return Number.parseInt(id.slice(-12), 16);
}

/** Which shard a prefix belongs to: its first byte, 0 to 255. */
export function shardOfPrefix(prefix: number): number {
  return Math.floor(prefix / byteOf48);
}

/** Writes a whole number of at most 48 bits, seven bits a byte, the lowest first. Answers where it ended. */
function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  let end = at;
  while (rest >= 128) {
    bytes[end++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[end++] = rest;
  return end;
}

/** Packs the entries of one shard: sorted, each as the difference from the one before and its number. The same entries give the same bytes in any order. */
export function packShard(entries: readonly IndexEntry[]): Uint8Array<ArrayBuffer> {
  const sorted = [...entries].sort((a, b) => a.prefix - b.prefix || a.number - b.number);
  const bytes = new Uint8Array(5 + sorted.length * 12);
  let end = writeNumber(bytes, 0, sorted.length);
  let before = 0;
  for (const { prefix, number } of sorted) {
    end = writeNumber(bytes, end, prefix - before);
    end = writeNumber(bytes, end, number);
    before = prefix;
  }
  return bytes.slice(0, end);
}

/** Unpacks a shard to be searched. An empty one is no bytes, or the number 0. Throws `RangeError` when the bytes are not a shard's. */
export function unpackShard(bytes: Uint8Array): IndexShard {
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let weight = 1; weight < 2 ** 50; weight *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('A shard of the index is cut off.');
      value += (byte % 128) * weight;
      if (byte < 128) return value;
    }
    throw new RangeError('A shard of the index holds a number that is too long.');
  };
  const count = bytes.length === 0 ? 0 : read();
  if (count > bytes.length) throw new RangeError('A shard of the index is shorter than it says.');
  const shard = { prefixes: new Float64Array(count), numbers: new Uint32Array(count) };
  let prefix = 0;
  for (let index = 0; index < count; index++) {
    prefix += read();
    shard.prefixes[index] = prefix;
    shard.numbers[index] = read();
  }
  if (at !== bytes.length) throw new RangeError('A shard of the index goes on after its end.');
  return shard;
}

/** The numbers of the bundles a prefix leads to, ascending; empty when it leads nowhere. By halving. */
export function findNumbers({ prefixes, numbers }: IndexShard, prefix: number): number[] {
  let low = 0;
  let high = prefixes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((prefixes[middle] ?? 0) < prefix) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let at = low; prefixes[at] === prefix; at++) found.push(numbers[at] ?? 0);
  return found;
}
