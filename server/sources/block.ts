import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { BlockRow } from './cells.ts';
import { letGo, letGoWhole } from './let-go.ts';
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

/** Room for all of most blocks (`createShelf`): what comes in several pieces is put together once more. */
const whole = { chunkSize: 786_432 };

/** Rows as a block. The pieces are used up: nobody can read them afterwards. */
export async function encodeBlock(number: number, pieces: readonly RowPiece[]): Promise<Block> {
  const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
  const bytes = Buffer.concat(pieces.map((piece) => piece.bytes));
  for (const piece of pieces) letGo(piece.bytes);
  const body = await compress(bytes, fast);
  letGo(bytes);
  return { number, rows, body };
}

/** A block's rows as they were, one after the other in the same object, until `closeBlock`. */
export async function openBlock(body: Buffer): Promise<BlockRow> {
  return new BlockRow(await decompress(body, whole));
}

/** Its rows are read. */
export function closeBlock({ bytes }: BlockRow): void {
  letGoWhole(bytes);
}
