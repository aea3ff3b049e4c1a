import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Authenticated } from '../deps.ts';
import { lockCall } from '../store/idempotent-call.ts';
import { answerOnce } from './answer-once.ts';
import { seal, unseal } from './seal.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let key = '';

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin', 'ida@larkspur.example');
  await seedAccount(store, workspaceId);
});
afterAll(() => store?.close());
beforeEach(() => {
  store.moveClock(0);
  key = randomUUID();
});

interface Call {
  path?: string;
  body?: unknown;
  key?: string | null;
  device?: TestDevice;
  app?: TestStore['app'];
}
const everybody = { segments: [], tiers: [], stages: [], activeDays: null };
const inviteOf = (address: string) => ({ role: 'rep', address, team: null });
const draft = {
  title: 'Shorter set-up',
  text: 'A day.',
  whyNow: null,
  link: null,
  campaignId: null,
  startsOn: null,
  expiresOn: null,
};

function call({
  path = '/v1/invites',
  body = inviteOf('jo@larkspur.example'),
  device = admin,
  app = store.app,
  ...rest
}: Call = {}) {
  const own = rest.key === undefined ? key : rest.key;
  const headers = {
    Authorization: `Bearer ${device.token}`,
    'Content-Type': 'application/json',
    ...(own === null ? {} : { 'Idempotency-Key': own }),
  };
  return app.request(path, { method: 'POST', headers, ...(body === null ? {} : { body: JSON.stringify(body) }) });
}
async function count(table: 'invite' | 'talking_point' | 'idempotent_call'): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table)}`.execute(store.database.owner);
  return Number(rows[0]?.count);
}
async function typeOf(response: Response): Promise<string> {
  return ((await response.json()) as { type: string }).type.replace('urn:baton:problem:', '');
}

describe('a call with a key', () => {
  test('that is sent again is answered as the first time, and done once', async () => {
    const before = await count('invite');
    const first = await call();
    const again = await call();
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(await count('invite')).toBe(before + 1);
  });

  test('in quotes is the same key', async () => {
    const first = await call();
    expect(await (await call({ key: `"${key}"` })).json()).toEqual(await first.json());
  });

  test('that was used for something else is refused, and nothing is done', async () => {
    await call();
    const before = await count('invite');
    for (const other of [
      { body: inviteOf('kit@larkspur.example') },
      { path: '/v1/desk/talking-points', body: { ...draft, audience: everybody } },
    ]) {
      const response = await call(other);
      expect(response.status).toBe(422);
      expect(await typeOf(response)).toBe('key-reused');
    }
    expect(await count('invite')).toBe(before);
  });

  test('is done once however many come at the same moment; who comes meanwhile is told so', async () => {
    const before = await count('invite');
    const answers = await Promise.all(Array.from({ length: 8 }, () => call()));
    expect(await count('invite')).toBe(before + 1);
    const statuses = new Set(answers.map((each) => each.status));
    expect([...statuses].filter((each) => each !== 201 && each !== 409)).toEqual([]);
    expect(statuses.has(201)).toBe(true);
  });

  test('while another with it is worked on is told to come back', async () => {
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      expect(await lockCall(scope, admin.caller, key)).toBe(true);
      const response = await call();
      expect(response.status).toBe(409);
      expect(response.headers.get('Retry-After')).toBe('1');
      expect(await typeOf(response)).toBe('in-progress');
    });
    expect((await call()).status).toBe(201);
  });

  test('belongs to its device: another may use the same', async () => {
    const other = await store.signIn(workspaceId, 'admin', 'other@larkspur.example');
    const [mine, theirs] = [await call(), await call({ device: other })];
    expect(theirs.status).toBe(201);
    expect(await theirs.json()).not.toEqual(await mine.json());
  });

  test('that failed did nothing and is not kept: it may be tried again', async () => {
    const empty = { ...draft, audience: { ...everybody, tiers: [9] } };
    const before = [await count('talking_point'), await count('idempotent_call')];
    for (let tries = 0; tries < 2; tries++) {
      const response = await call({ path: '/v1/desk/talking-points', body: empty });
      expect(response.status).toBe(422);
      expect(await typeOf(response)).toBe('empty-audience');
    }
    expect([await count('talking_point'), await count('idempotent_call')]).toEqual(before);
  });

  test('whose answer cannot be kept has no effect either', async () => {
    const before = await count('invite');
    await sql`alter table idempotent_call add constraint nothing check (status <> 201) not valid`.execute(
      store.database.owner,
    );
    expect((await call()).status).toBe(500);
    await sql`alter table idempotent_call drop constraint nothing`.execute(store.database.owner);
    expect(await count('invite')).toBe(before);
  });

  test('is forgotten after 24 hours', async () => {
    const first = await (await call()).json();
    store.moveClock(23 * 3_600_000);
    expect(await (await call()).json()).toEqual(first);
    store.moveClock(25 * 3_600_000);
    const later = await call({ body: inviteOf('later@larkspur.example') });
    expect(later.status).toBe(201);
    expect(later.headers.get('Idempotency-Replayed')).toBeNull();
  });

  test('is answered again also when there was nothing to say', async () => {
    const point = await call({ path: '/v1/desk/talking-points', body: { ...draft, audience: everybody }, key: null });
    const { id } = (await point.json()) as { id: string };
    for (let tries = 0; tries < 2; tries++) {
      const response = await call({ path: `/v1/desk/talking-points/${id}/end`, body: null });
      expect(response.status).toBe(204);
      expect(response.headers.get('Idempotency-Replayed')).toBe(tries === 1 ? 'true' : null);
    }
  });

  test.each(['', '""', 'with space', 'x'.repeat(256)])('that is none (%j) is refused', async (wrong) => {
    const response = await call({ key: wrong });
    expect(response.status).toBe(400);
    expect(await typeOf(response)).toBe('key-malformed');
  });

  test('pokes only when it is committed, and not when it is answered again', async () => {
    const poked: string[] = [];
    const before: number[] = [];
    const deps = { ...store.deps, pokes: { poke: (id: string) => void poked.push(id) } };
    const app = new Hono<Authenticated>().post(
      '/',
      async (context, next) => {
        context.set('caller', admin.caller);
        await next();
      },
      answerOnce(deps, async (context, within) => {
        within.pokes.poke(workspaceId);
        before.push(poked.length);
        return context.json({ fine: true });
      }),
    );
    const send = () =>
      app.request('/', { method: 'POST', headers: { 'Idempotency-Key': key, Authorization: 'Bearer x' } });
    await send();
    expect([before, poked]).toEqual([[0], [workspaceId]]);
    await send();
    expect([before, poked]).toEqual([[0], [workspaceId]]);
  });
});

test('without a key a call is done as often as it is sent', async () => {
  const before = await count('invite');
  await call({ key: null });
  await call({ key: null });
  expect(await count('invite')).toBe(before + 2);
});

test('what is kept cannot be read without the caller’s token: no invite’s link lies in the database', async () => {
  const { link } = (await (await call()).json()) as { link: string };
  const { rows } = await sql<{
    text: string;
  }>`select to_jsonb(c)::text as text from idempotent_call c where key = ${key}`.execute(store.database.owner);
  expect(rows).toHaveLength(1);
  const bytes = Buffer.from(/"sealed": ?"([^"]+)"/.exec(rows[0]?.text ?? '')?.[1] ?? '', 'base64');
  const secret = new URL(link).hash.slice(1);
  for (const text of [rows[0]?.text ?? '', bytes.toString('utf8')]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.slice(40));
  }
});

test('a sealed text opens with the same token and request alone', () => {
  const about = Buffer.from('a request');
  const sealed = seal('Bearer one', about, 'a link');
  expect(unseal('Bearer one', about, sealed)).toBe('a link');
  expect(seal('Bearer one', about, 'a link')).not.toBe(sealed);
  expect(() => unseal('Bearer two', about, sealed)).toThrow();
  expect(() => unseal('Bearer one', Buffer.from('another'), sealed)).toThrow();
  const changed = Buffer.from(sealed, 'base64');
  changed[changed.length - 1]! ^= 1;
  expect(() => unseal('Bearer one', about, changed.toString('base64'))).toThrow();
});
