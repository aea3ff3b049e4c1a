import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { ScoreError } from './arguments.ts';

/** A table by columns; every column has a cell for each row. */
export interface Table {
  names: string[];
  columns: string[][];
  rows: number;
}

/** What was noticed and did not stop anything, as sentences. */
export type Note = (sentence: string) => void;

const mostBytes = 500_000_000;

/** Reads a table from a file: UTF-8 or UTF-16 (else Windows-1252), comma, semicolon, tab or bar, with names in the first row. Throws a ScoreError that says what is wrong. */
export async function readTable(file: string, folder: string, note: Note): Promise<Table> {
  const bytes = await readFile(resolve(folder, file)).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new ScoreError(`${file} cannot be read (${why}).`, { cause: error });
  });
  if (bytes.byteLength > mostBytes) throw new ScoreError(`${file} is larger than 500 MB: fit on a sample of its rows.`);
  return parseTable(decode(bytes), note);
}

function decode(bytes: Uint8Array): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Splits text into a table. Throws a ScoreError where there is none. */
export function parseTable(text: string, note: Note): Table {
  if (text.trim() === '') throw new ScoreError('The file is empty.');
  const [header = [], ...rows] = splitRows(text);
  if (rows.length === 0) throw new ScoreError('The file has a row of names and no rows below it.');
  const names = nameColumns(header);
  noteRagged(rows, names.length, note);
  const columns = names.map((_, column) => rows.map((row) => row[column]?.trim() ?? ''));
  return { names, columns, rows: rows.length };
}

function splitRows(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: findDelimiter(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ScoreError(`The file is no table of comma-separated values: ${why}.`, { cause: error });
  }
}

/** The separator that the row of names has most of, outside of quotes. */
function findDelimiter(text: string): string {
  const line = text.slice(0, 100_000).split(/\r?\n/, 1)[0] ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/** A column without a name is called by its place; a name that came before gets a number. */
function nameColumns(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim() || `column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function noteRagged(rows: readonly string[][], width: number, note: Note): void {
  const tell = (isBroken: (row: string[]) => boolean, what: string) => {
    const count = rows.filter(isBroken).length;
    if (count > 0) note(`${count} rows have ${what} (the first is row ${rows.findIndex(isBroken) + 1}).`);
  };
  tell((row) => row.length < width, 'fewer cells than there are names, and what they lack counts as missing');
  tell((row) => row.length > width, 'more cells than there are names, and what is beyond is not read');
}
