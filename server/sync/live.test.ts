import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byeSchema } from '#contract/feed.ts';
import type { InsightId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { createRooms } from './rooms.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let pushed = 0;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  rep = await store.signIn(workspaceId, 'rep');
});
afterAll(() => store?.close());

const insight = (): Mutation => ({
  kind: 'recordInsight',
  body: {
    insightId: randomUUID() as InsightId,
    accountId: null,
    contactId: null,
    text: 'They buy in March.',
    quote: null,
    kind: 'customer',
    method: 'interview',
  },
});
const pushOne = async () => expect((await rep.push(++pushed, insight())).status).toBe(200);

/** Reads a stream of server-sent events; `until` waits for one, `isOver` for the end. */
function follow(body: ReadableStream<Uint8Array>) {
  let text = '';
  let isOver = false;
  const reader = body.getReader();
  const reading = (async () => {
    const decoder = new TextDecoder();
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += decoder.decode(part.value);
    isOver = true;
  })();
  const wait = async (met: () => boolean, ms = 2000) => {
    for (const end = Date.now() + ms; Date.now() < end; ) {
      if (met()) return true;
      await new Promise((done) => setTimeout(done, 5));
    }
    return met();
  };
  return {
    pokes: () => text.split('event: poke').length - 1,
    until: (event: string, times = 1, ms?: number) => wait(() => text.split(`event: ${event}`).length - 1 >= times, ms),
    ends: (ms?: number) => wait(() => isOver, ms),
    text: () => text,
    leave: () => reader.cancel().then(() => reading),
  };
}
const open = async (device: TestDevice) => {
  const response = await device.request('GET', '/v1/live');
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return follow(response.body!);
};

describe('a live stream', () => {
  test('begins with a poke, and pokes within 2 s of a colleague’s push, without saying what changed', async () => {
    const stream = await open(await store.signIn(workspaceId, 'marketer'));
    expect(await stream.until('poke')).toBe(true);
    await new Promise((done) => setTimeout(done, 50));
    const before = stream.pokes();
    const at = performance.now();
    await pushOne();
    expect(await stream.until('poke', before + 1)).toBe(true);
    expect(performance.now() - at).toBeLessThan(500);
    expect(stream.text()).toMatch(/event: poke\ndata:\n\n$/);
    await stream.leave();
  });

  test('pokes for many changes in a moment few times', async () => {
    const stream = await open(await store.signIn(workspaceId, 'rep'));
    await stream.until('poke');
    for (let index = 0; index < 30; index++) await pushOne();
    await stream.until('poke', 2);
    await new Promise((done) => setTimeout(done, 1200));
    expect(stream.pokes()).toBeLessThan(15);
    await stream.leave();
  });

  test('hears of nothing in another workspace', async () => {
    const other = await store.addWorkspace('Halden Pumps');
    const stream = await open(await store.signIn(other, 'rep'));
    await stream.until('poke');
    await new Promise((done) => setTimeout(done, 100));
    const before = stream.pokes();
    await pushOne();
    await new Promise((done) => setTimeout(done, 1500));
    expect(stream.pokes()).toBe(before);
    await stream.leave();
  });

  test('is closed at once when its device is revoked', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const stream = await open(device);
    await stream.until('poke');
    expect((await device.request('DELETE', '/v1/session')).status).toBe(204);
    expect(await stream.ends()).toBe(true);
    expect((await device.request('GET', '/v1/live')).status).toBe(401);
  });

  test('is one of two at most of a device: the oldest is told to stay away', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const streams = [await open(device), await open(device), await open(device)];
    expect(await streams[0]!.until('bye')).toBe(true);
    expect(await streams[0]!.ends()).toBe(true);
    await pushOne();
    expect(await streams[2]!.until('poke', 2)).toBe(true);
    expect(await streams[1]!.ends(10)).toBe(false);
    await Promise.all([streams[1]!.leave(), streams[2]!.leave()]);
  });
});

describe('two nodes on one database', () => {
  const node = (url: string) =>
    createRooms({ db: store.database.db, url, log: pino({ level: 'silent' }), now: store.deps.now });

  test('hear of each other by notification', async () => {
    const second = node(store.database.url);
    const stream = follow(second.open((await store.signIn(workspaceId, 'rep')).caller));
    await new Promise((done) => setTimeout(done, 300));
    const before = stream.pokes();
    await pushOne();
    expect(await stream.until('poke', before + 1)).toBe(true);
    await second.close();
  });

  test('hear of each other by polling alone, within 2 s', async () => {
    const second = node('postgres://nobody@127.0.0.1:1/nowhere');
    const stream = follow(second.open((await store.signIn(workspaceId, 'rep')).caller));
    await new Promise((done) => setTimeout(done, 300));
    const before = stream.pokes();
    await pushOne();
    expect(await stream.until('poke', before + 1)).toBe(true);
    await second.close();
  });

  test('a node that goes down says when to come back', async () => {
    const second = node(store.database.url);
    const stream = follow(second.open((await store.signIn(workspaceId, 'rep')).caller));
    await stream.until('poke');
    await second.close();
    expect(await stream.ends()).toBe(true);
    const bye = byeSchema.parse(JSON.parse(/event: bye\ndata: (.*)\n/.exec(stream.text())![1]!));
    expect(bye.retryMs).toBeGreaterThan(0);
  });
});
