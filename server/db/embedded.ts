import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../refusal.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { childEnv, createCluster, firstFault, makeOwnFolder } from './cluster.ts';
import { makeDataFolder } from './data-folder.ts';
import { refuseOtherMajor, runsProgram, settleMove } from './major.ts';
import { clearStalePid, isAlive, type Postmaster, readPostmaster, stopPostmaster } from './postmaster.ts';
import { findServerUser, planLaunch, type ServerUser } from './server-user.ts';

/** A PostgreSQL of our own. `url` logs in as its owner (a superuser), `appPassword` is for the working role. `isAdopted`: it ran already. */
export interface EmbeddedPostgres {
  url: string;
  appPassword: string;
  isAdopted: boolean;
  stop(): Promise<void>;
}

/** A Unix socket's whole path may have 107 bytes; PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const longestSocketDir = 107 - '/.s.PGSQL.5432.lock'.length;

/**
 * The server's settings. Durable: `fsync` and `synchronous_commit` stay on. Reached by a Unix socket alone, so no port can be taken.
 * The log holds neither statements nor rows' values.
 */
const settings: Record<string, string> = {
  max_connections: '60',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // Each segment of the log has its whole place on the disk before it is used: a disk that is full then fails what would grow a table, and brings nothing down.
  wal_init_zero: 'on',
  // As many as there are by default where segments are of the default size.
  wal_buffers: '16MB',
  // What an import logs without waiting for the disk is brought there in small pieces: a click's commit, which waits for all before it, finds little left.
  wal_writer_delay: '10ms',
  random_page_cost: '1.1',
  jit: 'off',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Megabytes of PostgreSQL's own cache: a sixteenth of the machine's memory, within bounds. What does not fit is written out and read in again. */
function chooseCache(memory: number): number {
  return Math.max(128, Math.min(512, Math.floor(memory / 16 / 1_048_576)));
}

/** Megabytes of the write-ahead log that stay on the disk to be used again (`makeWalAhead`): a thirty-second of it, within bounds. */
function chooseKeptWal(dir: string): number {
  const { blocks, bsize } = statfsSync(dir);
  return Math.max(80, Math.min(1024, Math.floor((blocks * bsize) / 32 / 1_048_576)));
}

/**
 * Starts PostgreSQL in `<dir>/postgres`, made on the first start; one that an earlier, killed store left running is adopted.
 * The caller holds the data folder. `isThrowaway` gives durability up for speed: for tests alone. `binaries`: other programs than those that came along.
 * Throws a `Refusal` when it cannot start, `OtherMajor` when the data is of another major version than the programs.
 */
export async function startEmbedded(options: {
  dir: string;
  isThrowaway?: boolean;
  binaries?: Binaries;
}): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dir);
  const clusterDir = join(dir, 'postgres');
  const user = findServerUser();
  makeDataFolder(dir, user !== null);
  const binaries = options.binaries ?? (await findBinaries(user));
  await settleMove(dir);
  refuseOtherMajor(clusterDir, binaries);
  const passwords = readPasswords(dir);

  if (!existsSync(join(clusterDir, 'PG_VERSION')))
    await createCluster(binaries, dir, passwords.owner, user, options.isThrowaway ?? false);
  clearStalePid(clusterDir);
  const running = await findOrphan(clusterDir, binaries);
  const server = running ?? (await startServer(binaries, dir, user, options.isThrowaway ?? false));
  return describeServer(dir, await waitUntilReady(dir, server.pid, null), running !== null);
}

/** The server that a killed store left running, to be adopted. One of other programs (an update has replaced them since) is stopped instead: it could load nothing any more. */
async function findOrphan(clusterDir: string, binaries: Binaries): Promise<Postmaster | null> {
  const running = readPostmaster(clusterDir);
  if (!running || runsProgram(running.pid, binaries.postgres)) return running;
  await stopPostmaster(clusterDir, running.pid);
  return null;
}

