import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { sendJson } from './send-json.ts';

const long = { words: Array.from({ length: 20_000 }, (_, number) => `word ${number}`) };
const short = { words: ['one'] };

async function ask(answer: unknown, encoding: string): Promise<Response> {
  const app = new Hono().get('/', (context) => sendJson(context, answer));
  return app.request('/', { headers: { 'Accept-Encoding': encoding } });
}

test('a long answer is compressed for a client that takes gzip, and reads the same', async () => {
  const response = await ask(long, 'br, gzip');
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(JSON.parse(gunzipSync(await response.arrayBuffer()).toString())).toEqual(long);
});

test('a long answer is plain for a client that does not, and caches are told of the difference', async () => {
  const response = await ask(long, 'identity');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('vary')).toContain('Accept-Encoding');
  expect(await response.json()).toEqual(long);
});

test('a short answer is plain: compressing it would cost more than it saves', async () => {
  const response = await ask(short, 'gzip');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(await response.json()).toEqual(short);
});
