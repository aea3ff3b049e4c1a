import type { Row } from './read-rows.ts';

const quote = 34;
const lf = 10;
const cr = 13;
const unknown = -2;

/** Control characters that stand between rows and cells once they are set aside: no cell keeps them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const reserved = /[\u001e\u001f]/g;

/**
 * Splits text into rows and cells, as RFC 4180 has it and tools write it: a quoted cell may hold separators, line breaks and doubled quotes; a quote inside a
 * cell that does not begin with one is text; a row may have any number of cells; lines end with \n or \r\n (or with \r alone, where the first one does).
 * Text comes in pieces cut anywhere. Rows that are blank, or hold only blanks, are left out.
 */
export class RowSplitter {
  readonly #separator: string;
  readonly #separatorCode: number;
  #breakText: '\n' | '\r' | null = null;
  #text = '';
  #at = 0;
  #line: number;
  /** Where the next quote and the next line break stand; -1: there is none. Looked for anew when passed. */
  #nextQuote = unknown;
  #nextBreak = unknown;

  constructor(separator: string, firstLine: number) {
    this.#separator = separator;
    this.#separatorCode = separator.charCodeAt(0);
    this.#line = firstLine;
  }

  /** The line where what is not finished yet begins. */
  get line(): number {
    return this.#line;
  }

  /** How many characters wait for the rest of their row. */
  get pending(): number {
    return Math.max(0, this.#text.length - this.#at);
  }

  /** The rows that this piece completes. */
  push(piece: string): Row[] {
    const clean = piece.includes('\u001e') || piece.includes('\u001f') ? piece.replace(reserved, '') : piece;
    this.#text = this.#text.slice(this.#at) + clean;
    this.#at = 0;
    this.#nextQuote = unknown;
    this.#nextBreak = unknown;
    this.#breakText ??= findBreakText(this.#text);
    return this.#breakText === null ? [] : this.#split(false);
  }

  /** The last row. When its quotes are not closed there is none, and `pending` says so. */
  end(): Row[] {
    this.#breakText ??= this.#text.includes('\r') ? '\r' : '\n';
    this.#nextBreak = unknown;
    return this.#split(true);
  }

  #split(isEnd: boolean): Row[] {
    const rows: Row[] = [];
    while (this.#at < this.#text.length) {
      const row = this.#readRow(isEnd);
      if (row === null) break;
      if (!isBlank(row.cells)) rows.push(row);
    }
    return rows;
  }

  #findQuote(from: number): number {
    if (this.#nextQuote !== -1 && this.#nextQuote < from) this.#nextQuote = this.#text.indexOf('"', from);
    return this.#nextQuote;
  }

  #findBreak(from: number): number {
    if (this.#nextBreak !== -1 && this.#nextBreak < from)
      this.#nextBreak = this.#text.indexOf(this.#breakText ?? '\n', from);
    return this.#nextBreak;
  }

  /** The row that begins here; null: its end has not come yet. */
  #readRow(isEnd: boolean): Row | null {
    const text = this.#text;
    const lineEnd = this.#findBreak(this.#at);
    if (lineEnd === -1 && !isEnd) return null;
    const end = lineEnd === -1 ? text.length : lineEnd;
    const nextQuote = this.#findQuote(this.#at);
    if (nextQuote !== -1 && nextQuote < end) return this.#readQuoted(isEnd);
    const cut = end > this.#at && text.charCodeAt(end - 1) === cr ? end - 1 : end;
    const row = { line: this.#line, cells: text.slice(this.#at, cut).split(this.#separator) };
    this.#at = end + 1;
    this.#line += 1;
    return row;
  }

  #readQuoted(isEnd: boolean): Row | null {
    const cells: string[] = [];
    const row = { line: this.#line, cells };
    let at = this.#at;
    let breaks = 0;
    for (;;) {
      const cell = this.#text.charCodeAt(at) === quote ? this.#readCell(at, isEnd) : this.#readPlain(at, at, '', isEnd);
      if (cell === null) return null;
      cells.push(cell.value);
      breaks += cell.breaks;
      at = cell.end + 1;
      if (!cell.isLast) continue;
      this.#at = at;
      this.#line += 1 + breaks;
      return row;
    }
  }

  /** A cell that begins with a quote. */
  #readCell(start: number, isEnd: boolean): Cell | null {
    const text = this.#text;
    let close = text.indexOf('"', start + 1);
    let isDoubled = false;
    while (close !== -1 && text.charCodeAt(close + 1) === quote) {
      isDoubled = true;
      close = text.indexOf('"', close + 2);
    }
    if (close === -1 || (close + 1 >= text.length && !isEnd)) return null;
    const inner = text.slice(start + 1, close);
    const value = isDoubled ? inner.replaceAll('""', '"') : inner;
    const breaks = countBreaks(inner);
    const after = text.charCodeAt(close + 1);
    if (after === this.#separatorCode) return { value, breaks, end: close + 1, isLast: false };
    if (close + 1 >= text.length) return { value, breaks, end: close + 1, isLast: true };
    const lineEnd = this.#lineEndAt(close + 1, after);
    if (lineEnd !== -1) return { value, breaks, end: lineEnd, isLast: true };
    if (after === cr && close + 2 >= text.length && !isEnd) return null;
    // The quote did not close the cell after all: it is text, as the one before it.
    const rest = this.#readPlain(close + 1, close + 1, `"${value}"`, isEnd);
    return rest && { ...rest, breaks: rest.breaks + breaks };
  }

  /** Where a line ends here, whose last character it is; -1: it does not. */
  #lineEndAt(at: number, code: number): number {
    if (this.#breakText === '\r') return code === cr ? at : -1;
    if (code === lf) return at;
    return code === cr && this.#text.charCodeAt(at + 1) === lf ? at + 1 : -1;
  }

  /** A cell's text up to the next separator or the line's end, behind what of it was read already. */
  #readPlain(start: number, from: number, before: string, isEnd: boolean): Cell | null {
    const text = this.#text;
    const lineEnd = this.#findBreak(from);
    if (lineEnd === -1 && !isEnd) return null;
    const stop = lineEnd === -1 ? text.length : lineEnd;
    const separator = text.indexOf(this.#separator, from);
    if (separator !== -1 && separator < stop)
      return { value: before + text.slice(start, separator), breaks: 0, end: separator, isLast: false };
    const cut = stop > start && text.charCodeAt(stop - 1) === cr ? stop - 1 : stop;
    return { value: before + text.slice(start, cut), breaks: 0, end: stop, isLast: true };
  }
}

/** `end`: where the sign stands that ends it. `isLast`: that is the line's end. `breaks`: line breaks inside. */
interface Cell {
  value: string;
  breaks: number;
  end: number;
  isLast: boolean;
}

/** How the first line ends; null: that cannot be told yet. */
function findBreakText(text: string): '\n' | '\r' | null {
  const at = text.search(/[\r\n]/);
  if (at === -1 || (text[at] === '\r' && at === text.length - 1)) return null;
  return text[at] === '\r' && text[at + 1] !== '\n' ? '\r' : '\n';
}

function countBreaks(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 0;
  return text.split(/\r\n|\r|\n/).length - 1;
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}
