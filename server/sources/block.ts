import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { Row } from './read-rows.ts';

/** Rows of a table as they are set aside: some hundred together, compressed. `number` counts from 1 in the file's order. */
export interface Block {
  number: number;
  rows: number;
  body: Buffer;
}

const compress = promisify(zstdCompress);
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Between cells and between rows stand signs that no cell keeps: the control characters of the same names. */
const cellEnd = '\u001f';
const rowEnd = '\u001e';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const ends = /[\u001e\u001f]/g;

/** Rows as a block, whatever separators and quotes the file had. Compressed beside the event loop. */
export async function encodeBlock(number: number, rows: readonly Row[]): Promise<Block> {
  const lines = rows.map(({ line, cells }) => {
    const text = cells.join(cellEnd);
    const isClean = !text.includes(rowEnd) && countEnds(text) === cells.length - 1;
    return `${line}${cellEnd}${isClean ? text : cells.map((cell) => cell.replace(ends, '')).join(cellEnd)}`;
  });
  return { number, rows: rows.length, body: await compress(Buffer.from(lines.join(rowEnd)), fast) };
}

function countEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf(cellEnd); at >= 0; at = text.indexOf(cellEnd, at + 1)) count += 1;
  return count;
}

/** A block's rows as they were. */
export function decodeBlock(body: Buffer): Row[] {
  const text = zstdDecompressSync(body).toString();
  return text.split(rowEnd).map((row) => {
    const cells = row.split(cellEnd);
    return { line: Number(cells.shift()), cells };
  });
}
