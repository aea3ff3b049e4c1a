import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { BlockRow } from './cells.ts';
import type { RowPiece } from './split-rows.ts';

/** Rows of a table as they are set aside: some together, compressed. `number` counts from 1 in the file's order. */
export interface Block {
  number: number;
  rows: number;
  body: Buffer;
}

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Rows as a block. */
export function encodeBlock(number: number, pieces: readonly RowPiece[]): Block {
  const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
  return { number, rows, body: zstdCompressSync(Buffer.concat(pieces.map(({ bytes }) => bytes)), fast) };
}

/** A block's rows as they were, one after the other in the same object. */
export function openBlock(body: Buffer): BlockRow {
  return new BlockRow(zstdDecompressSync(body));
}
