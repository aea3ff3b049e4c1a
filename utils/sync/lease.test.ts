import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { writeLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite } from './join.ts';
import { readStatus } from './read-status.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

const minute = 60_000;
const day = 24 * 60 * minute;
let time: number;
let isOffline: boolean;
let changes: number;
let store: FakeStore;
let ground: Ground;
let cycle: Cycle;

const state = async () => (await readStatus(ground)).connection;

/** So much time goes by with the browser running: the alarm rings each minute (here each hour, to be quick). */
async function run(ms: number): Promise<void> {
  for (const until = time + ms; time < until; ) {
    time += Math.min(60 * minute, until - time);
    await cycle.run('alarm');
  }
}

beforeEach(async () => {
  time = Date.parse('2026-11-20T10:00:00.000Z');
  isOffline = false;
  changes = 0;
  // The store's clock is its own: the device's may be set anywhere.
  store = createFakeStore(() => Date.parse('2026-11-20T10:00:00.000Z'));
  const reach: typeof fetch = async (...request) => {
    if (isOffline) throw new TypeError('no network');
    return store.fetch(...request);
  };
  const means = { now: () => time, fetch: reach, changed: () => void changes++ };
  ground = await openGround(means, { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() });
  cycle = createCycle(ground);
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome on Linux', cycle.idle);
  await cycle.run('asked');
});

test('a lease ends seven days after the store was last reached, is told of when it ends, and the store opens it again', async () => {
  isOffline = true;
  await run(7 * day - 60 * minute);
  expect(await state()).toBe('connected');
  changes = 0;
  await run(2 * 60 * minute);
  expect(await state()).toBe('leaseEnded');
  expect(changes).toBeGreaterThan(0);
  isOffline = false;
  await cycle.run('online');
  expect(await state()).toBe('connected');
});

test('a clock set back gains nothing of a lease, however often and however far', async () => {
  isOffline = true;
  for (let round = 0; round < 8; round++) {
    await run(day);
    time -= day;
    await cycle.run('alarm');
  }
  expect(await state()).toBe('leaseEnded');
});

test('a clock set back by a year before anybody looks takes the end back with it', async () => {
  isOffline = true;
  await run(6 * day);
  time -= 365 * day;
  expect(await state()).toBe('connected');
  time += 2 * day;
  expect(await state()).toBe('connected');
  await run(0);
  time -= 2 * day;
  await run(2 * day);
  expect(await state()).toBe('leaseEnded');
});

test('what has run out stays so when the clock is set back after that', async () => {
  isOffline = true;
  await run(8 * day);
  time -= 8 * day;
  expect(await state()).toBe('leaseEnded');
  await run(60 * minute);
  expect(await state()).toBe('leaseEnded');
});

test('a clock set forward by a year ends it early offline, and changes nothing online', async () => {
  time += 365 * day;
  await cycle.run('alarm');
  expect(await state()).toBe('connected');
  isOffline = true;
  time += 365 * day;
  expect(await state()).toBe('leaseEnded');
});

test('a lease that an older version kept, which knew no clock, is kept', async () => {
  const now = time;
  await writeLocal(ground.local, 'connection', {
    storeUrl: 'https://store.example',
    token: store.token,
    session: store.session,
    state: 'connected',
    leaseEndsAt: now + day,
    checkedAt: now,
  });
  isOffline = true;
  expect(await state()).toBe('connected');
  await run(day + 60 * minute);
  expect(await state()).toBe('leaseEnded');
});

test('a lease of another length, as an admin has set it, counts from when the store was next asked', async () => {
  const leaseUntil = new Date(Date.parse(store.session.storeTime) + day / 2).toISOString();
  store.session = { ...store.session, leaseUntil };
  await run(11 * minute);
  isOffline = true;
  await run(11 * 60 * minute);
  expect(await state()).toBe('connected');
  await run(2 * 60 * minute);
  expect(await state()).toBe('leaseEnded');
});
