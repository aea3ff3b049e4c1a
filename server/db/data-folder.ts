import {
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
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
 * Throws `FolderInUse` when a living process holds it.
 */
export function lockDataFolder(dir: string): FolderLock {
  const path = join(dir, 'store.lock');
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
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
    const pid = Number(held.split(' ')[0]);
    if (held !== '' && pid !== process.pid && isAlive(pid) && startOf(pid) === held.split(' ')[1]?.trim()) {
      throw new FolderInUse(
        `The data folder ${dir} is in use by another store or command (process ${pid}). Stop that one first, or set DATA_DIR to another folder.`,
      );
    }
    takeAway(path, held);
  }
  throw new FolderInUse(`The data folder ${dir} is in use by another store that is just starting.`);
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
