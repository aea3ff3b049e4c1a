import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stopCommand } from '../commands/stop.ts';
import { readEnv } from '../env.ts';
import { findBinaries } from './binaries.ts';
import { FolderInUse, lockDataFolder } from './data-folder.ts';
import { type EmbeddedPostgres, joinEmbedded, startEmbedded } from './embedded.ts';
import { createPool } from './pool.ts';
import { isAlive, readPostmaster } from './postmaster.ts';
import { ensureWorkingRole } from './roles.ts';
import type { Schema } from './schema.ts';
import { findServerUser, planLaunch } from './server-user.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let root: string;
let dir: string;
let postgres: EmbeddedPostgres;
let owner: Kysely<Schema>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'baton-embedded-'));
  // A path whose socket would be longer than the 107 bytes that systems allow.
  dir = join(root, 'a-folder-with-a-long-name-'.repeat(4), 'store');
  postgres = await startEmbedded({ dir, isThrowaway: true });
  owner = createPool(postgres.url, { size: 2, onError: () => undefined });
});
afterAll(async () => {
  await owner?.destroy();
  await postgres?.stop();
  rmSync(new URL(postgres.url).searchParams.get('host')!, { recursive: true, force: true });
  rmSync(root, { recursive: true, force: true });
});

describe('embedded PostgreSQL', () => {
  test('is reached by a socket in a folder for itself alone, however long the data folder’s path', async () => {
    const host = new URL(postgres.url).searchParams.get('host')!;
    expect(Buffer.byteLength(`${host}/.s.PGSQL.5432`)).toBeLessThanOrEqual(107);
    expect(statSync(host).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, 'postgres')).mode & 0o777).toBe(0o700);
    const { rows } = await sql<{ listens: string }>`select current_setting('listen_addresses') as listens`.execute(
      owner,
    );
    expect(rows).toEqual([{ listens: '' }]);
  });

  test('asks for the password also at the socket', async () => {
    const wrong = new URL(postgres.url);
    wrong.password = 'guess';
    const pool = createPool(wrong.href, { size: 1, onError: () => undefined });
    await expect(sql`select 1`.execute(pool)).rejects.toMatchObject({ code: '28P01' });
    await pool.destroy();
  });

  test('that runs already is adopted, and can be joined', async () => {
    const again = await startEmbedded({ dir, isThrowaway: true });
    expect([again.isAdopted, again.url]).toEqual([true, postgres.url]);
    expect((await joinEmbedded(dir)).url).toBe(postgres.url);
  });

  test('is durable unless it is for tests', async () => {
    const other = join(root, 'durable');
    const durable = await startEmbedded({ dir: other });
    const pool = createPool(durable.url, { size: 1, onError: () => undefined });
    const { rows } = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') order by name`.execute(
      pool,
    );
    expect(rows.map((row) => row.setting)).toEqual(['on', 'on', 'on']);
    await pool.destroy();
    await durable.stop();
    expect(readPostmaster(join(other, 'postgres'))).toBeNull();
  });

  test('begins anew where an earlier first start was cut off in the middle', async () => {
    const other = join(root, 'half');
    mkdirSync(join(other, 'postgres/base'), { recursive: true });
    writeFileSync(join(other, 'postgres/half-written'), '');
    const started = await startEmbedded({ dir: other, isThrowaway: true });
    expect(existsSync(join(other, 'postgres/half-written'))).toBe(false);
    await started.stop();
  });

  test('starts past a postmaster.pid whose process id is another program’s by now', async () => {
    const other = join(root, 'crashed');
    await (await startEmbedded({ dir: other, isThrowaway: true })).stop();
    const stranger = spawn('sleep', ['60'], { ...findServerUser(), cwd: '/', stdio: 'ignore' });
    writeFileSync(join(other, 'postgres/postmaster.pid'), `${stranger.pid}\n${other}\n0\n5432\n\n\n\nready\n`);
    expect(readPostmaster(join(other, 'postgres'))).toBeNull();
    const started = await startEmbedded({ dir: other, isThrowaway: true });
    expect(started.isAdopted).toBe(false);
    await started.stop();
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  test('is lent the right to pass only where its user could not pass', () => {
    const user = { uid: 12_345, gid: 12_345 };
    expect(planLaunch('/bin/sh', ['-c', 'true'], user, '/tmp/x')).toEqual({
      program: '/bin/sh',
      words: ['-c', 'true'],
      user,
    });
    expect(planLaunch('/bin/sh', ['-c', 'true'], user, join(dir, 'postgres/base')).program).toBe('setpriv');
    expect(planLaunch('/bin/sh', [], null, '/root/x')).toEqual({ program: '/bin/sh', words: [], user: {} });
  });
});

