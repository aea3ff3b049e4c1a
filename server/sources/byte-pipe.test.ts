import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type FileFault, receiveBytes, sendBytes } from './byte-pipe.ts';
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

/** A pipe that holds a few pieces, and the word of the file's end beside it. */
function openPipe() {
  const over = Promise.withResolvers<FileFault | null>();
  return { pipe: new PassThrough({ highWaterMark: 40 }), over: over.promise, tell: over.resolve };
}

describe('bytes sent to another process', () => {
  test('arrive whole and in order', async () => {
    const { pipe, over, tell } = openPipe();
    const sending = sendBytes(pipe, createFile(100).bytes, tell);
    const pieces = await collect(receiveBytes(pipe, over));
    await sending;
    expect(Buffer.concat(pieces).toString()).toBe(Array.from({ length: 100 }, (_, n) => `piece ${n};`).join(''));
  });

  test('can be read until the next piece is asked for, and then are nobody’s any more', async () => {
    const { pipe, over, tell } = openPipe();
    const sent = Array.from({ length: 5 }, () => new Uint8Array(randomBytes(65_536)));
    for (const piece of sent) pipe.write(Uint8Array.from(piece));
    pipe.end();
    tell(null);
    const pieces: Uint8Array[] = [];
    const read: Uint8Array[] = [];
    for await (const piece of receiveBytes(pipe, over)) {
      pieces.push(piece);
      read.push(Uint8Array.from(piece));
    }
    expect(Buffer.concat(read).equals(Buffer.concat(sent))).toBe(true);
    expect(pieces.map(({ byteLength }) => byteLength)).toEqual([0, 0, 0, 0, 0]);
  });

  test('arrive whole in another process, and leave nothing for the engine to look for', async () => {
    const echo = spawn(process.execPath, ['-e', 'process.stdin.pipe(process.stdout)'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const pieces = Array.from({ length: 40 }, () => new Uint8Array(randomBytes(65_536)));
    const sent = Buffer.concat(pieces);
    const told: (FileFault | null)[] = [];
    const [received] = await Promise.all([
      collect(echo.stdout),
      sendBytes(echo.stdin, Readable.from(pieces), (fault) => told.push(fault)),
    ]);
    expect(Buffer.concat(received).equals(sent)).toBe(true);
    expect(told).toEqual([null]);
    expect(pieces.map(({ byteLength }) => byteLength)).toEqual(pieces.map(() => 0));
  });

  test('come no faster than they are read', async () => {
    const { pipe, over, tell } = openPipe();
    const file = createFile(100);
    const sending = sendBytes(pipe, file.bytes, tell);
    const reading = receiveBytes(pipe, over);
    await reading.next();
    await turns();
    expect(file.taken).toBeLessThan(20);
    await collect(reading);
    await sending;
    expect(file.taken).toBe(100);
  });

  test.each([new FileRefusal('too large'), new Error('the power went')])(
    'end with what the file broke off by: %s',
    async (fault) => {
      const { pipe, over, tell } = openPipe();
      const sending = sendBytes(pipe, createFile(3, fault).bytes, tell);
      const pieces: Uint8Array[] = [];
      const reading = (async () => {
        for await (const piece of receiveBytes(pipe, over)) pieces.push(piece);
      })();
      await expect(reading).rejects.toThrow(fault.message);
      await expect(reading).rejects.toBeInstanceOf(fault.constructor);
      await sending;
      expect(Buffer.concat(pieces).toString()).toBe('piece 0;piece 1;piece 2;');
    },
  );

  test('are let go of when nobody reads any more', async () => {
    const { pipe, over, tell } = openPipe();
    const file = createFile(1_000_000);
    const sending = sendBytes(pipe, file.bytes, tell);
    for await (const _ of receiveBytes(pipe, over)) break;
    await sending;
    expect(file.isReleased).toBe(true);
    expect(file.taken).toBeLessThan(30);
  });
});
