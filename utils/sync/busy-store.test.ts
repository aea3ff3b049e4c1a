import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { readWaiting } from '../outbox/read.ts';
import { readLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { followLive } from './follow-live.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite } from './join.ts';
import { readStatus } from './read-status.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

let time = 0;
let store: FakeStore;
let ground: Ground;
let cycle: Cycle;

/** "Later", as the store says it. */
function later(status: number, seconds: string | null): Response {
  const body = { type: 'urn:baton:problem:later', title: 'Later', status, detail: 'Come back later.' };
  const headers = {
    'content-type': 'application/problem+json',
    ...(seconds === null ? {} : { 'retry-after': seconds }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}
const verdict = () =>
  saveMutation(ground, null, {
    kind: 'recordVerdict',
    body: { verdictId: randomUUID() as never, contactId: randomUUID() as never, value: 'weak', shown: null },
  });

beforeEach(async () => {
  time = Date.parse('2026-11-20T10:00:00.000Z');
  store = createFakeStore(() => time);
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  ground = await openGround(
    { now: () => time, fetch: (...args) => store.fetch(...args), changed: () => undefined },
    names,
  );
  cycle = createCycle(ground);
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome on Linux', cycle.idle);
  await cycle.run('asked');
  store.requests.length = 0;
});
afterEach(() => {
  for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
});

describe.each([429, 503])('a store that says "later" (%i)', (status) => {
  test('and when, is not told of as gone, and is left alone until then', async () => {
    await verdict();
    store.faults.push(() => later(status, '30'));
    await cycle.run('saved');
    expect(await readStatus(ground)).toMatchObject({
      connection: 'connected',
      store: 'reached',
      unsent: [{ delivery: 'saved' }],
    });
    const asked = store.requests.length;
    for (const trigger of ['saved', 'poke', 'alarm', 'beat'] as const) {
      time += 6000;
      await cycle.run(trigger);
    }
    expect(store.requests).toHaveLength(asked);
    time += 30_000;
    await cycle.run('alarm');
    expect(await readWaiting(ground.outbox)).toEqual([]);
    expect(await readLocal(ground.local, 'reach')).toEqual({ store: 'reached', since: time, failures: 0, retryAt: 0 });
  });

  test('for more than two minutes is told of as one that does not answer, and still left alone as long as it asked', async () => {
    for (let tries = 0; tries < 6; tries++) {
      store.faults.push(() => later(status, '30'));
      time += 46_000;
      await cycle.run('alarm');
    }
    expect(await readStatus(ground)).toMatchObject({ store: 'unreachable' });
    const reach = await readLocal(ground.local, 'reach');
    expect((reach?.retryAt ?? 0) - time).toBeGreaterThanOrEqual(30_000);
    time += 10 * 60_000;
    await cycle.run('alarm');
    expect(await readStatus(ground)).toMatchObject({ store: 'reached' });
  });

  test('and no time, or one that makes no sense, is tried again as one that does not answer', async () => {
    for (const said of [null, 'soon', '-5']) {
      store.faults.push(() => later(status, said));
      await cycle.run('asked');
      expect(await readStatus(ground)).toMatchObject({ store: 'unreachable' });
      await cycle.run('asked');
    }
  });

  test('is never waited for longer than ten minutes, whatever it asks', async () => {
    store.faults.push(() => later(status, '99999'));
    await cycle.run('asked');
    expect((await readLocal(ground.local, 'reach'))?.retryAt).toBeLessThanOrEqual(time + 15 * 60_000);
  });

  test('is heard by the live stream too', async () => {
    const line = { storeUrl: 'https://store.example', token: 't', fetch: async () => later(status, '7') };
    const stream = { onPoke: () => undefined, onOpen: () => undefined };
    const end = await followLive(line, stream, new AbortController().signal);
    expect(end).toMatchObject({ signedOut: false, retryMs: 7000, stood: false });
  });
});

test('somebody who asks is served at once, however long the store asked to be left alone', async () => {
  store.faults.push(() => later(429, '300'));
  await cycle.run('alarm');
  await verdict();
  await cycle.run('asked');
  expect(await readWaiting(ground.outbox)).toEqual([]);
});
