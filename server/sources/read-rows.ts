import { Columns } from './columns.ts';
import { FileRefusal } from './fault.ts';
import { RowSplitter } from './split-rows.ts';

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
  pieces: AsyncIterable<readonly Row[]>;
}

/** The separator that the header uses most: comma, semicolon, tab or bar. Those inside quotes do not count. */
export function detectSeparator(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/** Excel writes `sep=;` as a line of its own before the header. */
const separatorLine = /^sep=(.)\r?\n/i;

function explainBreak(splitter: RowSplitter): FileRefusal {
  const isLong = splitter.pending > longestRow;
  return new FileRefusal(
    `From line ${splitter.line.toLocaleString('en-US')} on the file cannot be read: ${isLong ? 'its row is longer than 1,000,000 characters, most likely because ' : ''}a quotation mark opens there and is never closed. The rows before it were read. Correct that line and import the file again; what is already in stays as it is.`,
  );
}

/** Splits piece by piece, and gives out what came of each, so that rows before a fault are not lost. */
async function* walkRows(text: AsyncIterable<string>, splitter: RowSplitter): AsyncGenerator<Row[]> {
  for await (const piece of text) {
    const rows = splitter.push(piece);
    if (rows.length > 0) yield rows;
    if (splitter.pending > longestRow) throw explainBreak(splitter);
  }
  const rows = splitter.end();
  if (rows.length > 0) yield rows;
  if (splitter.pending > 0) throw explainBreak(splitter);
}

/** Reads the header and leaves the rows to be walked. Throws a `FileRefusal` when there is no header. */
export async function openTable(text: AsyncIterable<string>): Promise<Table> {
  const chunks = text[Symbol.asyncIterator]();
  let head = '';
  for (let next = await chunks.next(); ; next = await chunks.next()) {
    if (next.done) break;
    head += next.value;
    if (/[\r\n]/.test(head) || head.length > longestRow) break;
  }
  const named = separatorLine.exec(head);
  const separator = named?.[1] ?? detectSeparator(head.split(/[\r\n]/, 1)[0] ?? '');
  const whole = async function* () {
    yield named ? head.slice(named[0].length) : head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  const splitter = new RowSplitter(separator, named ? 2 : 1);
  const pieces = walkRows(whole(), splitter);
  const first = await pieces.next();
  if (first.done) throw new FileRefusal('The file holds no row at all: there is nothing to import.');
  const [header, ...rest] = first.value;
  const names = header?.cells ?? [];
  if (names.length > mostColumns)
    throw new FileRefusal(
      `The first line has ${names.length.toLocaleString('en-US')} columns, and Baton reads tables of at most ${mostColumns.toLocaleString('en-US')}. Is it a table of people or accounts? Nothing was imported.`,
    );
  return { columns: new Columns(names), separator, pieces: putBack(rest, pieces) };
}

async function* putBack(rest: Row[], pieces: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  try {
    if (rest.length > 0) yield rest;
    yield* pieces;
  } finally {
    // Whoever stops early lets go of the file as well.
    await pieces.return(undefined);
  }
}
