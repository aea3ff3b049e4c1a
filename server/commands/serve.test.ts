import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { snapshotLineSchema } from '#contract/feed.ts';
import { createTestDatabase } from '../../test/postgres/database.ts';
import { createPool } from '../db/pool.ts';
import { readPostmaster } from '../db/postmaster.ts';

const main = join(import.meta.dirname, '../main.ts');
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const running = new Set<ChildProcess>();
const folders: string[] = [];
/** The folder of a store that runs through several tests. */
let kept: string | null = null;

function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'baton-store-'));
  folders.push(dir);
  return join(dir, 'store');
}

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function runStore(env: Record<string, string>, ...words: string[]): Run {
  const child = spawn(process.execPath, [main, ...words], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'warn', WAL_AHEAD_MB: '64', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (part) => (stdout += part));
  child.stderr!.on('data', (part) => (stderr += part));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    child.on('close', (code) => {
      running.delete(child);
      done({ code, stdout, stderr });
    });
  });
  return { child, output: () => stdout + stderr, ended };
}

async function until<T>(find: () => T | undefined | null | false, what: () => string, ms = 60_000): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    const found = find();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`Waited in vain: ${what()}`);
}

async function startStore(dir: string, env: Record<string, string> = {}): Promise<{ run: Run; url: string }> {
  const run = runStore({ DATA_DIR: dir, ...env });
  const url = await until(() => /ready at (\S+)/.exec(run.output())?.[1], run.output);
  return { run, url };
}

