import type { Readable, Writable } from 'node:stream';
import { FileRefusal } from './fault.ts';
import { letGo } from './let-go.ts';

/** What a file broke off by. */
export interface FileFault {
  isRefusal: boolean;
  message: string;
}

/**
 * Sends a file's bytes to another process no faster than it reads them, and lets it know (`tell`) when the file is over, or by what it broke off, before the
 * pipe ends. Ends early, and lets go of the file, when nobody reads any more. Never rejects: what the file broke off by is the reader's. The pieces are its own:
 * nobody can read them afterwards.
 */
export async function sendBytes(
  pipe: Writable,
  bytes: AsyncIterable<Uint8Array>,
  tell: (fault: FileFault | null) => void,
): Promise<void> {
  // The reader is gone: that shows as the pipe's end as well.
  pipe.on('error', () => undefined);
  let fault: FileFault | null = null;
  try {
    for await (const piece of bytes) {
      if (pipe.destroyed) return;
      if (!pipe.write(piece, () => letGo(piece))) await waitForRoom(pipe);
    }
  } catch (error) {
    fault = { isRefusal: error instanceof FileRefusal, message: (error as Error).message };
  }
  if (pipe.destroyed) return;
  tell(fault);
  pipe.end();
}

/** Until the pipe takes more, or is gone. */
function waitForRoom(pipe: Writable): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      pipe.off('drain', go);
      pipe.off('close', go);
      done();
    };
    pipe.on('drain', go);
    pipe.on('close', go);
    if (pipe.destroyed) go();
  });
}

/**
 * The bytes as they were sent, in the other process. `over`: what was told of the file's end. Each piece can be read until the next is asked for. Throws what the
 * file broke off by: a `FileRefusal` as one.
 */
export async function* receiveBytes(pipe: Readable, over: Promise<FileFault | null>): AsyncGenerator<Uint8Array> {
  for await (const piece of pipe) {
    yield piece as Uint8Array;
    letGo(piece as Uint8Array);
  }
  const fault = await over;
  if (fault !== null) throw fault.isRefusal ? new FileRefusal(fault.message) : new Error(fault.message);
}
