import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestStore, type TestStore } from '../../test/postgres/store.ts';
import { createApp } from '../app.ts';
import { closeServer, type Listening, takePort } from '../listen.ts';
import { createRateLimits, strangerAllowance } from './rate-limits.ts';

let store: TestStore;
let listening: Listening;

beforeAll(async () => {
  store = await createTestStore();
  listening = await takePort('127.0.0.1', 0);
  const limits = createRateLimits({ nowMs: () => performance.now(), proxies: 0 });
  listening.serve(createApp({ ...store.deps, limits }));
});
afterAll(async () => {
  await closeServer(listening.server, 1000);
  await store?.close();
});

/** Writes raw bytes and reads until the store closes or falls silent. */
function speak(text: string): Promise<string> {
  return new Promise((done) => {
    let heard = '';
    const socket = connect(listening.port, '127.0.0.1', () => socket.write(text));
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if (heard.includes('urn:baton:problem:')) socket.end();
    });
    socket.on('close', () => done(heard));
    socket.on('error', () => done(heard));
  });
}
const head = (path: string, ...more: string[]) =>
  ['POST', path, 'HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n']
    .join(' ')
    .concat(more.map((each) => `${each}\r\n`).join(''), '\r\n');

test('a body that is told to be too large is refused before any of it is sent', async () => {
  const heard = await speak(head('/v1/invites/preview', 'Content-Length: 100000000'));
  expect(heard).toMatch(/^HTTP\/1\.1 413 /);
  expect(heard.toLowerCase()).toContain('connection: close');
});

test('a body that tells no length is refused once it is too large', async () => {
  const chunk = `${(0x10000).toString(16)}\r\n${'x'.repeat(0x10000)}\r\n`;
  const heard = await speak(head('/v1/invites/preview', 'Transfer-Encoding: chunked') + chunk + chunk);
  expect(heard).toMatch(/^HTTP\/1\.1 413 /);
});

test('programs on this machine are not counted; callers behind a proxy that the store was not told of are', async () => {
  const ask = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${listening.port}/v1/session`, { headers });
  const count = async (headers: Record<string, string>) => {
    let held = 0;
    for (let asked = 0; asked < strangerAllowance.burst + 10; asked++)
      held += (await ask(headers)).status === 429 ? 1 : 0;
    return held;
  };
  expect(await count({})).toBe(0);
  expect(await count({ 'X-Forwarded-For': '198.51.100.1' })).toBeGreaterThan(0);
  const refused = await ask({ 'X-Forwarded-For': '198.51.100.9', Origin: 'chrome-extension://abc' });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  expect(await ask({})).toHaveProperty('status', 401);
});