/** What a store that ought not to start says. One plain sentence or two, exit code 1, no stack trace. */
async function refusal(env: Record<string, string>, ...words: string[]): Promise<string> {
  const { code, stderr, stdout } = await runStore(env, ...words).ended;
  expect(code, stderr + stdout).toBe(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  return stderr.trim();
}

async function acceptFirstInvite(
  url: string,
  dir: string,
): Promise<(path: string, body?: unknown, write?: () => AsyncIterable<string>) => Promise<Response>> {
  const secret = readFileSync(join(dir, 'first-invite.txt'), 'utf8').trim().split('#')[1];
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(new URL('/v1/invites/accept', url), {
    method: 'POST',
    headers,
    body: JSON.stringify({ secret, name: 'Ines Prado', device: 'Test' }),
  });
  const { token } = (await response.json()) as { token: string };
  return (path, body, write) =>
    fetch(new URL(path, url), {
      headers: { ...headers, Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      ...(write === undefined
        ? {}
        : { method: 'POST', body: Readable.from(write(), { objectMode: false }), duplex: 'half' }),
    } as RequestInit);
}

const insight = (sequence: number) => ({
  sequence,
  at: new Date().toISOString(),
  kind: 'recordInsight',
  body: {
    insightId: randomUUID(),
    accountId: null,
    contactId: null,
    text: `Number ${sequence}`,
    quote: null,
    kind: 'customer',
    method: 'interview',
  },
});

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders.filter((each) => each !== kept)) {
    const server = readPostmaster(join(folder, 'store/postgres'));
    if (server) process.kill(server.pid, 'SIGQUIT');
  }
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

describe('a store on its own PostgreSQL', () => {
  test('starts on an empty folder, and puts the first admin’s invite in a file for its owner alone, not in the log', async () => {
    const dir = newFolder();
    const { run, url } = await startStore(dir, { LOG_LEVEL: 'trace' });
    const file = join(dir, 'first-invite.txt');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'postgres-passwords.json')).mode & 0o777).toBe(0o600);
    const link = readFileSync(file, 'utf8').trim();
    expect(link.startsWith(`${url}join#`)).toBe(true);
    expect(run.output()).not.toContain(link.split('#')[1]);
    const call = await acceptFirstInvite(url, dir);
    expect((await call('/v1/session')).status).toBe(200);
    expect((await call('/v1/session')).headers.get('RateLimit')).toMatch(/^"device";r=\d+;t=\d+$/);
  });

  test('that is killed starts again by the same command, though its PostgreSQL runs on, and has lost nothing that it acknowledged', async () => {
    const dir = newFolder();
    const first = await startStore(dir);
    const call = await acceptFirstInvite(first.url, dir);
    const server = readPostmaster(join(dir, 'postgres'))!;
    let acknowledged = 0;
    let sent = 0;
    const pushing = (async () => {
      for (sent = 1; ; sent++) {
        const response = await call('/v1/push', { mutations: [insight(sent)] });
        if (response.status !== 200) throw new Error(`Unexpected ${response.status}`);
        acknowledged = ((await response.json()) as { lastSequence: number }).lastSequence;
      }
    })().catch(() => undefined);
    await until(() => acknowledged > 20, first.run.output);
    first.run.child.kill('SIGKILL');
    await pushing;
    expect(readPostmaster(join(dir, 'postgres'))?.pid).toBe(server.pid);

    const second = await startStore(dir, { PORT: new URL(first.url).port });
    expect(readPostmaster(join(dir, 'postgres'))?.pid).toBe(server.pid);
    const pull = await call(`/v1/snapshot`);
    const lines = (await pull.text())
      .trim()
      .split('\n')
      .map((line) => snapshotLineSchema.parse(JSON.parse(line)));
    const mine = lines.find((line) => line.line === 'mine')!;
    expect(mine.device.lastSequence).toBeGreaterThanOrEqual(acknowledged);
    expect(mine.device.lastSequence).toBeLessThanOrEqual(sent);
    // The device sends again what was not answered, overlapping what was: each is there once.
    const again = Array.from({ length: sent - acknowledged + 1 }, (_, index) => insight(acknowledged + index));
    expect(await (await call('/v1/push', { mutations: again })).json()).toMatchObject({
      lastSequence: sent,
      rejected: [],
    });
    const { rows } = (await (await call('/v1/desk/insights')).json()) as { rows: { text: string }[] };
    const texts = rows.map((each) => each.text);
    expect(texts.length).toBe(sent);
    expect(new Set(texts).size).toBe(sent);
    second.run.child.kill('SIGTERM');
    expect((await second.run.ended).code).toBe(0);
    expect(readPostmaster(join(dir, 'postgres'))).toBeNull();
  });

  test('brings its PostgreSQL back when that is killed, and has lost nothing that it acknowledged', async () => {
    const dir = newFolder();
    const { run, url } = await startStore(dir);
    const call = await acceptFirstInvite(url, dir);
    expect((await call('/v1/push', { mutations: [insight(1), insight(2)] })).status).toBe(200);
    process.kill(readPostmaster(join(dir, 'postgres'))!.pid, 'SIGKILL');
    const answer = await call('/v1/push', { mutations: [insight(3)] });
    if (answer.status !== 200) expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    let last = 0;
    for (
      const end = Date.now() + 20_000;
      last === 0 && Date.now() < end;
      await new Promise((done) => setTimeout(done, 200))
    ) {
      const response = await call('/v1/push', { mutations: [insight(3)] });
      if (response.status === 200) last = ((await response.json()) as { lastSequence: number }).lastSequence;
    }
    expect(last, run.output()).toBe(3);
  });

  test('that is told to stop says bye to live streams, finishes, and stops its PostgreSQL', async () => {
    const dir = newFolder();
    const { run, url } = await startStore(dir);
    const call = await acceptFirstInvite(url, dir);
    const stream = (await call('/v1/live')).text();
    // Half of it is there when the store is told to stop, the rest comes when streams have heard that it goes.
    const body = JSON.stringify({ mutations: [insight(1)] });
    const rest = Promise.withResolvers<void>();
    const slow = call('/v1/push', undefined, async function* () {
      yield body.slice(0, 20);
      await rest.promise;
      yield body.slice(20);
    });
    await new Promise((done) => setTimeout(done, 500));
    run.child.kill('SIGTERM');
    expect(await stream).toMatch(/event: bye\ndata: \{"retryMs":\d+\}\n\n$/);
    await new Promise((done) => setTimeout(done, 500));
    rest.resolve();
    const answer = await slow;
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ lastSequence: 1 })]);
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(readPostmaster(join(dir, 'postgres'))).toBeNull();
    expect(existsSync(join(dir, 'store.lock'))).toBe(false);
  });

  test('lets a command work beside it, and alone', async () => {
    const dir = newFolder();
    const { run, url } = await startStore(dir);
    const beside = await runStore(
      { DATA_DIR: dir, PUBLIC_URL: 'https://baton.larkspur.example' },
      'invite',
      'rui@larkspur.example',
      '--role',
      'rep',
    ).ended;
    expect(beside).toMatchObject({ code: 0, stdout: expect.stringContaining('https://baton.larkspur.example/join#') });
    const secret = /#(\S+)/.exec(beside.stdout)![1];
    const preview = await fetch(new URL('/v1/invites/preview', url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secret }),
    });
    expect(await preview.json()).toMatchObject({ address: 'rui@larkspur.example', role: 'rep' });
    run.child.kill('SIGTERM');
    await run.ended;
    expect((await runStore({ DATA_DIR: dir }, 'invite', 'rui@larkspur.example').ended).code).toBe(0);
    expect(readPostmaster(join(dir, 'postgres'))).toBeNull();
  });
});

