import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { BlockRow, cellEnd, rowEnd } from './cells.ts';
import type { Row } from './read-rows.ts';

/** Rows of a table as they are set aside: some together, compressed. `number` counts from 1 in the file's order. */
export interface Block {
  number: number;
  rows: number;
  body: Buffer;
}

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const [betweenCells, betweenRows] = [String.fromCharCode(cellEnd), String.fromCharCode(rowEnd)];

/** Rows as a block, whatever separators and quotes the file had. */
export function encodeBlock(number: number, rows: readonly Row[]): Block {
  const lines = rows.map(({ line, cells }) => `${line}${betweenCells}${cells.join(betweenCells)}`);
  return { number, rows: rows.length, body: zstdCompressSync(Buffer.from(lines.join(betweenRows)), fast) };
}

/** A block's rows as they were, one after the other in the same object. */
export function openBlock(body: Buffer): BlockRow {
  return new BlockRow(zstdDecompressSync(body));
}
