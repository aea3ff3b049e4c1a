import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Binaries } from '../db/binaries.ts';
import { type EmbeddedPostgres, startEmbedded } from '../db/embedded.ts';
import { asideOf, markWhole, OtherMajor, readClusterMajor, settleMove } from '../db/major.ts';
import { migrate } from '../db/migrate.ts';
import { findOldBinaries } from '../db/old-binaries.ts';
import { createPool } from '../db/pool.ts';
import { readPostmaster, stopPostmaster } from '../db/postmaster.ts';
import { ensureWorkingRole } from '../db/roles.ts';
import { inWorkspace } from '../db/scope.ts';
import { findServerUser } from '../db/server-user.ts';
import { addTenant } from '../store/tenant.ts';
import { createWorkspace } from '../store/workspace.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const oldMajor = 15;
const rows = 2000;
let root: string;
let dir: string;
let old: Binaries;
/** Why these laws cannot be tried on this machine: they are counted as skipped, and say so. Null: they can. */
let obstacle: string | null = null;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'baton-move-'));
  dir = join(root, 'store');
  // On the machine, or from npm.
  const place = { bin: null, user: findServerUser(), scratchDir: root, say: () => undefined };
  const found = await findOldBinaries(oldMajor, place).catch((error: unknown) => {
    obstacle = String(error);
    return null;
  });
  if (found === null) return;
  old = found;
  const postgres = await startEmbedded({ dir, isThrowaway: true, binaries: old });
  await fill(postgres);
  await postgres.stop();
});
afterAll(async () => {
  for (const cluster of [join(dir, 'postgres'), join(asideOf(dir), 'postgres')]) {
    const left = readPostmaster(cluster);
    if (left) await stopPostmaster(cluster, left.pid);
  }
  rmSync(root, { recursive: true, force: true });
});

beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? undefined));

/** A workspace with accounts. */
async function fill({ url, appPassword }: EmbeddedPostgres): Promise<void> {
  const owner = createPool(url, { size: 2, onError: () => undefined });
  await ensureWorkingRole(owner, appPassword);
  await migrate(owner);
  const id = await addTenant(owner);
  await inWorkspace(owner, id, (scope) => createWorkspace(scope, id, 'Larkspur Instruments', new Date()));
  await sql`insert into account (workspace_id, id, name) select ${id}, gen_random_uuid(), 'Account ' || n from generate_series(1, ${rows}) n`.execute(
    owner,
  );
  await owner.destroy();
}

/** What the data folder holds, whichever PostgreSQL it is of. */
async function read(): Promise<{ version: number; accounts: number }> {
  const isOld = readClusterMajor(join(dir, 'postgres')) === oldMajor;
  const postgres = await startEmbedded({ dir, isThrowaway: true, ...(isOld ? { binaries: old } : {}) });
  const owner = createPool(postgres.url, { size: 1, onError: () => undefined });
  const found = await sql<{ version: number; accounts: number }>`
    select current_setting('server_version_num')::int / 10000 as version, (select count(*)::int from account) as accounts`.execute(
    owner,
  );
  await owner.destroy();
  await postgres.stop();
  return found.rows[0]!;
}

/** Runs the command in a process of its own; with `killAfter`, SIGKILL so many milliseconds after it said that line. */
async function runMove(killAfter?: { line: RegExp; ms: number }): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['server/main.ts', 'upgrade-postgres', '--yes'], {
    env: { ...process.env, DATA_DIR: dir, DATABASE_URL: '' },
  });
  let said = '';
  let killing: Promise<void> | null = null;
  const listen = (chunk: Buffer) => {
    said += chunk;
    if (killAfter && !killing && killAfter.line.test(said))
      killing = sleep(killAfter.ms).then(() => void child.kill('SIGKILL'));
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  await killing;
  return { code, said };
}

