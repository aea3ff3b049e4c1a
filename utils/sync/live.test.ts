import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { problem } from '../../test/fixtures/fake-store.ts';
import { followLive } from './follow-live.ts';
import { createLive, type HeldBack } from './live.ts';

vi.spyOn(console, 'info').mockImplementation(() => undefined);

let server: Server;
let storeUrl: string;
let answer: (response: ServerResponse, path: string) => void;
const open = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });

beforeEach(async () => {
  server = createServer((request, response) => answer(response, request.url ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  storeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

/** What a keeper gets: where it is, and a memory that outlives it. */
function means(memory: { until: number | null } = { until: null }) {
  const heldBack: HeldBack = {
    read: async () => memory.until,
    write: async (until) => {
      memory.until = until;
    },
  };
  return { heldBack, readLine: async () => ({ storeUrl, token: 't' }), onSignedOut: () => undefined };
}

async function follow(stop = new AbortController()) {
  const heard: string[] = [];
  const stream = { onPoke: () => void heard.push('poke'), onOpen: () => void heard.push('open') };
  const end = await followLive({ storeUrl, token: 't' }, stream, stop.signal);
  return { heard, end };
}

test('every poke is heard, also when one comes in pieces; heartbeats are not pokes', async () => {
  answer = (response) => {
    open(response).write(': heartbeat\n\nevent: po');
    setTimeout(() => response.write('ke\ndata:\n\n'), 10);
    setTimeout(() => response.end('event: poke\r\ndata: \r\n\r\n: heartbeat\n\n'), 20);
  };
  expect(await follow()).toMatchObject({ heard: ['open', 'poke', 'poke'], end: { stood: true, retryMs: null } });
});

test('a goodbye says when to come back', async () => {
  answer = (response) => open(response).end('event: bye\ndata: {"retryMs":1200}\n\n');
  expect((await follow()).end).toEqual({ signedOut: false, retryMs: 1200, stood: true, isBarred: false });
});

test('a page that is no event stream is no stream', async () => {
  answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>event: poke</h1>');
  expect(await follow()).toMatchObject({ heard: [], end: { stood: false } });
});

test('a refused token is told apart from a store that is away', async () => {
  answer = (response) => response.writeHead(401, { 'content-type': 'text/html' }).end();
  expect((await follow()).end).toMatchObject({ signedOut: false });
  const refused = await problem(401, 'token-revoked').text();
  answer = (response) => response.writeHead(401, { 'content-type': 'application/problem+json' }).end(refused);
  expect((await follow()).end).toMatchObject({ signedOut: true });
});

test('a stream silent for 40 s is dead, however open it looks', async () => {
  answer = (response) => void open(response).write(': heartbeat\n\n');
  const { promise: opened, resolve: onOpen } = Promise.withResolvers<void>();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const followed = followLive(
    { storeUrl, token: 't' },
    { onPoke: () => undefined, onOpen },
    new AbortController().signal,
  );
  await opened;
  await vi.advanceTimersByTimeAsync(39_000);
  expect(await Promise.race([followed, Promise.resolve('open')])).toBe('open');
  await vi.advanceTimersByTimeAsync(2000);
  expect(await followed).toMatchObject({ stood: true, signedOut: false });
});

test('one browser holds one stream, however often it is asked for', async () => {
  let streams = 0;
  answer = (response) => {
    streams += 1;
    open(response).write(': heartbeat\n\n');
  };
  const poked = vi.fn();
  const live = createLive({
    ...means(),
    onPoke: poked,
  });
  for (let times = 0; times < 10; times++) live.ensure();
  await vi.waitFor(() => expect(poked).toHaveBeenCalledOnce());
  live.ensure();
  expect(streams).toBe(1);
  live.stop();
});

test('a stream that ended comes back, and catches up on what it missed', async () => {
  answer = (response) => open(response).end('event: bye\ndata: {"retryMs":5}\n\n');
  const poked = vi.fn();
  const live = createLive({
    ...means(),
    onPoke: poked,
  });
  live.ensure();
  await vi.waitFor(() => expect(poked.mock.calls.length).toBeGreaterThan(3));
  live.stop();
});

test('its state says since when the stream stands, when a poke came last, and how it last failed', async () => {
  answer = (response) => response.writeHead(404).end();
  const live = createLive({
    ...means(),
    onPoke: () => undefined,
  });
  expect(live.state()).toEqual({ since: null, isAsking: false, pokedAt: null, failedAt: null, failure: null });
  live.ensure();
  await vi.waitFor(() => expect(live.state()).toMatchObject({ since: null, failure: 'notOpened' }));
  live.stop();
  answer = (response) => open(response).write('event: poke\ndata:\n\n');
  live.ensure();
  await vi.waitFor(() =>
    expect(live.state()).toMatchObject({ since: expect.any(String), pokedAt: expect.any(String) }),
  );
  live.stop();
  expect(live.state().since).toBeNull();
});

const isQuestion = (path: string) => path.startsWith('/v1/live/wait');
const at = `7.${'0'.repeat(36)}`;
const say = (response: ServerResponse, moved: boolean, retryMs = 0) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ moved, at, retryMs }));
const hasty = { openingMs: 100, silenceMs: 200, answerMs: 1000, shortMs: 500, askingMs: 60_000 };

test('a stream that nothing comes through is given up, and the store asked instead; a browser that starts anew asks at once', async () => {
  const paths: string[] = [];
  answer = (response, path) => {
    paths.push(path);
    if (!isQuestion(path)) open(response).flushHeaders();
    else if (!path.includes('after')) say(response, true);
  };
  const memory = { until: null };
  const poked = vi.fn();
  const live = createLive({ ...means(memory), onPoke: poked }, hasty);
  live.ensure();
  await vi.waitFor(() => expect(paths).toEqual(['/v1/live', '/v1/live/wait', `/v1/live/wait?after=${at}`]));
  expect(live.state()).toMatchObject({ since: expect.any(String), isAsking: true, failure: 'heldBack' });
  expect(poked).toHaveBeenCalledOnce();
  live.stop();
  const next = createLive({ ...means(memory), onPoke: poked }, hasty);
  next.ensure();
  await vi.waitFor(() => expect(paths.slice(3)).toEqual(['/v1/live/wait', `/v1/live/wait?after=${at}`]));
  next.stop();
});

test('a stream that went silent after it had stood is one that is held back, too', async () => {
  answer = (response, path) => void (isQuestion(path) ? say(response, true) : open(response).write(': still here\n\n'));
  const live = createLive({ ...means(), onPoke: () => undefined }, hasty);
  live.ensure();
  await vi.waitFor(() => expect(live.state()).toMatchObject({ isAsking: true, since: expect.any(String) }));
  live.stop();
});

test('streams that are cut soon, one after the other, are given up; one that was cut once comes back', async () => {
  let streams = 0;
  answer = (response, path) => {
    if (isQuestion(path)) return say(response, true);
    streams += 1;
    open(response).write('event: poke\ndata:\n\n');
    setTimeout(() => response.destroy(), 20);
  };
  const live = createLive({ ...means(), onPoke: () => undefined }, hasty);
  live.ensure();
  await vi.waitFor(() => expect(live.state().isAsking).toBe(true), 6000);
  expect(streams).toBe(3);
  live.stop();
});

test('after a while of asking a stream is tried again, and held when it comes through', async () => {
  let isHeld = true;
  answer = (response, path) => {
    if (isQuestion(path)) return say(response, !path.includes('after'));
    open(response).flushHeaders();
    if (!isHeld) response.write('event: poke\ndata:\n\n');
  };
  const memory = { until: null };
  const live = createLive({ ...means(memory), onPoke: () => undefined }, { ...hasty, askingMs: 300 });
  live.ensure();
  await vi.waitFor(() => expect(live.state().isAsking).toBe(true));
  isHeld = false;
  await vi.waitFor(() => expect(live.state()).toMatchObject({ isAsking: false, since: expect.any(String) }), 3000);
  live.stop();
});

test('an older store that knows no questions is listened to by streams alone', async () => {
  const paths: string[] = [];
  const unknown = await problem(404, 'not-found').text();
  answer = (response, path) => {
    paths.push(path);
    if (!isQuestion(path)) return open(response).flushHeaders();
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end(unknown);
  };
  const memory = { until: null };
  const live = createLive({ ...means(memory), onPoke: () => undefined }, hasty);
  live.ensure();
  await vi.waitFor(() => expect(paths.slice(0, 3)).toEqual(['/v1/live', '/v1/live/wait', '/v1/live']), 5000);
  live.stop();
});

test('a question that another browser takes the place of stays away for as long as the store says', async () => {
  const paths: string[] = [];
  answer = (response, path) => {
    paths.push(path);
    say(response, false, 60_000);
  };
  const live = createLive({ ...means({ until: Date.now() + 30_000 }), onPoke: () => undefined }, hasty);
  live.ensure();
  await vi.waitFor(() => expect(paths).toHaveLength(1));
  await new Promise((done) => setTimeout(done, 300));
  live.ensure();
  await new Promise((done) => setTimeout(done, 100));
  expect(paths).toEqual(['/v1/live/wait']);
  live.stop();
});

test('a clock that is turned back does not keep this browser asking', async () => {
  const paths: string[] = [];
  answer = (response, path) => void (paths.push(path), open(response).write(': still here\n\n'));
  const live = createLive({ ...means({ until: Date.now() + 366 * 86_400_000 }), onPoke: () => undefined }, hasty);
  live.ensure();
  await vi.waitFor(() => expect(paths).toEqual(['/v1/live']));
  live.stop();
});
