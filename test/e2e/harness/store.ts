import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Role } from '#contract/session.ts';
import { readPostmaster, stopPostmaster } from '../../../server/db/postmaster.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const patienceMs = 90_000;
/** What Node has compiled of the store is kept: a store that is started again and again is there in half the time. */
const compiled = { NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../node_modules/.cache/store', import.meta.url)) };

/** A store as a company runs it, on this machine: a process of its own, and the PostgreSQL that it brings. */
export interface RunningStore {
  /** Where it answers, `http://localhost:<port>`. */
  url: string;
  dataDir: string;
  /** The number of its process. */
  pid(): number | undefined;
  /** The link that makes the first admin; only while nobody has joined. */
  firstInvite(): Promise<string>;
  /** Makes an invite by the store's own command and answers its link. */
  invite(role: Role, address: string): Promise<string>;
  /** Runs `npm run store -- words…` beside it and answers what it printed. Rejects with that when it fails. */
  command(...words: string[]): Promise<string>;
  /** Asks its database as the owner, who sees everything. */
  sql<Row extends pg.QueryResultRow>(query: string, values?: unknown[]): Promise<Row[]>;
  /** SIGKILL to the store alone: its PostgreSQL runs on. */
  kill(): Promise<void>;
  /** The same command again, on the same port and folder. */
  restart(): Promise<void>;
  /** Ends it in peace, throws its data away, and starts it on an empty folder in the same place once `prepare` has run its commands there. */
  startAnew(prepare: (command: RunningStore['command']) => Promise<void>): Promise<void>;
  /** Ends it in peace and removes its data; `keep` leaves the data where they are. */
  stop(keep?: 'keep'): Promise<void>;
}

/**
 * Starts a store on a free port with a data folder of its own (below `parentDir`, or `DATA_DIR` where that is among the variables), a copy of `model` where one is named, and waits until it is ready.
 * `hasSession`: in a session of its own, as a company's store is: Linux gives each session a share of the processors, and what asks the store is not in its share.
 */
export async function startStore(
  variables: Record<string, string> = {},
  parentDir: string = tmpdir(),
  model: string | null = null,
  hasSession = false,
): Promise<RunningStore> {
  const usual = { LOG_LEVEL: 'warn', WORKSPACE_NAME: 'Sample', WAL_AHEAD_MB: '0' };
  const own = { ...process.env, ...compiled, ...usual, ...variables };
  let environment = { ...own, DATA_DIR: variables['DATA_DIR'] ?? (await mkdtemp(join(parentDir, 'baton-store-'))) };
  if (model !== null) await copyFolder(model, environment.DATA_DIR);
  let running = await launch({ ...environment, PORT: '0' }, hasSession);
  const port = new URL(running.url).port;
  let pool: pg.Pool | null = null;
  const ask = async (query: string, values: unknown[]) => {
    pool ??= openPool(environment.DATA_DIR);
    return (await pool.query(query, values)).rows;
  };
  const command = (...words: string[]) => runCommand(words, { ...environment, PORT: port });
  const stop = async (keep?: 'keep') => {
    const { DATA_DIR: dataDir } = environment;
    await pool?.end();
    pool = null;
    await end(running.child, 'SIGTERM');
    const left = readPostmaster(join(dataDir, 'postgres'));
    if (left) await stopPostmaster(join(dataDir, 'postgres'), left.pid);
    if (keep === undefined) await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return {
    url: running.url,
    get dataDir() {
      return environment.DATA_DIR;
    },
    pid: () => running.child.pid,
    firstInvite: async () => (await readFile(join(environment.DATA_DIR, 'first-invite.txt'), 'utf8')).trim(),
    invite: async (role, address) => findLink(await command('invite', address, '--role', role)),
    command,
    sql: ask as RunningStore['sql'],
    kill: () => end(running.child, 'SIGKILL'),
    async restart() {
      running = await launch({ ...environment, PORT: port }, hasSession);
    },
    async startAnew(prepare) {
      await stop();
      environment = { ...own, DATA_DIR: await mkdtemp(join(parentDir, 'baton-store-')) };
      await prepare(command);
      running = await launch({ ...environment, PORT: port }, hasSession);
    },
    stop,
  };
}

/** With owners and modes as they are: started by root, PostgreSQL works as a user of its own. */
async function copyFolder(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') await cp(from, to, { recursive: true });
  else await promisify(execFile)('cp', ['-a', `${from}/.`, to]);
}

interface Launched {
  child: ChildProcess;
  url: string;
}

function launch(env: NodeJS.ProcessEnv, hasSession: boolean): Promise<Launched> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env,
    detached: hasSession,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that crashes leaves no store behind: it goes in peace, and takes its PostgreSQL along.
  const endToo = () => void child.kill('SIGTERM');
  process.once('exit', endToo);
  child.once('exit', () => process.off('exit', endToo));
  const { promise, resolve, reject } = Promise.withResolvers<Launched>();
  let printed = '';
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`The store was not ready within ${patienceMs / 1000} s. It said:\n${printed}`));
  }, patienceMs);
  const listen = (chunk: Buffer) => {
    printed = `${printed}${chunk}`.slice(-20_000);
    const url = /ready at (http:\/\/\S+?)\/?\s/.exec(printed)?.[1];
    if (url) resolve({ child, url });
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  child.once('exit', (code) => reject(new Error(`The store ended with exit code ${code}. It said:\n${printed}`)));
  return promise.finally(() => clearTimeout(timer));
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

async function runCommand(words: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['server/main.ts', ...words], { cwd: root, env });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`store ${words.join(' ')} ended with exit code ${code}:\n${printed}`);
  return printed;
}

function findLink(printed: string): string {
  const link = /https?:\/\/\S+#\S+/.exec(printed)?.[0];
  if (!link) throw new Error(`No link in what the store printed:\n${printed}`);
  return link;
}

/** One connection at a time: many stores may run beside this one. */
function openPool(dataDir: string): pg.Pool {
  const server = readPostmaster(join(dataDir, 'postgres'));
  if (!server) throw new Error(`No PostgreSQL runs in ${dataDir}.`);
  const { owner } = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8')) as { owner: string };
  const pool = new pg.Pool({
    host: server.socketDir,
    port: server.port,
    user: 'baton_owner',
    password: owner,
    database: 'postgres',
    max: 2,
  });
  // A connection that breaks while idle (the database was killed on purpose) is made anew by the next query.
  pool.on('error', () => undefined);
  return pool;
}
