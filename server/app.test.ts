import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { problemSchema } from '#contract/session.ts';
import { createTestStore, type TestDevice, type TestStore } from '../test/postgres/store.ts';
import { createApp } from './app.ts';
import { issueInvite } from './auth/invites.ts';

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

  test('to a body larger than its call takes are 413: what a push may be, an invite may not', async () => {
    const body = { secret: 'x'.repeat(100_000) };
    const send = (path: string) =>
      store.app.request(path, {
        method: 'POST',
        headers: { Authorization: `Bearer ${rep.token}` },
        body: JSON.stringify(body),
      });
    expect(await problem(await send('/v1/invites/preview'))).toMatchObject({
      status: 413,
      detail: expect.stringMatching(/64 kB/),
    });
    expect((await send('/v1/push')).status).toBe(422);
  });

  test('to a body that never ends are 408 after a minute, and the connection is given up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('{"secret":')),
      });
      const request = new Request('http://localhost/v1/invites/preview', {
        method: 'POST',
        body,
        duplex: 'half',
      } as RequestInit);
      const answer = store.app.request(request);
      await vi.advanceTimersByTimeAsync(61_000);
      const response = await answer;
      expect((await problem(response)).type).toBe('urn:baton:problem:too-slow');
      expect(response.status).toBe(408);
      expect(response.headers.get('connection')).toBe('close');
    } finally {
      vi.useRealTimers();
    }
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

  test('to a method that a path has not say which it has', async () => {
    for (const [method, path, allowed] of [
      ['PUT', '/v1/session', 'DELETE, GET'],
      ['GET', '/v1/push', 'POST'],
      ['POST', '/healthz', 'GET'],
      ['POST', '/v1/imports/7b1d3a52-6f0e-4c86-9d0a-2f5d1c3e4b10', 'GET'],
    ] as const) {
      const response = await rep.request(method, path);
      expect(response.status, path).toBe(405);
      expect(response.headers.get('allow')).toBe(allowed);
      expect((await problem(response)).type).toBe('urn:baton:problem:method');
    }
    expect((await rep.request('GET', '/v1/push/further')).status).toBe(404);
  });

  test('to an address of 10,000 characters are 414', async () => {
    expect((await problem(await rep.request('GET', `/v1/pull?after=${'9'.repeat(10_000)}`))).status).toBe(414);
  });

  test('to JSON a hundred thousand levels deep say that it is not as expected', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const headers = { Authorization: `Bearer ${rep.token}`, 'Content-Type': 'application/json' };
    for (const body of [
      deep,
      `{"mutations":[{"sequence":1,"kind":"recordVerdict","at":"2026-11-20T10:00:00Z","body":${deep}}]}`,
    ]) {
      const response = await store.app.request('/v1/push', { method: 'POST', headers, body });
      expect([200, 422]).toContain(response.status);
    }
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

describe('the contract’s version', () => {
  const ours = { version: 5, oldest: 3 };
  const ask = (said: string | null, app = createApp(store.deps, ours)) =>
    app.request('/v1/session', {
      headers: { Authorization: `Bearer ${rep.token}`, ...(said === null ? {} : { 'Baton-Contract': said }) },
    });

  test.each([
    ['3', '3; newest=5; oldest=3'],
    ['4; oldest=2', '4; newest=5; oldest=3'],
    ['9; oldest=5', '5; newest=5; oldest=3'],
    [null, '5; newest=5; oldest=3'],
    ['nonsense', '5; newest=5; oldest=3'],
  ])('of a caller that says %j is answered in the newest that both speak', async (said, named) => {
    const response = await ask(said);
    expect(response.status).toBe(200);
    expect(response.headers.get('baton-contract')).toBe(named);
  });

  test('of a file that comes with its ticket and says nothing is the first release’s, which sent files so', async () => {
    const path = '/v1/imports/7b1d3a52-6f0e-4c86-9d0a-2f5d1c3e4b10/file';
    const send = (more: Record<string, string>) =>
      store.app.request(path, { method: 'PUT', headers: { Authorization: 'Ticket none', ...more }, body: 'x' });
    expect((await send({})).headers.get('baton-contract')).toBe('1; newest=2; oldest=1');
    expect((await send({ 'Baton-Contract': '2; oldest=1' })).headers.get('baton-contract')).toBe(
      '2; newest=2; oldest=1',
    );
  });

  test('that the store no longer speaks is 426 and says what to do; the token is not even looked at', async () => {
    const response = await ask('2; oldest=1');
    expect(await problem(response)).toMatchObject({
      status: 426,
      type: 'urn:baton:problem:contract-too-old',
      detail: expect.stringContaining('Update the extension'),
    });
    expect(response.headers.get('baton-contract')).toBe('5; newest=5; oldest=3');
    expect(response.headers.get('upgrade')).toBe('Baton-Contract/5');
  });

  test('that is too new for the store is 501 and says whom to ask', async () => {
    expect(await problem(await ask('9; oldest=7'))).toMatchObject({
      status: 501,
      detail: expect.stringContaining('Ask whoever runs it'),
    });
  });

  test('is told in refusals too', async () => {
    expect((await store.app.request('/v1/session')).headers.get('baton-contract')).toBe('2; newest=2; oldest=1');
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
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:\/\//);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('names the store to press for, takes a link as the store makes it for whole, and one that is cut off for broken', async () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(await (await store.app.request('/join')).text())![1]!;
    const invite = { role: 'rep' as const, address: 'noor@larkspur.example', team: null };
    const { link } = await issueInvite(store.deps, null, rep.caller.workspaceId, invite);
    const open = (address: string) => {
      const { hash, host, href } = new URL(address);
      const parts = { main: { dataset: { link: 'whole' } }, '#host': { textContent: '' } };
      const document = {
        querySelector: (name: string) => parts[name as keyof typeof parts] ?? { addEventListener: () => undefined },
      };
      runInNewContext(script, { document, location: { hash, host, href } });
      return [parts.main.dataset.link, parts['#host'].textContent];
    };
    expect(open(link)).toEqual(['whole', new URL(link).host]);
    for (const cut of [link.slice(0, -1), link.split('#')[0]!, `${link}x`]) expect(open(cut)[0]).toBe('broken');
  });
});
