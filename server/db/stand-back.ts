import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';

/** As far behind what answers requests as the thread of an import is. */
const behind = 10;
/** The same between sessions: a third of the share of one that does not stand back. Enough to give way at once, and what else the machine does leaves an import something. */
const groupBehind = 5;

/**
 * Lets this process stand back with all its threads behind those that answer requests. It must have a session of its own where the system knows sessions, or what
 * else is in it would stand back too.
 */
export function standProcessBack(): void {
  if (process.platform !== 'linux') {
    setPriority(behind);
    return;
  }
  // A thread begins with the priority of the one that begins it: those of the engine are there already.
  for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), behind);
  standGroupBack(process.pid);
}

/** Lets the calling thread stand back behind the one that answers requests: Linux knows a priority of threads. Elsewhere it does nothing. */
export function standBackHere(): void {
  if (process.platform === 'linux') setPriority(behind);
}

/**
 * Lets the PostgreSQL process of one connection stand back behind those that answer requests, for as long as the connection lives: what holds a whole
 * processor for minutes leaves pushes their pace. On Linux alone, where PostgreSQL is on this machine behind a Unix socket (ours is); elsewhere it does nothing.
 * `pid`: as the connection names its process. True: it stands back.
 */
export function standBack(pid: number, url: string): boolean {
  const place = new URL(url).searchParams;
  const socketDir = place.get('host');
  if (process.platform !== 'linux' || !socketDir?.startsWith('/')) return false;
  if (!isServedBy(pid, join(socketDir, `.s.PGSQL.${place.get('port') ?? '5432'}.lock`))) return false;
  try {
    setPriority(pid, behind);
    // PostgreSQL makes each of its processes a session.
    if (Number(readStat(pid)[3]) === pid) standGroupBack(pid);
    return true;
  } catch {
    // A PostgreSQL of another user's, or a connection that is gone again: all goes on, at its usual pace.
    return false;
  }
}

/** Behind a pooler or a socket of another container the number is another process's here: PostgreSQL's own is told by its name and its parent. */
function isServedBy(pid: number, lock: string): boolean {
  if (!existsSync(lock) || !existsSync(`/proc/${pid}/stat`)) return false;
  const [, parent] = readStat(pid);
  return (
    readFileSync(`/proc/${pid}/stat`, 'utf8').includes('(postgres)') &&
    parent === readFileSync(lock, 'utf8').split('\n', 1)[0]?.trim()
  );
}

/** The fields of `/proc/<pid>/stat` after the process's name: state, parent, process group, session. */
function readStat(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The kernel takes one such change in a tenth of a second, from whomever. */
const groupTries = { most: 50, apartMs: 130 };

/**
 * Lets the session of this process stand back too. Most Linux kernels give each session a share of its own (`sched_autogroup_enabled`), and then a process's own
 * priority counts within its session alone: where the session is that one process, for nothing. Elsewhere, and in a control group with a share of its own, it does nothing.
 */
function standGroupBack(pid: number, tried = 0): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(groupBehind));
  } catch (error) {
    if ((error as { code?: string }).code !== 'EAGAIN' || tried >= groupTries.most) return;
    setTimeout(() => standGroupBack(pid, tried + 1), groupTries.apartMs).unref();
  }
}
