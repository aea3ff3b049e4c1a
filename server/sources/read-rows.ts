import { BlockRow } from './cells.ts';
import { Columns } from './columns.ts';
import { FileRefusal } from './fault.ts';
import { type RowPiece, RowSplitter } from './split-rows.ts';

const mostColumns = 1000;
const longestRow = 1_000_000;

/** One row of a table. `line` is the line in the file where it begins; the header is line 1. */
export interface Row {
  line: number;
  cells: string[];
}

/** A table whose header was read. Its rows come in pieces, and can be walked once; blank rows are left out. */
export interface Table {
  columns: Columns;
  /** The sign between its cells. */
  separator: string;
  pieces: AsyncIterable<RowPiece>;
}

/** The separator that the header uses most: comma, semicolon, tab or bar. Those inside quotes do not count. */
export function detectSeparator(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/** Excel writes `sep=;` as a line of its own before the header. */
const separatorLine = /^sep=([\t -~])\r?\n/i;

function explainBreak(splitter: RowSplitter): FileRefusal {
  const isLong = splitter.pending > longestRow;
  const isOpen = 'a quotation mark opens there and is never closed';
  const what = isLong
    ? `its row is longer than 1,000,000 bytes${splitter.isQuoted ? `, most likely because ${isOpen}` : ''}`
    : isOpen;
  return new FileRefusal(
    `From line ${splitter.line.toLocaleString('en-US')} on the file cannot be read: ${what}. The rows before it were read. Correct that line and import the file again; what is already in stays as it is.`,
  );
}

/** Splits piece by piece, and gives out what came of each, so that rows before a fault are not lost. */
async function* walkRows(text: AsyncIterable<Uint8Array>, splitter: RowSplitter): AsyncGenerator<RowPiece> {
  for await (const bytes of text) {
    yield* splitter.push(bytes);
    if (splitter.pending > longestRow) throw explainBreak(splitter);
  }
  yield* splitter.end();
  if (splitter.pending > 0) throw explainBreak(splitter);
}

/** Reads the header and leaves the rows to be walked. `text` in UTF-8. Throws a `FileRefusal` when there is no header. */
export async function openTable(text: AsyncIterable<Uint8Array>): Promise<Table> {
  const chunks = text[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (let next = await chunks.next(); ; next = await chunks.next()) {
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
    if (next.value.includes(10) || next.value.includes(13) || head.length > longestRow) break;
  }
  const beginning = head.toString('utf8', 0, longestRow);
  const named = separatorLine.exec(beginning);
  const separator = named?.[1] ?? detectSeparator(beginning.split(/[\r\n]/, 1)[0] ?? '');
  const whole = async function* () {
    yield named ? head.subarray(named[0].length) : head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  const splitter = new RowSplitter(separator, named ? 2 : 1);
  const pieces = walkRows(whole(), splitter);
  const first = await pieces.next();
  if (first.done) throw new FileRefusal('The file holds no row at all: there is nothing to import.');
  const row = new BlockRow(first.value.bytes);
  row.next();
  const names = row.list();
  if (names.length > mostColumns)
    throw new FileRefusal(
      `The first line has ${names.length.toLocaleString('en-US')} columns, and Baton reads tables of at most ${mostColumns.toLocaleString('en-US')}. Is it a table of people or accounts? Nothing was imported.`,
    );
  const rest = { rows: first.value.rows - 1, bytes: row.rest };
  return { columns: new Columns(names), separator, pieces: putBack(rest, pieces) };
}

async function* putBack(rest: RowPiece, pieces: AsyncGenerator<RowPiece>): AsyncGenerator<RowPiece> {
  try {
    if (rest.rows > 0) yield rest;
    yield* pieces;
  } finally {
    // Whoever stops early lets go of the file as well.
    await pieces.return(undefined);
  }
}

/** A piece's rows as texts: for a table's beginning, which people and formats look at. */
export function listRows({ bytes }: RowPiece): Row[] {
  const rows: Row[] = [];
  for (const row = new BlockRow(bytes); row.next(); ) rows.push({ line: row.line, cells: row.list() });
  return rows;
}
