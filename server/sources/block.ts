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

/** What stands between cells and between rows: control characters that no row keeps when it is read (`RowSplitter`). */
const cellEnd = '\u001f';
const rowEnd = '\u001e';

/** Rows as a block, whatever separators and quotes the file had. Compressed beside the event loop. */
export async function encodeBlock(number: number, rows: readonly Row[]): Promise<Block> {
  const lines = rows.map(({ line, cells }) => `${line}${cellEnd}${cells.join(cellEnd)}`);
  return { number, rows: rows.length, body: await compress(Buffer.from(lines.join(rowEnd)), fast) };
}

/** A block's rows as they were. */
export function decodeBlock(body: Buffer): Row[] {
  const text = zstdDecompressSync(body).toString();
  return text.split(rowEnd).map((row) => {
    const at = row.indexOf(cellEnd);
    return { line: Number(row.slice(0, at)), cells: row.slice(at + 1).split(cellEnd) };
  });
}
