import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findServerUser } from '../../server/db/server-user.ts';
import { isProgram } from '../browsers/find.ts';
import type { CompanyDatabase } from './database.ts';

/** A PgBouncer in transaction mode before a database. */
export interface Pooler {
  /** A `DATABASE_URL` that leads through it. */
  url: string;
  /** Whether this version passes prepared statements on (1.21 and later, when told to). */
  knowsPrepared: boolean;
  close(): Promise<void>;
}

/** The path of PgBouncer; installs the system's package when there is none and this is root on a system with apt. Throws one sentence when there is none to be had. */
export function ensurePgBouncer(): string {
  const found = findPgBouncer();
  if (found) return found;
  if (process.getuid?.() === 0 && isProgram('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const words of [
      ['update', '-q'],
      ['install', '-y', '-q', '--no-install-recommends', 'pgbouncer'],
    ])
      spawnSync('apt-get', words, { env, stdio: 'ignore' });
  }
  const installed = findPgBouncer();
  if (installed) return installed;
  throw new Error(
    'There is no PgBouncer on this machine. Install it (Debian, Ubuntu: apt-get install pgbouncer; macOS: brew install pgbouncer) and run this again.',
  );
}

function findPgBouncer(): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/bin',
  ];
  return folders.map((folder) => join(folder, 'pgbouncer')).find(isProgram);
}

/** Starts one with so many connections to the database, on a free port of this machine. */
export async function startPooler(database: CompanyDatabase, connections: number): Promise<Pooler> {
  const program = ensurePgBouncer();
  const version = /(\d+)\.(\d+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout) ?? [];
  const knowsPrepared = Number(version[1]) > 1 || Number(version[2]) >= 21;
  const port = await findFreePort();
  const dir = mkdtempSync(join(tmpdir(), 'baton-pooler-'));
  const file = join(dir, 'pgbouncer.ini');
  const place = `host=${database.socketDir} port=${database.port} dbname=${database.database}`;
  writeFileSync(
    file,
    [
      '[databases]',
      `${database.database} = ${place} user=${database.user} password=${database.password}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      `default_pool_size = ${connections}`,
      'max_client_conn = 200',
      ...(knowsPrepared ? ['max_prepared_statements = 200'] : []),
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  // PgBouncer refuses to run as root; as PostgreSQL's own user it may pass to the socket.
  const user = findServerUser();
  if (user) {
    chmodSync(dir, 0o711);
    chownSync(file, user.uid, user.gid);
  }
  const child = spawn(program, [file], {
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  await waitUntilListening(child, port, () => printed);
  return {
    url: `postgres://${database.user}:any@127.0.0.1:${port}/${database.database}`,
    knowsPrepared,
    async close() {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await gone;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function waitUntilListening(child: ChildProcess, port: number, printed: () => string): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (child.exitCode !== null) break;
    const isOpen = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`PgBouncer did not start. It said:\n${printed()}`);
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
