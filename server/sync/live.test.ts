import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byeSchema, type Cursor, type LiveWaitAnswer } from '#contract/feed.ts';
import type { InsightId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { closeServer, takePort } from '../listen.ts';
import type { ProblemError } from '../problem.ts';
import { type Caps, createRooms } from './rooms.ts';

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

  test('is the only one of its device: the older is told to stay away', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const [older, newer] = [await open(device), await open(device)];
    expect(await older.until('bye')).toBe(true);
    expect(await older.ends()).toBe(true);
    expect(await newer.until('poke')).toBe(true);
    await new Promise((done) => setTimeout(done, 200));
    const before = newer.pokes();
    await pushOne();
    expect(await newer.until('poke', before + 1)).toBe(true);
    expect(await newer.ends(10)).toBe(false);
    await newer.leave();
  });
});

describe('too many who listen', () => {
  const small = (caps: Caps) => {
    const { database, deps } = store;
    return createRooms({ db: database.db, url: database.url, log: deps.log, now: deps.now, caps });
  };
  const full = expect.objectContaining({ problem: expect.objectContaining({ type: 'urn:baton:problem:live-full' }) });

  test('are not let in, with a time to come back; those who listen go on, and may come anew', async () => {
    const rooms = small({ workspace: 1, node: 10 });
    const first = await store.signIn(workspaceId, 'rep');
    const stream = follow(rooms.open(first.caller));
    expect(() => rooms.open(rep.caller)).toThrow(full);
    expect(() => rooms.wait(rep.caller, null, new AbortController().signal)).toThrow(full);
    const times = Array.from({ length: 20 }, () => {
      try {
        return rooms.open(rep.caller) && 0;
      } catch (error) {
        return Number((error as ProblemError).headers['Retry-After']);
      }
    });
    for (const time of times) expect(time).toBeGreaterThanOrEqual(60);
    // Not all come back at the same moment.
    expect(new Set(times).size).toBeGreaterThan(3);
    expect(await stream.ends(50)).toBe(false);
    expect(await follow(rooms.open(first.caller)).until('poke')).toBe(true);
    await rooms.close();
  });

  test('are counted over all workspaces of a node too', async () => {
    const rooms = small({ workspace: 10, node: 1 });
    rooms.open(rep.caller);
    const stranger = await store.signIn(await store.addWorkspace('Halden Pumps'), 'rep');
    expect(() => rooms.open(stranger.caller)).toThrow(full);
    await rooms.close();
  });
});

describe('a question that waits', () => {
  const ask = async (device: TestDevice, after: Cursor | null) => {
    const response = await device.request('GET', `/v1/live/wait${after === null ? '' : `?after=${after}`}`);
    return { status: response.status, body: (await response.json()) as LiveWaitAnswer };
  };

  test('is answered at once when it names no place, or one that the feed has left', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const at = await device.cursor();
    expect((await ask(device, null)).body).toEqual({ moved: true, at, retryMs: 0 });
    await pushOne();
    expect((await ask(device, at)).body).toEqual({ moved: true, at: await device.cursor(), retryMs: 0 });
  });

  test('is answered when something changes, and not before', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    let isAnswered = false;
    const answer = ask(device, await device.cursor()).finally(() => {
      isAnswered = true;
    });
    await new Promise((done) => setTimeout(done, 1300));
    expect(isAnswered).toBe(false);
    await pushOne();
    expect((await answer).body).toEqual({ moved: true, at: await device.cursor(), retryMs: 0 });
  });

  test('gives way to a newer one of its device, or to its stream; one of a revoked device sends it to ask why', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const at = await device.cursor();
    const oldest = ask(device, at);
    await expect.poll(() => store.rooms.countListeners()).toBe(1);
    const stream = await open(device);
    expect((await oldest).body).toEqual({ moved: false, at, retryMs: 60_000 });
    const newest = ask(device, at);
    expect(await stream.ends()).toBe(true);
    await device.request('DELETE', '/v1/session');
    expect((await newest).body).toMatchObject({ moved: true });
    expect((await ask(device, at)).status).toBe(401);
  });

  test('is given up when its client leaves', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const stop = new AbortController();
    const waiting = store.rooms.wait(device.caller, await device.cursor(), stop.signal);
    expect(store.rooms.countListeners()).toBe(1);
    stop.abort();
    await waiting;
    expect(store.rooms.countListeners()).toBe(0);
  });

  test('and so over a real connection', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const { server, port, serve } = await takePort('127.0.0.1', 0);
    serve(store.app);
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${device.token}` };
    const path = `http://127.0.0.1:${port}/v1/live/wait?after=${await device.cursor()}`;
    const waiting = fetch(path, { headers, signal: stop.signal });
    await expect.poll(() => store.rooms.countListeners()).toBe(1);
    stop.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(() => store.rooms.countListeners()).toBe(0);
    await closeServer(server, 0);
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