describe('a store that cannot start says why in one sentence', () => {
  let held: { run: Run; url: string; dir: string };
  beforeAll(async () => {
    const dir = newFolder();
    kept = dirname(dir);
    held = { ...(await startStore(dir)), dir };
    running.delete(held.run.child);
  });
  afterAll(async () => {
    held.run.child.kill('SIGTERM');
    await held.run.ended;
    kept = null;
  });

  test('when the port is taken', async () => {
    const { port } = new URL(held.url);
    expect(await refusal({ DATA_DIR: newFolder(), PORT: port })).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or set PORT to another number.`,
    );
  });

  test('when the data folder is in use', async () => {
    expect(await refusal({ DATA_DIR: held.dir })).toMatch(
      /^The data folder \S+ is in use by another store or command \(process \d+\)\./,
    );
    expect((await fetch(new URL('/readyz', held.url))).status).toBe(200);
  });

  test('when a file would be imported onto a disk that is full', async () => {
    const file = join(held.dir, '../people.csv');
    writeFileSync(file, 'Email\na@b.example\n');
    expect(await refusal({ DATA_DIR: held.dir, DISK_RESERVE_MB: '1000000000' }, 'import', file)).toBe(
      `The disk of ${held.dir} is full: nothing is taken in until there is room. ${file} was not imported. Make room, and import it then.`,
    );
  });

  test('when the data folder cannot be written', async () => {
    expect(await refusal({ DATA_DIR: '/dev/null/store' })).toMatch(/cannot be made or written/);
  });

  test('when DATABASE_URL leads nowhere, to a wrong password, to no database, or is none', async () => {
    const closed = await new Promise<number>((done) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => done(port));
      });
    });
    expect(await refusal({ DATABASE_URL: `postgres://a:secretpassword@127.0.0.1:${closed}/baton` })).toMatch(
      /nothing listens there/,
    );
    const right = new URL(inject('postgresUrl'));
    const wrong = new URL(right);
    wrong.password = 'wrong';
    const said = await refusal({ DATABASE_URL: wrong.href });
    expect(said).toMatch(/refused the user or the password/);
    const missing = new URL(right);
    missing.pathname = '/not_there';
    expect(await refusal({ DATABASE_URL: missing.href })).toMatch(/does not exist on that server/);
    expect(await refusal({ DATABASE_URL: 'mysql://somewhere' })).toBe(
      'The environment variable DATABASE_URL is wrong: must begin with postgres:// or postgresql://.',
    );
    expect(await refusal({ DATABASE_URL: 'postgres://nobody@there.invalid/baton' })).toMatch(/no machine of that name/);
  });

  test('when the database was changed by a newer version', async () => {
    const database = await createTestDatabase();
    await sql`insert into kysely_migration (name, timestamp) values ('0099-from-the-future', '2030-01-01')`.execute(
      database.owner,
    );
    expect(await refusal({ DATABASE_URL: database.ownerUrl })).toMatch(
      /newer version of Baton \(0099-from-the-future\)/,
    );
    await database.close();
  });

  test('when PUBLIC_URL would send secrets unencrypted, or PORT is none', async () => {
    expect(await refusal({ PUBLIC_URL: 'http://baton.larkspur.example' })).toMatch(/must begin with https/);
    expect(await refusal({ PORT: 'eighty' })).toMatch(/PORT is wrong/);
    expect(await refusal({ HOST: '203.0.113.7', DATA_DIR: newFolder() })).toMatch(/no address of this machine/);
  });

  test('when there is no such command, or an invite has no address', async () => {
    const { code, stderr } = await runStore({}, 'dance').ended;
    expect([code, stderr.split('\n')[0]]).toEqual([1, 'There is no command "dance". There are:']);
    expect(await refusal({}, 'invite')).toMatch(/needs one address/);
    expect(await refusal({}, 'invite', 'rui@larkspur.example', '--role', 'king')).toMatch(/"king" is no role/);
  });
});

