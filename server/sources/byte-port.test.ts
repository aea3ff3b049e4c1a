import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { receiveBytes, sendBytes } from './byte-port.ts';
import { FileRefusal } from './fault.ts';

/** Pieces of a file that say how many were taken, and whether it was let go of. */
function createFile(pieces: number, fault: Error | null = null) {
  const file = { taken: 0, isReleased: false, bytes: walk() };
  async function* walk(): AsyncGenerator<Uint8Array> {
    try {
      for (let number = 0; number < pieces; number++) {
        file.taken += 1;
        yield Buffer.from(`piece ${number};`);
      }
      if (fault) throw fault;
    } finally {
      file.isReleased = true;
    }
  }
  return file;
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

const turns = () => new Promise((done) => setTimeout(done, 30));

describe('bytes sent to a thread', () => {
  test('arrive whole and in order', async () => {
    const { port1, port2 } = new MessageChannel();
    const file = createFile(100);
    const sending = sendBytes(port1, file.bytes);
    const pieces = await collect(receiveBytes(port2));
    await sending;
    expect(Buffer.concat(pieces).toString()).toBe(Array.from({ length: 100 }, (_, n) => `piece ${n};`).join(''));
  });

  test('come no faster than they are read', async () => {
    const { port1, port2 } = new MessageChannel();
    const file = createFile(100);
    const sending = sendBytes(port1, file.bytes);
    const reading = receiveBytes(port2);
    await reading.next();
    await turns();
    expect(file.taken).toBeLessThan(12);
    await collect(reading);
    await sending;
    expect(file.taken).toBe(100);
  });

  test.each([new FileRefusal('too large'), new Error('the power went')])(
    'end with what the file broke off by: %s',
    async (fault) => {
      const { port1, port2 } = new MessageChannel();
      const sending = sendBytes(port1, createFile(3, fault).bytes);
      const pieces: Uint8Array[] = [];
      const reading = (async () => {
        for await (const piece of receiveBytes(port2)) pieces.push(piece);
      })();
      await expect(reading).rejects.toThrow(fault.message);
      await expect(reading).rejects.toBeInstanceOf(fault.constructor);
      await sending;
      expect(pieces).toHaveLength(3);
    },
  );

  test('are let go of when nobody reads any more', async () => {
    const { port1, port2 } = new MessageChannel();
    const file = createFile(1_000_000);
    const sending = sendBytes(port1, file.bytes);
    for await (const _ of receiveBytes(port2)) break;
    await sending;
    expect(file.isReleased).toBe(true);
    expect(file.taken).toBeLessThan(30);
  });
});
