import { on } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { FileRefusal } from './fault.ts';

/** So many pieces of a file may be on their way to a thread that has not read them yet. */
const mostOnWay = 8;

/** What goes through: a piece of the file, its end, or what it broke off by. The other way goes a word for each piece that was read. */
type Parcel =
  | { kind: 'piece'; bytes: Uint8Array }
  | { kind: 'end' }
  | { kind: 'fault'; isRefusal: boolean; message: string };

/** Sends a file's bytes to a thread no faster than it reads them. Ends early, and lets go of the file, when the thread is gone. Never rejects: what the file broke off by is the reader's. */
export async function sendBytes(port: MessagePort, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let onWay = 0;
  let isGone = false;
  let wake: () => void = () => undefined;
  port.on('message', () => {
    onWay -= 1;
    wake();
  });
  port.on('close', () => {
    isGone = true;
    wake();
  });
  const say = (parcel: Parcel) => port.postMessage(parcel);
  try {
    for await (const piece of bytes) {
      while (onWay >= mostOnWay && !isGone)
        await new Promise<void>((done) => {
          wake = done;
        });
      if (isGone) return;
      onWay += 1;
      say({ kind: 'piece', bytes: piece });
    }
    say({ kind: 'end' });
  } catch (error) {
    say({ kind: 'fault', isRefusal: error instanceof FileRefusal, message: (error as Error).message });
  } finally {
    // A port that is listened to keeps its process from ending.
    port.unref();
  }
}

/** The bytes as they were sent, in the thread. Throws what the file broke off by: a `FileRefusal` as one. */
export async function* receiveBytes(port: MessagePort): AsyncGenerator<Uint8Array> {
  try {
    for await (const [parcel] of on(port, 'message') as AsyncIterable<[Parcel]>) {
      if (parcel.kind === 'end') return;
      if (parcel.kind === 'fault') throw parcel.isRefusal ? new FileRefusal(parcel.message) : new Error(parcel.message);
      yield parcel.bytes;
      port.postMessage('read');
    }
  } finally {
    port.close();
  }
}
