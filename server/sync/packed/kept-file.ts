import type { FileHandle } from 'node:fs/promises';
import type { Packed } from './write-packed.ts';

/** A packed snapshot as it is kept: read by as many as ask, gone once it was dropped and the last of them has left. */
export interface KeptFile extends Packed {
  /** When it was packed, in ms. */
  keptAt: number;
  /** Its bytes from `from` on, up to `to` at most, read as they are taken: whoever takes them slowly holds nothing but the open file. */
  stream(from: number, to: number): ReadableStream<Uint8Array>;
  drop(): void;
}

const chunkBytes = 256 * 1024;

/** Keeps a file that was packed. */
export function keepFile(packed: Packed, file: FileHandle, keptAt: number): KeptFile {
  let readers = 0;
  let isDropped = false;
  let isClosed = false;

  const closeWhenDone = () => {
    if (!isDropped || readers > 0 || isClosed) return;
    isClosed = true;
    // Nothing is lost by a file that cannot be closed, and nobody is there to be told.
    file.close().catch(() => undefined);
  };
  const leave = () => {
    readers -= 1;
    closeWhenDone();
  };

  return {
    ...packed,
    keptAt,
    stream(from, to) {
      let at = from;
      let isReading = false;
      return new ReadableStream<Uint8Array>(
        {
          // Only who takes bytes is a reader: an answer whose body nobody reads (to HEAD) must not hold the file.
          async pull(controller) {
            if (!isReading) {
              if (isClosed) throw new Error('This snapshot was dropped before it was read.');
              readers += 1;
              isReading = true;
            }
            try {
              const chunk = new Uint8Array(Math.min(chunkBytes, to - at));
              const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
              if (bytesRead === 0 && at < to) throw new Error('A packed snapshot is shorter than it was.');
              at += bytesRead;
              if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
              if (at < to) return;
              controller.close();
            } catch (error) {
              controller.error(error);
            }
            isReading = false;
            leave();
          },
          cancel() {
            if (!isReading) return;
            isReading = false;
            leave();
          },
        },
        { highWaterMark: 0 },
      );
    },
    drop() {
      isDropped = true;
      closeWhenDone();
    },
  };
}
