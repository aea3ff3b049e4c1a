import { once } from 'node:events';
import { constants, createGzip } from 'node:zlib';

/** The client went away before everything was written. */
export class ClientLeft extends Error {
  override name = 'ClientLeft';
}

/**
 * A body of JSON lines that `produce` writes, compressed when the client takes gzip. What is compressed waits in memory for a slow client,
 * so that the database is not held up by it. A fault in `produce` cuts the body off: the last line that says `end` is missing then.
 */
export function createLineBody(
  isGzipped: boolean,
  produce: (take: (line: unknown) => Promise<void>) => Promise<void>,
  onFault: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const gzip = isGzipped ? createGzip({ level: 4 }) : null;
  let hasLeft = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (chunk: Uint8Array) => {
        if (!hasLeft) controller.enqueue(chunk);
      };
      const encoder = new TextEncoder();
      gzip?.on('data', write);
      const take = async (line: unknown) => {
        if (hasLeft) throw new ClientLeft('The client left.');
        const bytes = encoder.encode(`${JSON.stringify(line)}\n`);
        if (!gzip) write(bytes);
        else if (!gzip.write(bytes)) await once(gzip, 'drain');
      };
      const finish = async () => {
        await produce(take);
        if (gzip) {
          gzip.end();
          await once(gzip, 'end');
        }
        if (!hasLeft) controller.close();
      };
      // Not awaited: `start` must return for the body to be read.
      finish().catch((error: unknown) => {
        gzip?.destroy();
        if (hasLeft) return;
        onFault(error);
        controller.error(error);
      });
      gzip?.flush(constants.Z_SYNC_FLUSH);
    },
    cancel() {
      hasLeft = true;
    },
  });
}
