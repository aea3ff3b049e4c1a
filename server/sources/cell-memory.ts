import { type BlockRow, cellEnd } from './cells.ts';

/** What stands for free in the table. */
const none = -1;

/**
 * Values by the bytes of some of a row's cells: a table of hashes whose keys lie side by side in one stretch of memory, since what a look costs is the memory
 * that it has to fetch. Only grows.
 */
class CellTable<T> {
  readonly #places: readonly number[];
  readonly #values: T[] = [];
  #slots = new Int32Array(1024).fill(none);
  #hashes = new Int32Array(512);
  #froms = new Int32Array(512);
  #keys = Buffer.allocUnsafeSlow(65_536);
  #used = 0;

  constructor(places: readonly number[]) {
    this.#places = places;
  }

  get size(): number {
    return this.#values.length;
  }

  get bytes(): number {
    return this.#used;
  }

  find(row: BlockRow, hash: number): T | undefined {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? none;
      if (entry === none) return undefined;
      if (this.#hashes[entry] === hash && this.#isKey(row, this.#froms[entry] ?? 0)) return this.#values[entry];
    }
  }

  add(row: BlockRow, hash: number, value: T): void {
    const entry = this.#values.length;
    if (entry >= this.#hashes.length) this.#grow();
    this.#hashes[entry] = hash;
    this.#froms[entry] = this.#keep(row);
    this.#values.push(value);
    this.#enter(entry, hash);
  }

  #isKey(row: BlockRow, from: number): boolean {
    const { bytes, starts } = row;
    const keys = this.#keys;
    let at = from;
    for (const place of this.#places) {
      if (place < row.length) {
        const end = (starts[place + 1] ?? 0) - 1;
        for (let each = starts[place] ?? 0; each < end; each += 1, at += 1) if (bytes[each] !== keys[at]) return false;
      }
      if (keys[at] !== cellEnd) return false;
      at += 1;
    }
    return true;
  }

  /** Answers where the key begins. */
  #keep(row: BlockRow): number {
    const from = this.#used;
    for (const place of this.#places) {
      const isThere = place < row.length;
      const start = isThere ? (row.starts[place] ?? 0) : 0;
      const end = isThere ? (row.starts[place + 1] ?? 0) - 1 : 0;
      if (this.#used + end - start + 1 > this.#keys.length) {
        const larger = Buffer.allocUnsafeSlow((this.#keys.length + end - start) * 2);
        this.#keys.copy(larger, 0, 0, this.#used);
        this.#keys = larger;
      }
      row.bytes.copy(this.#keys, this.#used, start, end);
      this.#used += end - start;
      this.#keys[this.#used] = cellEnd;
      this.#used += 1;
    }
    return from;
  }

  #enter(entry: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== none) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }

  #grow(): void {
    const double = (numbers: Int32Array) => {
      const larger = new Int32Array(numbers.length * 2);
      larger.set(numbers);
      return larger;
    };
    const { length } = this.#hashes;
    this.#hashes = double(this.#hashes);
    this.#froms = double(this.#froms);
    this.#slots = new Int32Array(this.#slots.length * 2).fill(none);
    for (let entry = 0; entry < length; entry += 1) this.#enter(entry, this.#hashes[entry] ?? 0);
  }
}

/** So many values, or keys of so many bytes, are remembered twice over: of those not asked for since so many others came, the older half goes. */
const mostKept = 100_000;
const mostBytes = 16 * 1024 * 1024;

/** Values by the bytes of some of a row's cells, of which it forgets those that were not asked for lately. */
export class CellMemory<T> {
  readonly #places: readonly number[];
  #young: CellTable<T>;
  #old: CellTable<T>;

  constructor(places: readonly number[]) {
    this.#places = places;
    this.#young = new CellTable(places);
    this.#old = this.#young;
  }

  /** The value that these cells had before; else the one that `read` makes of them, which is kept. */
  recall(row: BlockRow, read: (row: BlockRow) => T): T {
    const hash = this.#hash(row);
    const known = this.#young.find(row, hash);
    if (known !== undefined) return known;
    const value = this.#old.find(row, hash) ?? read(row);
    if (this.#young.size >= mostKept || this.#young.bytes >= mostBytes) {
      this.#old = this.#young;
      this.#young = new CellTable(this.#places);
    }
    this.#young.add(row, hash, value);
    return value;
  }

  #hash(row: BlockRow): number {
    const { bytes, starts } = row;
    let hash = 0x811c9dc5 | 0;
    for (const place of this.#places) {
      if (place < row.length) {
        const end = (starts[place + 1] ?? 0) - 1;
        for (let at = starts[place] ?? 0; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
      }
      hash = Math.imul(hash ^ cellEnd, 0x01000193);
    }
    return hash ^ (hash >>> 15);
  }
}
