import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cursor } from '#contract/feed.ts';
import type { DeviceId } from '#contract/ids.ts';
import { createLiveStream, type LiveStream } from './live-stream.ts';
import { createLiveWait } from './live-wait.ts';

const device = 'one' as DeviceId;
const place = (seq: number) => `${seq}.${'0'.repeat(36)}` as Cursor;
const decoder = new TextDecoder();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a stream whose reader does not read', () => {
  test('holds back one poke, however many are due, and is ended with the second beat', async () => {
    const onEnd = vi.fn();
    const stream = createLiveStream(device, onEnd);
    const reader = stream.body.getReader();
    expect(decoder.decode((await reader.read()).value)).toBe('retry: 2000\n\n');
    for (let seq = 1; seq <= 1000; seq++) {
      stream.poke(place(seq), 0);
      await vi.advanceTimersByTimeAsync(200);
    }
    stream.beat();
    expect(onEnd).not.toHaveBeenCalled();
    expect(decoder.decode((await reader.read()).value)).toBe('event: poke\ndata:\n\n: still here\n\n');
    stream.beat();
    stream.beat();
    expect(onEnd).toHaveBeenCalledOnce();
    expect((await reader.read()).done).toBe(true);
  });

  test('one that reads hears every beat and is not ended', async () => {
    const onEnd = vi.fn();
    const stream = createLiveStream(device, onEnd);
    const reader = stream.body.getReader();
    await reader.read();
    for (let beats = 0; beats < 5; beats++) {
      const heard = reader.read();
      stream.beat();
      expect(decoder.decode((await heard).value)).toBe(': still here\n\n');
    }
    expect(onEnd).not.toHaveBeenCalled();
    stream.end();
  });
});

describe('pokes', () => {
  const kinds: Record<string, () => { listener: Pick<LiveStream, 'poke'>; heard: Promise<unknown> }> = {
    stream: () => {
      const stream = createLiveStream(device, () => undefined);
      const reader = stream.body.getReader();
      return { listener: stream, heard: reader.read().then(() => reader.read()) };
    },
    question: () => {
      const wait = createLiveWait(device, place(1), () => undefined);
      return { listener: wait, heard: wait.answer };
    },
  };

  test.each(Object.entries(kinds))(
    'reach those who listen by a %s at moments of their own, all within the spread',
    async (_, open) => {
      const heardAt: number[] = [];
      const all = Array.from({ length: 200 }, open);
      await vi.advanceTimersByTimeAsync(1);
      const startedAt = Date.now();
      for (const { listener, heard } of all) {
        listener.poke(place(2), 500);
        void heard.then(() => heardAt.push(Date.now() - startedAt));
      }
      await vi.advanceTimersByTimeAsync(500);
      expect(heardAt).toHaveLength(200);
      // By halves of the spread, and not in one moment of it.
      expect(heardAt.filter((at) => at < 250).length).toBeGreaterThan(50);
      expect(heardAt.filter((at) => at < 250).length).toBeLessThan(150);
      expect(new Set(heardAt).size).toBeGreaterThan(80);
    },
  );

  test('that come while one is due are one, and the answer names the newest place', async () => {
    const wait = createLiveWait(device, place(1), () => undefined);
    wait.poke(place(2), 500);
    wait.poke(place(3), 500);
    await vi.advanceTimersByTimeAsync(500);
    expect(await wait.answer).toEqual({ moved: true, at: place(3), retryMs: 0 });
  });
});

test('a question is answered empty after 25 s at most, not all at the same moment', async () => {
  const lengths: number[] = [];
  const startedAt = Date.now();
  for (let waits = 0; waits < 50; waits++)
    void createLiveWait(device, place(1), () => undefined).answer.then(({ moved, at }) => {
      expect([moved, at]).toEqual([false, place(1)]);
      lengths.push(Date.now() - startedAt);
    });
  await vi.advanceTimersByTimeAsync(25_000);
  expect(lengths).toHaveLength(50);
  expect(Math.min(...lengths)).toBeGreaterThan(22_000);
  expect(new Set(lengths).size).toBeGreaterThan(30);
});
