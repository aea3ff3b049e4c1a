import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, seedAccount, type TestStore } from '../test/postgres/store.ts';
import { createApp } from './app.ts';
import { createSecret } from './auth/secret.ts';
import { inWorkspace } from './db/scope.ts';
import { logOptions, redactLine } from './log.ts';
import { createMetrics } from './metrics.ts';

let store: TestStore;
const lines: string[] = [];
const log = pino(logOptions('trace'), { write: (line: string) => void lines.push(line) });

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());

const parse = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  test('says of each request its id, method, route’s pattern, status, time and device, and nothing that was in it', async () => {
    const app = createApp({ ...store.deps, log });
    const workspaceId = await store.addWorkspace();
    const rep = await store.signIn(workspaceId, 'rep');
    const headers = { Authorization: `Bearer ${rep.token}` };
    lines.length = 0;
    const response = await app.request('/v1/session?secret=opensesame', { headers });
    expect(response.status).toBe(200);
    expect(parse()).toEqual([
      {
        level: 30,
        time: expect.any(String),
        requestId: response.headers.get('x-request-id'),
        method: 'GET',
        route: '/v1/session',
        status: 200,
        ms: expect.any(Number),
        device: rep.caller.deviceId,
        msg: 'request',
      },
    ]);
    lines.length = 0;
    await app.request('/v1/opensesame/dana@kestrel.example');
    expect(parse()[0]).toMatchObject({ route: 'none', status: 404 });
  });

  test('takes over a proxy’s request id, but no other text', async () => {
    const app = createApp({ ...store.deps, log });
    const id = randomUUID();
    const given = await app.request('/healthz', { headers: { 'X-Request-Id': id } });
    expect(given.headers.get('x-request-id')).toBe(id);
    const other = await app.request('/healthz', { headers: { 'X-Request-Id': 'opensesame-opensesame' } });
    expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('holds no token, secret, address or text, whatever is sent to whichever route, and whatever PostgreSQL says of it', async () => {
    const metrics = createMetrics();
    const app = createApp({ ...store.deps, log, metrics });
    const workspaceId = await store.addWorkspace();
    const marketer = await store.signIn(workspaceId, 'marketer');
    const { accountId } = await seedAccount(store, workspaceId);
    const unknown = createSecret(workspaceId).text;
    const nul = String.fromCharCode(0);
    const words = ['opensesame', 'dana.ortiz@kestrel.example', unknown, marketer.token, 'Q1ueensNightShift'];
    const text = words.join(' ');
    const bodies = [
      undefined,
      `{"secret": "${unknown}", broken ${text}`,
      JSON.stringify({ secret: unknown, name: text, device: text }),
      JSON.stringify({ secret: text, address: words[1], role: text, text, title: text }),
      JSON.stringify({
        mutations: [
          { sequence: 1, at: new Date().toISOString(), kind: text, body: { text } },
          {
            sequence: 2,
            at: new Date().toISOString(),
            kind: 'addContact',
            body: { contactId: randomUUID(), accountId, address: words[1], name: `${text}${nul}` },
          },
        ],
      }),
    ];
    lines.length = 0;
    const routes = app.routes.filter((route) => route.method !== 'ALL' && !route.path.endsWith('/live'));
    expect(routes.length).toBeGreaterThan(20);
    for (const { method, path } of new Map(routes.map((route) => [`${route.method} ${route.path}`, route])).values()) {
      for (const authorization of [`Bearer ${marketer.token}`, `Bearer ${unknown}`, `Basic ${text}`]) {
        for (const body of method === 'GET' ? [undefined] : bodies) {
          const url = `${path.replace(/:\w+(\{[^}]*\})?/g, encodeURIComponent(words[1]!))}?after=${encodeURIComponent(text)}`;
          const headers = {
            Authorization: authorization,
            'Content-Type': 'application/json',
            'X-Request-Id': words[0]!,
            'X-Forwarded-For': words[1]!,
            'Idempotency-Key': text.slice(0, 100),
          };
          const response = await app.request(url, { method, headers, ...(body === undefined ? {} : { body }) });
          await response.body?.cancel();
        }
      }
    }
    const written = lines.join('');
    expect(lines.length).toBeGreaterThan(100);
    for (const word of words) expect(written).not.toContain(word);
    const figures = (await metrics.describe()).text;
    for (const word of [...words, marketer.caller.deviceId, workspaceId]) expect(figures).not.toContain(word);
  });

  test('holds nothing that a field’s name says is a secret or an address, whatever form it has', () => {
    lines.length = 0;
    for (const name of ['token', 'secret', 'address', 'authorization'])
      log.info({ [name]: 'open sesame', request: { [name]: 'open sesame' }, kept: name }, 'said');
    expect(lines.join('')).not.toContain('sesame');
    expect(parse().map(({ kept }) => kept)).toEqual(['token', 'secret', 'address', 'authorization']);
  });

  test('keeps what PostgreSQL quotes of a row or a value out of what it says of an error', async () => {
    const workspaceId = await store.addWorkspace();
    const faults = [
      (value: string) => sql`select ${value}::uuid`,
      (value: string) => sql`select ${value}::int`,
      (value: string) =>
        sql`insert into member (workspace_id, id, name, address, role) values (${workspaceId}, ${randomUUID()}, ${value}, ${value}, 'nobody')`,
      (value: string) =>
        sql`insert into definition (workspace_id, kind, term, text) values (${workspaceId}, ${value}, ${value}, ${value}), (${workspaceId}, ${value}, ${value}, ${value})`,
    ];
    for (const fault of faults) {
      const value = `open "sesame" ${randomUUID()}`;
      lines.length = 0;
      const error = await inWorkspace(store.database.db, workspaceId, (scope) => fault(value).execute(scope)).then(
        () => null,
        (err: unknown) => err,
      );
      expect(error).toBeInstanceOf(Error);
      log.error({ err: error }, 'a request failed');
      expect(lines[0]).not.toContain('sesame');
      expect(parse()[0]).toMatchObject({ err: { code: expect.stringMatching(/^\w{5}$/) } });
    }
  });

  test.each([
    ['{"msg":"Bearer abc.def-ghi"}', '{"msg":"Bearer [secret]"}'],
    ['{"msg":"to dana.ortiz+x@kestrel.example, please"}', '{"msg":"to [address], please"}'],
    ['{"msg":"at postgres://owner:pass@db.example/baton"}', '{"msg":"at postgres://[login]@db.example/baton"}'],
    [`{"msg":"${randomUUID()}.${'a'.repeat(43)}"}`, '{"msg":"[secret]"}'],
    [
      '{"stack":"at file:///srv/node_modules/@hono/node-server/index.js:1:2"}',
      '{"stack":"at file:///srv/node_modules/@hono/node-server/index.js:1:2"}',
    ],
  ])('writes %s as %s', (line, written) => expect(redactLine(line)).toBe(written));
});
