import { cellEnd, rowEnd } from './cells.ts';

const quote = 34;
const lf = 10;
const cr = 13;
const blank = 32;
const firstBeyondAscii = 128;
const betweenCells = String.fromCharCode(cellEnd);

/** Rows in the form in which they are set aside (see `BlockRow`), one behind the other. */
export interface RowPiece {
  rows: number;
  /** UTF-8. */
  bytes: Buffer;
}

/** A piece ends with the row that makes it so large: nobody downstream has to cut it. */
const mostRows = 1000;
const mostBytes = 262_144;

/**
 * Splits a table into rows and cells where it stands, in its bytes (UTF-8), as RFC 4180 has it and tools write it: a quoted cell may hold separators, line breaks
 * and doubled quotes; a quote inside a cell that does not begin with one is text; a row may have any number of cells; lines end with \n or \r\n (or with \r alone,
 * where the first one does). Bytes come in pieces cut anywhere. Rows that are blank, or hold only blanks, are left out. No text is made of any cell: a million
 * rows have fourteen million of them.
 */
export class RowSplitter {
  readonly #separator: number;
  #lineEnd: typeof lf | typeof cr | null = null;
  #room = Buffer.allocUnsafeSlow(mostBytes);
  /** What came in and is not split yet, from `#at` on: in `#room`. */
  #bytes: Buffer = this.#room.subarray(0, 0);
  #at = 0;
  #line: number;
  /** What will be given out. */
  #out = Buffer.allocUnsafeSlow(mostBytes * 2);
  #end = 0;
  #rows = 0;
  /** Line breaks inside the cells of the row that is read. */
  #breaks = 0;

  /** `separator`: one sign of ASCII. */
  constructor(separator: string, firstLine: number) {
    this.#separator = separator.charCodeAt(0);
    this.#line = firstLine;
  }

  /** The line where what is not finished yet begins. */
  get line(): number {
    return this.#line;
  }

