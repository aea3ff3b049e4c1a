import type { BlockWriter } from '../store/import-block.ts';
import { type Block, encodeBlock } from './block.ts';
import type { ImportRun } from './import-ground.ts';
import { withPatience } from './patience.ts';
import type { RowPiece } from './split-rows.ts';

/** So many rows, or bytes of them, make a block; with the piece of a file that makes it so large it is closed. */
const rowsPerBlock = 2000;
const bytesPerBlock = 524_288;
/** So many bytes of rows are written at once, or what there is after so long. */
const bytesPerWrite = 4_194_304;
const writeEveryMs = 500;

/** Where rows are set aside in the order in which they come. */
export interface Shelf {
  /** Resolves when more may come: a slow database slows the file's reading, and fills no memory. */
  add(piece: RowPiece): Promise<void>;
  /** Writes what is left. */
  close(): Promise<void>;
}

/** Rows become blocks; some blocks at a time are written while the next rows are read. `read` is kept up to what was set aside; `onWritten` hears of the last block that was. */
export function createShelf(
  run: ImportRun,
  writer: BlockWriter,
  read: { rows: number; bytes: number },
  onWritten: (last: number) => void = () => undefined,
): Shelf {
  let number = 0;
  let block: RowPiece[] = [];
  let [rows, bytes] = [0, 0];
  let waiting: Promise<Block>[] = [];
  let waitingBytes = 0;
  let writtenAt = Date.now();
  let writing: Promise<void> = Promise.resolve();

  function closeBlock(): void {
    if (block.length === 0) return;
    number += 1;
    const encoded = encodeBlock(number, block);
    // They are awaited when they are written; until then nobody may call them unhandled.
    encoded.catch(() => undefined);
    waiting.push(encoded);
    waitingBytes += bytes;
    read.rows += rows;
    block = [];
    [rows, bytes] = [0, 0];
  }

  async function write(): Promise<void> {
    const encoded = waiting;
    waiting = [];
    waitingBytes = 0;
    await writing;
    writtenAt = Date.now();
    const sofar = { ...read };
    const last = number;
    writing = withPatience(run.log, async () => writer.put(await Promise.all(encoded), sofar)).then(() => {
      run.onStaged?.(sofar);
      onWritten(last);
    });
    // It is awaited a step later; until then nobody may call it unhandled.
    writing.catch(() => undefined);
  }

  return {
    async add(piece) {
      block.push(piece);
      rows += piece.rows;
      bytes += piece.bytes.length;
      if (rows >= rowsPerBlock || bytes >= bytesPerBlock) closeBlock();
      if (waitingBytes >= bytesPerWrite || (waiting.length > 0 && Date.now() - writtenAt >= writeEveryMs))
        await write();
    },
    async close() {
      closeBlock();
      if (waiting.length > 0) await write();
      await writing;
    },
  };
}
