import { afterEach, describe, expect, test, vi } from 'vitest';
import { limitUpload, type Upload } from './upload.ts';

const mebibyte = 1024 * 1024;
const never = new AbortController().signal;

/** A body of pieces, and how many of them were asked for. */
function send(pieces: readonly (number | Error)[]): { body: ReadableStream<Uint8Array>; asked: () => number } {
  let asked = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[asked];
        asked += 1;
        if (piece === undefined) controller.close();
        else if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(new Uint8Array(piece));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asked: () => asked };
}

async function read(upload: Upload): Promise<number> {
  let bytes = 0;
  for await (const piece of upload) bytes += piece.length;
  return bytes;
}

afterEach(() => void vi.useRealTimers());

describe('an upload', () => {
  test('is read to its end, and no faster than it is taken', async () => {
    const { body, asked } = send([10, 20, 30]);
    const pieces = limitUpload(body, never)[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toHaveLength(10);
    expect(asked()).toBe(1);
    expect(await read(limitUpload(send([10, 20, 30]).body, never))).toBe(60);
    expect(await read(limitUpload(null, never))).toBe(0);
  });

  test('that grows over the limit while it comes is ended with the limit and what to do', async () => {
    expect(await read(limitUpload(send([mebibyte]).body, never, mebibyte))).toBe(mebibyte);
    await expect(read(limitUpload(send([mebibyte, 1]).body, never, mebibyte))).rejects.toThrow(
      'The file is larger than 1 MB: only its beginning was taken in. Split it and import the rest.',
    );
  });

  test('that breaks off, by a fault or by its sender leaving, says so', async () => {
    await expect(read(limitUpload(send([10, new Error('reset')]).body, never))).rejects.toThrow(
      /^The upload broke off/,
    );
    await expect(read(limitUpload(send([10]).body, AbortSignal.abort()))).rejects.toThrow(/^The upload broke off/);
  });

  test('whose sender is silent for a minute has broken off, and not a moment before', async () => {
    vi.useFakeTimers();
    const silent = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    let said: unknown = null;
    const reading = read(limitUpload(silent, never)).catch((error: unknown) => {
      said = error;
    });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(said).toBeNull();
    await vi.advanceTimersByTimeAsync(2000);
    await reading;
    expect(String(said)).toMatch(/The upload broke off/);
  });

  test('that nobody wants any more is drained, so that its sender hears the answer; over the limit it is cut', async () => {
    const whole = send([10, 20, 30]);
    const upload = limitUpload(whole.body, never);
    await upload[Symbol.asyncIterator]().next();
    await upload.drain();
    expect(whole.asked()).toBe(4);
    const endless = send(Array.from({ length: 100 }, () => mebibyte));
    await limitUpload(endless.body, never, 3 * mebibyte).drain();
    expect(endless.asked()).toBe(4);
  });
});
