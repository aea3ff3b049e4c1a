import { type CsvError, parse } from 'csv-parse';
import { Columns } from './columns.ts';
import { FileRefusal } from './fault.ts';

const mostColumns = 1000;
const longestRow = 1_000_000;

/** One row of a table. `line` is the line in the file where it begins; the header is line 1. */
export interface Row {
  line: number;
  cells: string[];
}

/** A table whose header was read. `rows` can be walked once; blank rows are left out. */
export interface Table {
  columns: Columns;
  /** The sign between its cells. */
  separator: string;
  rows: AsyncIterable<Row>;
}

/** The separator that the header uses most: comma, semicolon, tab or bar. Those inside quotes do not count. */
export function detectSeparator(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/** Excel writes `sep=;` as a line of its own before the header. */
const separatorLine = /^sep=(.)\r?\n/i;

function explainBreak(error: CsvError, line: number): unknown {
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED' && error.code !== 'CSV_MAX_RECORD_SIZE') return error;
  return new FileRefusal(
    `From line ${line.toLocaleString('en-US')} on the file cannot be read: a quotation mark opens there and is never closed. The rows before it were read. Correct that line and import the file again; what is already in stays as it is.`,
    { cause: error },
  );
}

function countBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) if (/[\r\n]/.test(cell)) breaks += cell.split(/\r\n|\r|\n/).length - 1;
  return breaks;
}

/**
 * Hands every chunk to the parser and gives out what came of it, so that rows before a fault are not lost with the parser's own buffer.
 * Lines are counted here: the parser counts a `\r\n` inside quotes twice.
 */
async function* walkRows(text: AsyncIterable<string>, separator: string, firstLine: number): AsyncGenerator<Row> {
  let line = firstLine;
  let emptyLines = 0;
  let parsed: Row[] = [];
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    on_record(cells: string[], { empty_lines }: { empty_lines: number }) {
      line += empty_lines - emptyLines;
      emptyLines = empty_lines;
      parsed.push({ line, cells });
      line += 1 + countBreaks(cells);
      return null;
    },
  });
  let fault: CsvError | null = null;
  parser.on('error', (error: CsvError) => {
    fault = error;
  });
  parser.resume();
  const take = () => {
    const rows = parsed;
    parsed = [];
    return rows;
  };
  for await (const chunk of text) {
    await new Promise((done) => parser.write(chunk, done));
    yield* take();
    if (fault !== null) throw explainBreak(fault, line);
  }
  await new Promise<void>((done) => {
    // Without an end there is an error: either way it is over.
    parser.once('close', done);
    parser.end();
  });
  yield* take();
  if (fault !== null) throw explainBreak(fault, line);
}

async function* skipBlank(rows: AsyncIterator<Row>): AsyncGenerator<Row> {
  try {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      if (next.value.cells.some((cell) => cell !== '' && cell.trim() !== '')) yield next.value;
    }
  } finally {
    // Whoever stops early lets go of the file as well.
    await rows.return?.();
  }
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
  const rows = skipBlank(walkRows(whole(), separator, named ? 2 : 1));
  const header = await rows.next();
  if (header.done) throw new FileRefusal('The file holds no row at all: there is nothing to import.');
  if (header.value.cells.length > mostColumns)
    throw new FileRefusal(
      `The first line has ${header.value.cells.length.toLocaleString('en-US')} columns, and Baton reads tables of at most ${mostColumns.toLocaleString('en-US')}. Is it a table of people or accounts? Nothing was imported.`,
    );
  return { columns: new Columns(header.value.cells), separator, rows };
}
