/** A row's cells as text: a list of texts, or a `BlockRow`. */
export interface Cells {
  readonly length: number;
  /** Undefined: the row has no such cell. */
  at(place: number): string | undefined;
}

/** What stands between cells and between rows that are set aside: control characters that no cell keeps when it is read (`RowSplitter`). */
export const cellEnd = 0x1f;
export const rowEnd = 0x1e;

/**
 * Walks the rows of a block where they stand, in its bytes: each row is the line in the file where it begins, then its cells. A cell becomes a text only when it
 * is asked for: most of them are known from earlier rows by their bytes alone (`remember`). What was read of a row holds until `next`.
 */
export class BlockRow implements Cells {
  /** UTF-8. */
  readonly bytes: Buffer;
  /** Where the cells begin; behind the last, one past where the row ends. */
  starts = new Int32Array(64);
  length = 0;
  line = 0;
  #at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Moves on to the next row. False: there is none. */
  next(): boolean {
    const { bytes } = this;
    if (this.#at >= bytes.length) return false;
    let at = this.#at;
    let line = 0;
    for (; bytes[at] !== cellEnd; at += 1) line = line * 10 + (bytes[at] ?? 0) - 48;
    this.line = line;
    at += 1;
    this.starts[0] = at;
    let cells = 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte > cellEnd || (byte !== cellEnd && byte !== rowEnd)) continue;
      if (byte === rowEnd) break;
      cells += 1;
      if (cells + 1 >= this.starts.length) this.#grow();
      this.starts[cells] = at + 1;
    }
    this.length = cells + 1;
    this.starts[this.length] = at + 1;
    this.#at = at + 1;
    return true;
  }

  at(place: number): string | undefined {
    if (place >= this.length) return undefined;
    const from = this.starts[place] ?? 0;
    const to = (this.starts[place + 1] ?? 0) - 1;
    return from === to ? '' : this.bytes.toString('utf8', from, to);
  }

  /** All cells as texts. */
  list(): string[] {
    return Array.from({ length: this.length }, (_, place) => this.at(place) ?? '');
  }

  /** The rows behind this one. */
  get rest(): Buffer {
    return this.bytes.subarray(this.#at);
  }

  #grow(): void {
    const larger = new Int32Array(this.starts.length * 2);
    larger.set(this.starts);
    this.starts = larger;
  }
}
