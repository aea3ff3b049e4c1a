import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A PostgreSQL server as its `postmaster.pid` tells of it. */
export interface Postmaster {
  pid: number;
  port: number;
  socketDir: string;
  isReady: boolean;
}

/** Reads `postmaster.pid` of a cluster. Null when there is none, it is half written, or its process is gone. */
export function readPostmaster(clusterDir: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isServerOf(clusterDir, pid)) return null;
  return { pid, port: Number(lines[3]), socketDir: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready' };
}

/** True while the process lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process id is used again after a restart of the machine: where the system tells, the program must be PostgreSQL on this folder. */
function isServerOf(clusterDir: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  const words = readCommand(pid);
  return words === null || words.includes(resolve(clusterDir));
}

/** The words of a process's command; null where the system does not tell. */
function readCommand(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return null;
  }
}

/** Removes a `postmaster.pid` whose process id is another program's by now, which PostgreSQL itself would take for a running server. */
export function clearStalePid(clusterDir: string): void {
  const path = join(clusterDir, 'postmaster.pid');
  if (!existsSync(path) || readPostmaster(clusterDir)) return;
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
  if (isAlive(pid) && readCommand(pid) !== null) rmSync(path);
}

/** Stops a server: fast first (rolls open transactions back), after `patienceMs` at once (it recovers from its log at the next start). */
export async function stopPostmaster(clusterDir: string, pid: number, patienceMs = 20_000): Promise<void> {
  signal(pid, 'SIGINT');
  if (await hasEnded(clusterDir, pid, patienceMs)) return;
  signal(pid, 'SIGQUIT');
  if (await hasEnded(clusterDir, pid, 10_000)) return;
  throw new Error(`PostgreSQL (process ${pid}) did not stop.`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function hasEnded(clusterDir: string, pid: number, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    const running = readPostmaster(clusterDir);
    if (!isAlive(pid) || running?.pid !== pid) return true;
    await sleep(15);
  }
  return false;
}