/** The same for a person at a terminal, who answers when they are asked. */
async function askAtTerminal(command: string, answer: string): Promise<{ code: number | null; said: string }> {
  const line = `'${process.execPath}' server/main.ts ${command}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: { ...process.env, DATA_DIR: dir, DATABASE_URL: '', PORT: '0' },
  });
  let said = '';
  let isAnswered = false;
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (isAnswered || !said.includes('[y/N]')) return;
    isAnswered = true;
    child.stdin.write(`${answer}\n`);
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, said };
}

describe('data of an older PostgreSQL', () => {
  test('is refused with what to do, and left as it is', async () => {
    const refused = startEmbedded({ dir });
    await expect(refused).rejects.toThrow(OtherMajor);
    await expect(refused).rejects.toThrow(/is of PostgreSQL 15.*npm run store -- upgrade-postgres/);
    const child = spawn(process.execPath, ['server/main.ts', 'upgrade-postgres'], {
      env: { ...process.env, DATA_DIR: dir, DATABASE_URL: '' },
    });
    const said = await new Promise<string>((done) => child.stderr.once('data', (chunk) => done(String(chunk))));
    expect(said).toMatch(/Nobody can be asked here.*--yes/);
    expect(readClusterMajor(join(dir, 'postgres'))).toBe(oldMajor);
  });

  test('is kept as it is where the person at the terminal says no, be it asked by the move or by a store that starts', async () => {
    for (const command of ['upgrade-postgres', 'serve']) {
      const { code, said } = await askAtTerminal(command, 'n');
      expect(said).toMatch(
        /is of PostgreSQL 15.*brings PostgreSQL 18[\s\S]*min and .* of disk[\s\S]*Move it now\? \[y\/N\]/,
      );
      expect(said).toMatch(command === 'serve' ? /npm run store -- upgrade-postgres/ : /Nothing was changed\./);
      expect([code, readClusterMajor(join(dir, 'postgres')), existsSync(asideOf(dir))]).toEqual([1, oldMajor, false]);
    }
  });

  test('is whole after a kill at any moment of the move, and all there when it is through', async () => {
    const moments = [
      { line: /backup/, ms: Math.random() * 400 },
      { line: /Making the new/, ms: Math.random() * 800 },
      { line: /Making the new/, ms: 800 + Math.random() * 2000 },
    ];
    for (const moment of moments) {
      await runMove(moment);
      expect(await read(), `${moment.line} + ${Math.round(moment.ms)} ms`).toMatchObject({ accounts: rows });
    }
    const { code, said } = await askAtTerminal('upgrade-postgres', 'y');
    expect([code, said]).toEqual([0, expect.stringMatching(/Moved|nothing to move/)]);
    expect(await read()).toEqual({ version: 18, accounts: rows });
    expect(readClusterMajor(join(dir, `postgres-${oldMajor}-old`))).toBe(oldMajor);
    expect(existsSync(asideOf(dir))).toBe(false);
    expect(readdirSync(join(dir, 'backups')).some((name) => name.endsWith(`postgres-${oldMajor}.backup`))).toBe(true);
  });
});

describe('a move that was cut off', () => {
  /** A data folder as the move leaves it at some moment: each cluster told by its version alone. */
  function lay(state: { cluster?: number; made?: number; isWhole?: boolean }): string {
    const at = mkdtempSync(join(root, 'cut-'));
    for (const [name, version] of [['postgres', state.cluster] as const, ['upgrade/postgres', state.made] as const]) {
      if (version === undefined) continue;
      mkdirSync(join(at, name, 'global'), { recursive: true });
      writeFileSync(join(at, name, 'PG_VERSION'), `${version}\n`);
      writeFileSync(join(at, name, 'global', 'pg_control'), '');
      utimesSync(join(at, name, 'global', 'pg_control'), new Date(0), new Date(0));
    }
    mkdirSync(asideOf(at), { recursive: true });
    if (state.isWhole) markWhole(at, 15);
    return at;
  }
  const majors = (at: string) => [
    readClusterMajor(join(at, 'postgres')),
    readClusterMajor(join(at, 'postgres-15-old')),
  ];

  test('before the new data was whole leaves the old', async () => {
    const at = lay({ cluster: 15, made: 18 });
    await settleMove(at);
    expect([majors(at), existsSync(asideOf(at))]).toEqual([[15, null], false]);
  });

  test('after that, and before or between the renames, ends with the new and keeps the old', async () => {
    const before = lay({ cluster: 15, made: 18, isWhole: true });
    await settleMove(before);
    expect([majors(before), existsSync(asideOf(before))]).toEqual([[18, 15], false]);
    const between = lay({ made: 18, isWhole: true });
    mkdirSync(join(between, 'postgres-15-old'));
    await settleMove(between);
    expect(majors(between)[0]).toBe(18);
  });

  test('after the renames only tidies up', async () => {
    const at = lay({ cluster: 18, isWhole: true });
    await settleMove(at);
    expect([majors(at), existsSync(asideOf(at))]).toEqual([[18, null], false]);
  });

  test('and followed by work of the older Baton on the old data keeps that work', async () => {
    const at = lay({ cluster: 15, made: 18, isWhole: true });
    const control = join(at, 'postgres/global/pg_control');
    utimesSync(control, new Date(), new Date(Date.now() + 5000));
    expect(statSync(control).mtimeMs).toBeGreaterThan(Date.now());
    await settleMove(at);
    expect(majors(at)[0]).toBe(15);
  });
});