describe('the working role', () => {
  test('is refused when row-level security would not bind it', async () => {
    await ensureWorkingRole(owner, 'x');
    for (const [change, back] of [
      ['superuser', 'nosuperuser'],
      ['bypassrls', 'nobypassrls'],
    ] as const) {
      await sql`alter role baton_app ${sql.raw(change)}`.execute(owner);
      await expect(ensureWorkingRole(owner, 'x')).rejects.toThrow(/would not be kept from another's/);
      await sql`alter role baton_app ${sql.raw(back)}`.execute(owner);
    }
    await ensureWorkingRole(owner, 'x');
  });

  test('is made ready by stores that start at the same moment', async () => {
    const pools = Array.from({ length: 6 }, () => createPool(postgres.url, { size: 1, onError: () => undefined }));
    try {
      for (let time = 0; time < 10; time++) await Promise.all(pools.map((pool) => ensureWorkingRole(pool, 'x')));
    } finally {
      await Promise.all(pools.map((pool) => pool.destroy()));
    }
  });

  test('that this user may not make is asked of an administrator, with what to run', async () => {
    await sql`drop owned by baton_app`.execute(owner);
    await sql`drop role baton_app`.execute(owner);
    await sql`create role plain login password 'x'`.execute(owner);
    const url = new URL(postgres.url);
    [url.username, url.password] = ['plain', 'x'];
    const plain = createPool(url.href, { size: 1, onError: () => undefined });
    await expect(ensureWorkingRole(plain, null)).rejects.toThrow(
      /may not create the role baton_app.*create role baton_app nologin; grant baton_app to/,
    );
    await plain.destroy();
    await ensureWorkingRole(owner, 'x');
  });
});

describe('an orphan', () => {
  test('of programs that an update has replaced is stopped, and PostgreSQL started anew', async () => {
    const other = join(root, 'replaced');
    // Where PostgreSQL's user may pass.
    const programs = mkdtempSync(join(tmpdir(), 'baton-programs-'));
    chmodSync(programs, 0o755);
    const { initdb, postgres } = await findBinaries(findServerUser());
    const home = dirname(dirname(initdb));
    cpSync(home, join(programs, 'home'), { recursive: true, verbatimSymlinks: true });
    const move = (program: string) => join(programs, 'home', relative(home, program));
    const before = { initdb: move(initdb), postgres: move(postgres) };
    const orphan = await startEmbedded({ dir: other, isThrowaway: true, binaries: before });
    const { pid } = readPostmaster(join(other, 'postgres'))!;
    const started = await startEmbedded({ dir: other, isThrowaway: true });
    expect([orphan.isAdopted, started.isAdopted, isAlive(pid)]).toEqual([false, false, false]);
    await started.stop();
    rmSync(programs, { recursive: true, force: true });
  });

  test('is stopped on demand, unless a store holds its folder', async () => {
    const other = join(root, 'stopped');
    await startEmbedded({ dir: other, isThrowaway: true });
    const cluster = join(other, 'postgres');
    const env = readEnv({ DATA_DIR: other });
    const lock = lockDataFolder(other);
    await expect(stopCommand.run({ env, words: [] })).rejects.toThrow(FolderInUse);
    expect(readPostmaster(cluster)).not.toBeNull();
    lock.release();
    expect(await stopCommand.run({ env, words: [] })).toBe(0);
    expect(readPostmaster(cluster)).toBeNull();
  });
});

describe('the lock of a data folder', () => {
  const startOfOne = () => readFileSync('/proc/1/stat', 'utf8').split(') ')[1]!.split(' ')[19];

  test('keeps a second process out while its holder lives, and is taken over when it is gone', () => {
    const other = mkdtempSync(join(root, 'lock-'));
    const path = join(other, 'store.lock');
    writeFileSync(path, `1 ${startOfOne()}\n`);
    expect(() => lockDataFolder(other)).toThrow(FolderInUse);
    writeFileSync(path, '1 99999999999\n');
    const lock = lockDataFolder(other);
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  test('is not taken for held because its dead holder’s process id is another program’s by now', () => {
    const other = mkdtempSync(join(root, 'lock-'));
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(other, 'store.lock'), `${stranger.pid} 12345 ${readlinkSync('/proc/self/ns/pid')}\n`);
    lockDataFolder(other).release();
    stranger.kill();
  });

  test('holds across containers, where process ids tell nothing', async () => {
    const other = mkdtempSync(join(root, 'lock-'));
    // As a store in another container holds it: its id is nobody's here, and the system knows that it lives.
    const holder = spawn('flock', ['-n', join(other, 'store.held'), '-c', 'echo held; sleep 60'], { detached: true });
    await once(holder.stdout, 'data');
    writeFileSync(join(other, 'store.lock'), '999999999 1 pid:[1]\n');
    expect(() => lockDataFolder(other)).toThrow(/in use by another store.*process 999999999 of another container/);
    const gone = once(holder, 'close');
    process.kill(-holder.pid!, 'SIGKILL');
    await gone;
    lockDataFolder(other).release();
  });
});