/**
 * Joins the PostgreSQL of a data folder that another process holds, and starts nothing: a store that is just starting is waited for.
 * Its `stop` does nothing. Throws a `Refusal` when none comes up within half a minute.
 */
export async function joinEmbedded(dir: string): Promise<EmbeddedPostgres> {
  const server = await waitUntilReady(resolve(dir), null, 30_000);
  return { ...describeServer(resolve(dir), server, true), stop: async () => undefined };
}

function describeServer(dir: string, server: Postmaster, isAdopted: boolean): EmbeddedPostgres {
  const passwords = readPasswords(dir);
  return {
    url: `postgres://baton_owner:${passwords.owner}@localhost/postgres?host=${encodeURIComponent(server.socketDir || '127.0.0.1')}&port=${server.port}`,
    appPassword: passwords.app,
    isAdopted,
    stop: () => stopPostmaster(join(dir, 'postgres'), server.pid),
  };
}

/** The passwords of this data folder's PostgreSQL, made on first use, in a file for us alone. */
function readPasswords(dir: string): { owner: string; app: string } {
  const path = join(dir, 'postgres-passwords.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  const made = { owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') };
  writeFileSync(path, JSON.stringify(made), { mode: 0o600, flag: 'wx', flush: true });
  return made;
}

async function startServer(
  binaries: Binaries,
  dir: string,
  user: ServerUser,
  isThrowaway: boolean,
): Promise<{ pid: number }> {
  const socketDir = chooseSocketDir(dir, user);
  const logPath = join(dir, 'postgres.log');
  const log = openSync(logPath, 'w', 0o600);
  const all = {
    ...settings,
    shared_buffers: `${chooseCache(totalmem())}MB`,
    min_wal_size: `${chooseKeptWal(dir)}MB`,
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
  };
  if (process.platform === 'win32') Object.assign(all, { listen_addresses: '127.0.0.1', unix_socket_directories: '' });
  if (isThrowaway)
    Object.assign(all, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' });
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: a Ctrl-C in the terminal reaches the store alone, which stops PostgreSQL when its last request is done.
  const launch = planLaunch(binaries.postgres, ['-D', join(dir, 'postgres'), ...flags], user, join(dir, 'postgres'));
  const child = spawn(launch.program, launch.words, {
    ...launch.user,
    cwd: '/',
    env: childEnv(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  await new Promise<void>((done, fail) => {
    child.once('spawn', done);
    child.once('error', (cause) => fail(new Refusal(`PostgreSQL could not be started: ${cause.message}.`, { cause })));
  });
  return { pid: child.pid ?? 0 };
}

/** Beside the data where the path is short enough for a socket, else a folder among the temporary ones that is named after the data's: a restart finds the same. */
function chooseSocketDir(dir: string, user: ServerUser): string {
  const beside = join(dir, 'socket');
  const isFit = Buffer.byteLength(beside) <= longestSocketDir && !/[,"'\\]/.test(beside);
  const path = isFit ? beside : join(tmpdir(), `baton-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`);
  makeOwnFolder(path, user);
  return path;
}

/** Waits for the server to take connections: as long as `pid` lives (recovering from a crash takes a while), or with null for `patienceMs`. */
async function waitUntilReady(dir: string, pid: number | null, patienceMs: number | null): Promise<Postmaster> {
  const until = Date.now() + (patienceMs ?? 600_000);
  while (Date.now() < until) {
    const server = readPostmaster(join(dir, 'postgres'));
    if (server?.isReady) return server;
    if (pid !== null && !server && !isAlive(pid)) break;
    await sleep(10);
  }
  const log = existsSync(join(dir, 'postgres.log')) ? readFileSync(join(dir, 'postgres.log'), 'utf8') : '';
  throw new Refusal(`PostgreSQL did not start on ${join(dir, 'postgres')}: ${firstFault(log, findServerUser())}`);
}
