import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { BlockRow } from './cells.ts';
import type { RowPiece } from './split-rows.ts';

/** Rows of a table as they are set aside: some together, compressed. `number` counts from 1 in the file's order. */
export interface Block {
  number: number;
  rows: number;
  body: Buffer;
}

/** On threads of the engine's: whoever reads a file has no processor to spare. */
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Rows as a block. */
export async function encodeBlock(number: number, pieces: readonly RowPiece[]): Promise<Block> {
  const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
  return { number, rows, body: await compress(Buffer.concat(pieces.map(({ bytes }) => bytes)), fast) };
}

/** A block's rows as they were, one after the other in the same object. */
export async function openBlock(body: Buffer): Promise<BlockRow> {
  return new BlockRow(await decompress(body));
}
