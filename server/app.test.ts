import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '#contract/session.ts';
import { createTestStore, type TestDevice, type TestStore } from '../test/postgres/store.ts';
import { createApp } from './app.ts';

let store: TestStore;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
  rep = await store.signIn(await store.addWorkspace(), 'rep');
});
afterAll(() => store?.close());

const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
};

describe('the store’s answers', () => {
  test('to an unknown path are a 404 problem that any origin may read', async () => {
    for (const path of ['/v1/nothing', '/v2/session', '/nothing']) {
      const response = await store.app.request(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect((await problem(response)).detail).toBe('There is nothing under this address.');
    }
  });

  test('to a body that is no JSON, or has another form, say so and where', async () => {
    const send = (body: string) =>
      store.app.request('/v1/invites/preview', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
    expect(await problem(await send('{"secret":'))).toMatchObject({ status: 400, type: 'urn:baton:problem:no-json' });
    expect(await problem(await send('{"secret":"x"}'))).toMatchObject({
      status: 422,
      errors: [{ path: 'secret', message: expect.any(String) }],
    });
  });

  test('to a body larger than 2 MB are 413, whether its length is told or not', async () => {
    const large = JSON.stringify({ mutations: 'x'.repeat(2 * 1024 * 1024) });
    const headers = { Authorization: `Bearer ${rep.token}`, 'Content-Type': 'application/json' };
    const told = await store.app.request('/v1/push', {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(large.length) },
      body: large,
    });
    expect(await problem(told)).toMatchObject({ status: 413, detail: expect.stringMatching(/2 MB/) });
    const untold = await store.app.request('/v1/push', { method: 'POST', headers, body: large });
    expect(untold.status).toBe(413);
  });

  test('name the contract’s version, and let an extension read the headers it needs', async () => {
    const response = await rep.request('GET', '/v1/session');
    expect(response.headers.get('baton-contract')).toBe('2; newest=2; oldest=1');
    expect(response.headers.get('access-control-expose-headers')).toContain('Baton-Contract');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('let a browser ask first whether an extension may call', async () => {
    const response = await store.app.request('/v1/push', {
      method: 'OPTIONS',
      headers: {
        Origin: 'chrome-extension://abc',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,baton-contract',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('are compressed where they may be large, and read the same; the live stream is not held back by it', async () => {
    const marketer = await store.signIn(rep.caller.workspaceId, 'marketer');
    const headers = { Authorization: `Bearer ${marketer.token}`, 'Accept-Encoding': 'gzip' };
    const people = await store.app.request('/v1/desk/people', { headers });
    expect(people.headers.get('content-encoding')).toBe('gzip');
    const plain = await new Response(people.body!.pipeThrough(new DecompressionStream('gzip'))).json();
    expect(JSON.stringify(plain)).toContain(marketer.session.member.name);
    const live = await store.app.request('/v1/live', { headers });
    expect(live.headers.get('content-encoding')).toBeNull();
    await live.body!.cancel();
  });

  test('tell nothing of an unexpected fault but that it happened', async () => {
    const broken = createApp({
      ...store.deps,
      now: () => {
        throw new Error('a secret of the inside');
      },
    });
    const response = await broken.request('/v1/session', { headers: { Authorization: `Bearer ${rep.token}` } });
    expect(response.status).toBe(500);
    expect(JSON.stringify(await problem(response))).not.toContain('secret of the inside');
  });
});

describe('health', () => {
  test('is alive without a database, and ready with one that has this code’s schema', async () => {
    expect((await store.app.request('/healthz')).status).toBe(200);
    expect(await (await store.app.request('/readyz')).json()).toEqual({ status: 'ready' });
  });

  test('is not ready while the store goes down', async () => {
    const draining = createApp({ ...store.deps, isDraining: () => true });
    expect((await draining.request('/readyz')).status).toBe(503);
    expect((await draining.request('/v1/live', { headers: { Authorization: `Bearer ${rep.token}` } })).status).toBe(
      503,
    );
  });
});

describe('the join page', () => {
  test('says what the link is, and its policy lets its own script run and nothing else', async () => {
    const response = await store.app.request('/join');
    const page = await response.text();
    expect(page).toContain('You are invited to Baton');
    const policy = response.headers.get('content-security-policy')!;
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)![1]!;
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:\/\//);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
