import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { isAlive } from './postmaster.ts';

/** Holds a data folder for one process. */
export interface FolderLock {
  release(): void;
}

/** The folder is held by a living process. */
export class FolderInUse extends Refusal {
  override name = 'FolderInUse';
}

/** Makes the data folder: for us alone, or, when PostgreSQL runs as another user, passable but not listable for others. */
export function makeDataFolder(dir: string, isShared: boolean): void {
  try {
    mkdirSync(dir, { recursive: true });
    chmodSync(dir, isShared ? 0o711 : 0o700);
  } catch (cause) {
    throw new Refusal(
      `The data folder ${dir} cannot be made or written (${(cause as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder this user may write.`,
      {
        cause,
      },
    );
  }
}

/**
 * Takes the data folder for this process. A lock whose process is gone (killed, or the machine restarted) is taken over.
 * Process ids say nothing across containers that share the folder: there the system's own lock on a file tells, which ends with its process.
 * Throws `FolderInUse` when a living process holds it.
 */
export function lockDataFolder(dir: string): FolderLock {
  const system = takeSystemLock(dir);
  try {
    const lock = takeLockFile(dir, system !== 'unknown');
    return {
      release() {
        lock.release();
        if (system !== 'unknown') closeSync(system);
      },
    };
  } catch (error) {
    if (system !== 'unknown') closeSync(system);
    throw error;
  }
}

/**
 * Locks a file of the folder by flock(2), and answers the open file that holds the lock. The program `flock` locks it by way of the file that it inherits,
 * and the lock stays with that file, which is ours. `unknown` where there is no such program or the disk knows no locks.
 */
function takeSystemLock(dir: string): number | 'unknown' {
  if (process.platform === 'win32') return 'unknown';
  const file = openSync(join(dir, 'store.held'), 'a', 0o600);
  const { status } = spawnSync('flock', ['-n', '-x', '3'], { stdio: ['ignore', 'ignore', 'ignore', file] });
  if (status === 0) return file;
  closeSync(file);
  if (status !== 1) return 'unknown';
  const [pid, , place = placeOf()] = read(join(dir, 'store.lock')).trim().split(' ');
  const holder = place === placeOf() ? pid : `${pid} of another container`;
  throw new FolderInUse(
    `The data folder ${dir} is in use by another store or command${holder ? ` (process ${holder})` : ''}. Stop that one first, or set DATA_DIR to another folder.`,
  );
}

/** `isSure`: the system says that nobody else lives in this folder, so a lock of another container is a dead one's. */
function takeLockFile(dir: string, isSure: boolean): FolderLock {
  const path = join(dir, 'store.lock');
  const here = placeOf();
  const mine = `${process.pid} ${startOf(process.pid)} ${here}\n`;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeFileSync(file, mine);
      closeSync(file);
      return { release: () => releaseLock(path, mine) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const held = read(path);
    const [pidText, start, place = here] = held.trim().split(' ');
    const pid = Number(pidText);
    if (held !== '' && place !== here && !isSure) {
      throw new FolderInUse(
        `The data folder ${dir} was last held by a store in another container or machine, and nothing here can tell whether it still runs. Stop it; when it is surely gone, remove ${path} and start again.`,
      );
    }
    if (held !== '' && place === here && pid !== process.pid && isAlive(pid) && startOf(pid) === start) {
      throw new FolderInUse(
        `The data folder ${dir} is in use by another store or command (process ${pid}). Stop that one first, or set DATA_DIR to another folder.`,
      );
    }
    takeAway(path, held);
  }
  throw new FolderInUse(`The data folder ${dir} is in use by another store that is just starting.`);
}

/** Within what process ids mean the same: the container's own numbering, or the machine. */
function placeOf(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return hostname();
  }
}

/** Moves a dead process's lock aside. Another process may have done so and locked anew in between: its lock is put back. */
function takeAway(path: string, dead: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== dead) linkSync(aside, path);
    unlinkSync(aside);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function releaseLock(path: string, mine: string): void {
  if (read(path) === mine) unlinkSync(path);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** When a process began, in the system's own units; `0` where the system does not tell. It tells a reused process id from the first one. */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
}
