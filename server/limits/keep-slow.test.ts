import { expect, test, vi } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { keepSlow } from './keep-slow.ts';

const [ours, theirs] = ['ours', 'theirs'] as WorkspaceId[] as [WorkspaceId, WorkspaceId];
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Counts how often each workspace was read, and answers that number with its name. */
function counting(takesMs = 0) {
  const times = new Map<WorkspaceId, number>();
  return vi.fn(async (workspaceId: WorkspaceId) => {
    await pause(takesMs);
    times.set(workspaceId, (times.get(workspaceId) ?? 0) + 1);
    return `${workspaceId} ${times.get(workspaceId)}`;
  });
}

test('what is read quickly is read each time', async () => {
  const ask = keepSlow(counting(), { slowMs: 1000, freshMs: 60_000, keptMs: 60_000 });
  expect([await ask(ours), await ask(ours)]).toEqual(['ours 1', 'ours 2']);
});

test('what took long is given again while it is fresh, to its own workspace alone', async () => {
  const ask = keepSlow(counting(), { slowMs: 0, freshMs: 60_000, keptMs: 60_000 });
  expect([await ask(ours), await ask(theirs), await ask(ours)]).toEqual(['ours 1', 'theirs 1', 'ours 1']);
});

test('another question to the same workspace has an answer of its own', async () => {
  const ask = keepSlow(async (_: WorkspaceId, days: number) => days, { slowMs: 0, freshMs: 60_000, keptMs: 60_000 });
  expect([await ask(ours, 7), await ask(ours, 91), await ask(ours, 7)]).toEqual([7, 91, 7]);
});

test('once it is no longer fresh it is given while it is read anew, once however many ask', async () => {
  const read = counting(5);
  const ask = keepSlow(read, { slowMs: 0, freshMs: 0, keptMs: 60_000 });
  await ask(ours);
  await pause(1);
  expect(await Promise.all([ask(ours), ask(ours), ask(ours)])).toEqual(['ours 1', 'ours 1', 'ours 1']);
  await pause(30);
  expect(read).toHaveBeenCalledTimes(2);
  expect(await ask(ours)).toBe('ours 2');
});

test('what is too old is not given any more', async () => {
  const ask = keepSlow(counting(), { slowMs: 0, freshMs: 0, keptMs: 0 });
  await ask(ours);
  await pause(2);
  expect(await ask(ours)).toBe('ours 2');
});

test('what cannot be read is said to whoever asks, and read again the next time', async () => {
  const read = counting();
  read.mockRejectedValueOnce(new Error('gone'));
  const ask = keepSlow(read, { slowMs: 0, freshMs: 0, keptMs: 60_000 });
  await expect(ask(ours)).rejects.toThrow('gone');
  expect(await ask(ours)).toBe('ours 1');
  read.mockRejectedValueOnce(new Error('gone'));
  await pause(1);
  // The older answer is given; that it could not be read anew costs nobody anything.
  expect(await ask(ours)).toBe('ours 1');
  await pause(1);
  expect(await ask(ours)).toBe('ours 2');
});
