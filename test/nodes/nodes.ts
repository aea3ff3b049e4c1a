import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '#contract/session.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patienceMs = 60_000;

/** One store process on a database that others use too. */
export interface Node {
  /** Where this node itself answers. */
  url: string;
  /** All it has printed: log lines among them. */
  output(): string;
  /** Sends a signal and answers the exit code once the process is gone (null: killed). */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Sends a signal and waits for nothing. */
  signal(name: NodeJS.Signals): void;
  /** Its own data folder: the invite for the first admin is there. */
  dataDir: string;
  /** Runs a command of the store beside it and answers what it printed. Rejects with that when it fails. */
  command(...words: string[]): Promise<string>;
  /** Makes an invite by the store's own command. */
  invite(role: Role, address: string): Promise<string>;
  /** The first admin's invite, where this node wrote one; else null. */
  firstInvite(): string | null;
}

/** Starts a node and waits until it is ready; rejects with what it printed when it ends before. */
export async function startNode(databaseUrl: string, variables: Record<string, string> = {}): Promise<Node> {
  // A node says its public address when it is ready, which is the balancer's: its own is chosen here.
  const port = await findFreePort();
  const dir = mkdtempSync(join(tmpdir(), 'baton-node-'));
  const env = {
    PATH: process.env['PATH'],
    HOME: dir,
    LOG_LEVEL: 'info',
    PORT: String(port),
    DATA_DIR: dir,
    DATABASE_URL: databaseUrl,
    RATE_LIMIT: 'off',
    ...variables,
  };
  const child = spawn(process.execPath, ['server/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const endToo = () => void child.kill('SIGKILL');
  process.once('exit', endToo);
  let printed = '';
  const { promise, resolve, reject } = Promise.withResolvers<Node>();
  const gone = new Promise<number | null>((done) => {
    child.once('exit', (code) => {
      process.off('exit', endToo);
      reject(new Error(`The node ended with exit code ${code}. It said:\n${printed}`));
      done(code);
    });
  });
  const node = (url: string): Node => ({
    url,
    dataDir: dir,
    command: (...words) => runCommand(words, env),
    output: () => printed,
    signal: (name) => void child.kill(name),
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const code = await gone;
      rmSync(dir, { recursive: true, force: true });
      return code;
    },
    invite: async (role, address) => findLink(await runCommand(['invite', address, '--role', role], env)),
    firstInvite() {
      try {
        return readFileSync(join(dir, 'first-invite.txt'), 'utf8').trim();
      } catch {
        return null;
      }
    },
  });
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`The node was not ready within ${patienceMs / 1000} s. It said:\n${printed}`));
  }, patienceMs);
  const listen = (chunk: Buffer) => {
    printed += chunk;
    if (printed.includes('store is ready at')) resolve(node(`http://localhost:${port}`));
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return promise.finally(() => clearTimeout(timer));
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function runCommand(words: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts', ...words], { cwd: root, env });
  let printed = '';
  child.stdout?.on('data', (chunk) => (printed += chunk));
  child.stderr?.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`store ${words.join(' ')} ended with exit code ${code}:\n${printed}`);
  return printed;
}

function findLink(printed: string): string {
  const link = /https?:\/\/\S+#\S+/.exec(printed)?.[0];
  if (!link) throw new Error(`No link in what the store printed:\n${printed}`);
  return link;
}
