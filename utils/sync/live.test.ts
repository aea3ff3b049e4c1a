import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { problem } from '../../test/fixtures/fake-store.ts';
import { createLive, followLive } from './live.ts';

vi.spyOn(console, 'info').mockImplementation(() => undefined);

let server: Server;
let storeUrl: string;
let answer: (response: ServerResponse) => void;
const open = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });

beforeEach(async () => {
  server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  storeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

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
  expect((await follow()).end).toEqual({ signedOut: false, retryMs: 1200, stood: true });
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
    readLine: async () => ({ storeUrl, token: 't' }),
    onPoke: poked,
    onSignedOut: () => undefined,
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
    readLine: async () => ({ storeUrl, token: 't' }),
    onPoke: poked,
    onSignedOut: () => undefined,
  });
  live.ensure();
  await vi.waitFor(() => expect(poked.mock.calls.length).toBeGreaterThan(3));
  live.stop();
});

test('its state says since when the stream stands, when a poke came last, and how it last failed', async () => {
  answer = (response) => response.writeHead(404).end();
  const live = createLive({
    readLine: async () => ({ storeUrl, token: 't' }),
    onPoke: () => undefined,
    onSignedOut: () => undefined,
  });
  expect(live.state()).toEqual({ since: null, pokedAt: null, failedAt: null, failure: null });
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