  /** How many bytes wait for the rest of their row. */
  get pending(): number {
    return Math.max(0, this.#bytes.length - this.#at);
  }

  /** Whether what waits holds a quotation mark. */
  get isQuoted(): boolean {
    return this.#bytes.indexOf(quote, this.#at) !== -1;
  }

  /** The rows that these bytes complete. To be walked to the end; then nothing of the bytes is held. */
  *push(bytes: Uint8Array): Generator<RowPiece> {
    this.#take(withoutSigns(bytes));
    this.#lineEnd ??= findLineEnd(this.#bytes);
    if (this.#lineEnd !== null) yield* this.#split(false);
  }

  /** The last rows. When quotes are not closed they are none, and `pending` says so. */
  *end(): Generator<RowPiece> {
    this.#lineEnd ??= this.#bytes.includes(cr) ? cr : lf;
    yield* this.#split(true);
  }

  /** Puts bytes behind those that wait for them. */
  #take(bytes: Buffer): void {
    const { pending } = this;
    const length = pending + bytes.length;
    const room = length <= this.#room.length ? this.#room : Buffer.allocUnsafeSlow(length * 2);
    this.#bytes.copy(room, 0, this.#at);
    bytes.copy(room, pending);
    this.#room = room;
    this.#bytes = room.subarray(0, length);
    this.#at = 0;
  }

  *#split(isEnd: boolean): Generator<RowPiece> {
    while (this.#at < this.#bytes.length) {
      if (!this.#readRow(isEnd)) break;
      if (this.#rows >= mostRows || this.#end >= mostBytes) yield this.#giveOut();
    }
    if (this.#rows > 0) yield this.#giveOut();
  }

  #giveOut(): RowPiece {
    const piece = { rows: this.#rows, bytes: Buffer.from(this.#out.subarray(0, this.#end)) };
    this.#end = 0;
    this.#rows = 0;
    return piece;
  }

  /** Writes the row that begins here. False: its end has not come yet. */
  #readRow(isEnd: boolean): boolean {
    const begin = this.#end;
    this.#makeRoom();
    this.#writeLine();
    const first = this.#end;
    this.#breaks = 0;
    let at = this.#at;
    let isLast = false;
    while (!isLast) {
      const next = this.#bytes[at] === quote ? this.#readQuoted(at, isEnd) : this.#readPlain(at, isEnd);
      if (next === null) {
        this.#end = begin;
        return false;
      }
      at = Math.abs(next);
      isLast = next < 0;
      this.#out[this.#end] = isLast ? rowEnd : cellEnd;
      this.#end += 1;
    }
    if (isBlank(this.#out, first, this.#end)) this.#end = begin;
    else this.#rows += 1;
    this.#at = at;
    this.#line += 1 + this.#breaks;
    return true;
  }

  /** A row takes no more room than it has, save for its line: a quote that is text stands for itself. */
  #makeRoom(): void {
    const needed = this.#end + this.pending + 32;
    if (needed <= this.#out.length) return;
    const larger = Buffer.allocUnsafeSlow(needed * 2);
    this.#out.copy(larger, 0, 0, this.#end);
    this.#out = larger;
  }

  #writeLine(): void {
    this.#end += this.#out.write(String(this.#line), this.#end, 'latin1');
    this.#out[this.#end] = cellEnd;
    this.#end += 1;
  }

  /** Copies a cell's bytes up to the next separator or the line's end. Answers where the next cell begins, or, as a negative number, the next row; null: its end has not come yet. */
  #readPlain(start: number, isEnd: boolean): number | null {
    const bytes = this.#bytes;
    const out = this.#out;
    const separator = this.#separator;
    const lineEnd = this.#lineEnd;
    const { length } = bytes;
    let end = this.#end;
    let at = start;
    for (; at < length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === separator) {
        this.#end = end;
        return at + 1;
      }
      if (byte === lineEnd) break;
      out[end] = byte;
      end += 1;
    }
    if (at >= length && !isEnd) return null;
    this.#end = at > start && bytes[at - 1] === cr ? end - 1 : end;
    return -(at + 1);
  }

  /** The same of a cell that begins with a quote. */
  #readQuoted(start: number, isEnd: boolean): number | null {
    const bytes = this.#bytes;
    const first = this.#end;
    const close = this.#copyQuoted(start + 1);
    const after = close + 1;
    if (close >= bytes.length || (after >= bytes.length && !isEnd)) return null;
    if (bytes[after] === this.#separator) return after + 1;
    if (after >= bytes.length || bytes[after] === this.#lineEnd) return -(after + 1);
    if (bytes[after] === cr && this.#lineEnd === lf) {
      if (bytes[after + 1] === lf) return -(after + 2);
      if (after + 1 >= bytes.length && !isEnd) return null;
    }
    // The quote did not close the cell after all: it is text, as the one before it.
    this.#out.copyWithin(first + 1, first, this.#end);
    this.#out[first] = quote;
    this.#out[this.#end + 1] = quote;
    this.#end += 2;
    return this.#readPlain(after, isEnd);
  }

  /** Copies what stands between quotes. Answers where the closing one stands; behind all bytes: there is none yet. */
  #copyQuoted(start: number): number {
    const bytes = this.#bytes;
    const out = this.#out;
    const { length } = bytes;
    let end = this.#end;
    let breaks = 0;
    let at = start;
    for (; at < length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) {
        if (bytes[at + 1] !== quote) break;
        at += 1;
      } else if (byte === lf ? bytes[at - 1] !== cr : byte === cr) breaks += 1;
      out[end] = byte;
      end += 1;
    }
    this.#end = end;
    this.#breaks += breaks;
    return at;
  }
}

/** Without the control characters that stand between rows and cells once they are set aside: no cell keeps them. */
function withoutSigns(bytes: Uint8Array): Buffer {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return all.includes(cellEnd) || all.includes(rowEnd)
    ? Buffer.from(all.filter((byte) => byte !== cellEnd && byte !== rowEnd))
    : all;
}

/** How the first line ends; null: that cannot be told yet. */
function findLineEnd(bytes: Buffer): typeof lf | typeof cr | null {
  const at = bytes.findIndex((byte) => byte === lf || byte === cr);
  if (at === -1 || (bytes[at] === cr && at === bytes.length - 1)) return null;
  return bytes[at] === cr && bytes[at + 1] !== lf ? cr : lf;
}

/** Whether cells hold nothing but blanks. */
function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= firstBeyondAscii)
      return bytes
        .toString('utf8', at, to - 1)
        .split(betweenCells)
        .every((cell) => cell.trim() === '');
    if (byte > blank) return false;
    // Control characters are no blanks, save those that separate.
    if (byte < 9 || (byte > cr && byte < rowEnd)) return false;
  }
  return true;
}
