import type { Cells } from './cells.ts';
import { RowFault } from './fault.ts';
import { createReading, type Reading } from './reading.ts';

/** Header names are compared without case, blanks and signs: `First Responded Date`, `FirstRespondedDate` and `first_responded_date` are one. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Where a cell comes from: a place in the row, or the same text in every row. `column` is the header as it stands in the file. */
export interface Origin {
  column: string;
  place: number | null;
  constant?: string;
}

/** Where a table's columns stand. Looked up by any of their names, so that each tool's wording is one line in a format. */
export class Columns {
  readonly names: readonly string[];
  /** How the table's dates and times are read. */
  readonly reading: Reading;
  readonly #origins = new Map<string, Origin>();
  #tracked = new Set<number>();
  readonly #blank: string | null;

  constructor(header: readonly string[], reading: Reading = createReading(), blank: string | null = null) {
    this.names = header.map((name) => name.trim());
    this.reading = reading;
    this.#blank = blank;
    // The first of two columns with one name is read: exports put their own before what people added.
    for (const [place, column] of this.names.entries()) this.#place(column, { column, place });
  }

  #place(name: string, origin: Origin): void {
    const folded = foldName(name);
    if (folded !== '' && !this.#origins.has(folded)) this.#origins.set(folded, origin);
  }

  /** The same table, its dates and times read in another way. */
  readBy(reading: Reading): Columns {
    return new Columns(this.names, reading);
  }

  /** The same table, in which a cell with this word is a blank one: some tools write `null`. */
  readBlank(word: string): Columns {
    return new Columns(this.names, this.reading, word);
  }

  /** The same table under other names, and under these alone. */
  rename(origins: Iterable<readonly [name: string, origin: Origin]>): Columns {
    const renamed = new Columns([], this.reading);
    for (const [name, origin] of origins) renamed.#place(name, origin);
    return renamed;
  }

  /** Where the first of these names that the table has stands, or null. */
  find(names: readonly string[]): Origin | null {
    for (const name of names) {
      const origin = this.#origins.get(foldName(name));
      if (origin !== undefined) return origin;
    }
    return null;
  }

  /** True when the table has a column under one of these names. */
  has(...names: string[]): boolean {
    return this.find(names) !== null;
  }

  /** A reader of the column under the first of these names that the table has; of nothing when it has none. */
  bind(...names: string[]): Cell {
    const origin = this.find(names) ?? { column: names[0] ?? '', place: null };
    if (origin.place !== null) this.#tracked.add(origin.place);
    return new Cell(origin, this.reading, this.#blank);
  }

  /** What `bind` makes, and the places in a row that it can read from. */
  track<T>(bind: () => T): { bound: T; places: number[] } {
    const outer = this.#tracked;
    this.#tracked = new Set();
    const bound = bind();
    const places = [...this.#tracked];
    this.#tracked = new Set([...outer, ...places]);
    return { bound, places };
  }
}

/** Control characters, save tab and line breaks: nothing prints them, and PostgreSQL refuses NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

const longestPlain = 64;

/** Whether a short text is printable ASCII and neither begins nor ends with a blank, as most cells do. */
function isPlain(text: string): boolean {
  const { length } = text;
  if (length > longestPlain) return false;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 || code > 126 || (code === 32 && (at === 0 || at === length - 1))) return false;
  }
  return true;
}

/** One column of a table: reads its cell from a row. Cells are text and stay text, whatever a spreadsheet would make of them. */
export class Cell {
  readonly column: string;
  readonly reading: Reading;
  readonly #place: number | null;
  readonly #constant: string | null;
  readonly #blank: string | null;

  constructor(origin: Origin, reading: Reading = createReading(), blank: string | null = null) {
    this.column = origin.column;
    this.reading = reading;
    this.#place = origin.place;
    this.#constant = origin.constant ?? null;
    this.#blank = blank;
  }

  /** Whether the table has this column. */
  get isThere(): boolean {
    return this.#place !== null || this.#constant !== null;
  }

  /** The cell's text, trimmed; null when it is blank or there is no such column. Throws a `RowFault` when it is longer than `longest` characters. */
  text(row: Cells, longest = 300): string | null {
    if (this.#place === null) return this.#constant;
    const cell = row.at(this.#place) ?? '';
    const text = isPlain(cell) ? cell : cell.replace(controls, '').trim();
    if (text === '' || text === this.#blank) return null;
    if (text.length > longest)
      throw this.fault(`The text is longer than ${longest.toLocaleString('en-US')} characters.`);
    return text;
  }

  fault(reason: string): RowFault {
    return new RowFault(this.column, reason);
  }
}

/** A cell's text as a message quotes it: one line, shortened. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
