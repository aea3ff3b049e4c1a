import { RowFault } from './fault.ts';

/** Header names are compared without case, blanks and signs: `First Responded Date`, `FirstRespondedDate` and `first_responded_date` are one. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Where a table's columns stand. Looked up by any of their names, so that each tool's wording is one line in a format. */
export class Columns {
  readonly names: readonly string[];
  readonly #places = new Map<string, number>();

  constructor(header: readonly string[]) {
    this.names = header.map((name) => name.trim());
    for (const [place, name] of this.names.entries()) {
      const folded = foldName(name);
      // The first of two columns with one name is read: exports put their own before what people added.
      if (folded !== '' && !this.#places.has(folded)) this.#places.set(folded, place);
    }
  }

  /** The place of the first of these names that the table has, or null. */
  find(names: readonly string[]): number | null {
    for (const name of names) {
      const place = this.#places.get(foldName(name));
      if (place !== undefined) return place;
    }
    return null;
  }

  /** True when the table has a column under one of these names. */
  has(...names: string[]): boolean {
    return this.find(names) !== null;
  }

  /** A reader of the column under the first of these names that the table has; of nothing when it has none. */
  bind(...names: string[]): Cell {
    const place = this.find(names);
    return new Cell(place, place === null ? (names[0] ?? '') : (this.names[place] ?? ''));
  }
}

/** Control characters, save tab and line breaks: nothing prints them, and PostgreSQL refuses NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** One column of a table: reads its cell from a row. Cells are text and stay text, whatever a spreadsheet would make of them. */
export class Cell {
  readonly column: string;
  readonly #place: number | null;

  constructor(place: number | null, column: string) {
    this.#place = place;
    this.column = column;
  }

  /** Whether the table has this column. */
  get isThere(): boolean {
    return this.#place !== null;
  }

  /** The cell's text, trimmed; null when it is blank or there is no such column. Throws a `RowFault` when it is longer than `longest` characters. */
  text(row: readonly string[], longest = 300): string | null {
    if (this.#place === null) return null;
    const text = (row[this.#place] ?? '').replace(controls, '').trim();
    if (text === '') return null;
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