describe('a store on a PostgreSQL of the company', () => {
  test('is set up once by two that start on it at the same moment', async () => {
    const database = await createTestDatabase();
    const folders = [newFolder(), newFolder()];
    const stores = await Promise.all(folders.map((dir) => startStore(dir, { DATABASE_URL: database.ownerUrl })));
    expect(await database.owner.selectFrom('tenant').selectAll().execute()).toHaveLength(1);
    const opened = await database.owner
      .selectFrom('invite')
      .select('revokedAt')
      .where('revokedAt', 'is', null)
      .execute();
    expect(opened).toHaveLength(1);
    for (const { run } of stores) run.child.kill('SIGTERM');
    for (const { run } of stores) expect((await run.ended).code).toBe(0);
    await database.close();
  });

  test('works for a user who may make roles, and tells one who may not what an administrator must run', async () => {
    const database = await createTestDatabase();
    const name = new URL(database.ownerUrl).pathname.slice(1);
    const [maker, other] = [`maker_${name}`, `other_${name}`];
    await sql`create role ${sql.id(maker)} login createrole password 'x'`.execute(database.owner);
    await sql`create role ${sql.id(other)} login password 'x'`.execute(database.owner);
    const fresh = `fresh_${name}`;
    const root = createPool(inject('postgresUrl').replace(/\/postgres\?/, '/template1?'), {
      size: 1,
      onError: () => undefined,
    });
    // On a server of its own there is no working role yet; here another test's store made it: its name is lent to nobody.
    await sql`create database ${sql.id(fresh)} owner ${sql.id(maker)} template template0`.execute(root);
    await sql`grant baton_app to ${sql.id(maker)} with admin option`.execute(root);
    const url = (user: string, path: string) => {
      const changed = new URL(database.ownerUrl);
      [changed.username, changed.password, changed.pathname] = [user, 'x', `/${path}`];
      return changed.href;
    };
    const { run, url: storeUrl } = await startStore(newFolder(), { DATABASE_URL: url(maker, fresh) });
    expect(await (await fetch(new URL('/readyz', storeUrl))).json()).toEqual({ status: 'ready' });
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
    expect(await refusal({ DATABASE_URL: url(other, name), DATA_DIR: newFolder() })).toMatch(
      /may not set this database up.*Use the user that owns the database/,
    );
    await sql`drop database ${sql.id(fresh)} with (force)`.execute(root);
    await sql`drop role ${sql.id(other)}`.execute(root);
    await sql`drop role ${sql.id(maker)}`.execute(root);
    await root.destroy();
    await database.close();
  });
});
