import { statfsSync } from 'node:fs';
import type { Logger } from 'pino';
import { ProblemError } from './problem.ts';

/** `low`: it works, and somebody should make room. `full`: nothing is taken in until there is room; what is read goes on. */
export type DiskState = 'ok' | 'low' | 'full';

/** Watches the disk that the data is on. */
export interface DiskWatch {
  state(): DiskState;
  /** Null where the disk is not this machine's (DATABASE_URL). */
  freeBytes(): number | null;
  /** PostgreSQL said that its disk is full, whatever was measured: believed for a while. */
  noteFull(): void;
  close(): void;
}

const lookMs = 2000;
/** After so long writing is tried again: the database's disk may be elsewhere, where nobody can look. */
const believeMs = 5000;
/** Below so many times the reserve the disk is low. */
const lowTimes = 8;
/** Room must be so much more than the reserve before it counts as made: a disk at the edge does not go on and off. */
const enoughTimes = 1.2;

/**
 * Keeps a reserve: below it the store itself takes nothing in any more, so that PostgreSQL never meets a disk without a single byte, which would
 * bring it down, reading included. `dir` null: only what PostgreSQL says is known. `reserveBytes` 0: nothing is kept.
 */
export function createDiskWatch(options: {
  dir: string | null;
  reserveBytes: number;
  log: Logger;
  readFree?: (dir: string) => number;
  now?: () => number;
}): DiskWatch {
  const { dir, reserveBytes, log, readFree = measureFree, now = Date.now } = options;
  let measured: DiskState = 'ok';
  let free: number | null = null;
  let believedUntil = 0;

  function look(): void {
    if (dir === null) return;
    try {
      free = readFree(dir);
    } catch (err) {
      log.warn({ err }, 'the disk of the data folder cannot be measured');
      return;
    }
    const before = measured;
    measured = judge(free, reserveBytes, before);
    if (measured === before) return;
    if (measured === 'full')
      log.error({ free, reserveBytes }, 'the disk is full: nothing is taken in until there is room');
    else if (measured === 'low') log.warn({ free, reserveBytes }, 'the disk is filling up: make room');
    else log.info({ free }, 'the disk has room again');
  }

  look();
  const looking = setInterval(look, lookMs);
  looking.unref();
  return {
    state: () => (now() < believedUntil ? 'full' : measured),
    freeBytes: () => free,
    noteFull() {
      if (now() >= believedUntil) log.error({ free }, 'PostgreSQL says that its disk is full');
      believedUntil = now() + believeMs;
    },
    close: () => clearInterval(looking),
  };
}

function judge(free: number, reserveBytes: number, before: DiskState): DiskState {
  const edge = before === 'full' ? reserveBytes * enoughTimes : reserveBytes;
  if (free < edge) return 'full';
  return free < reserveBytes * lowTimes ? 'low' : 'ok';
}

function measureFree(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}

/** What a browser's outbox sends is kept there until it was taken; all else is not. */
const isKept = (path: string) => path === '/v1/push';

/** What whoever sends something to `path` is told while the disk is full. */
export function createFullProblem(path: string, cause?: unknown): ProblemError {
  const after = isKept(path)
    ? 'What you did is kept in this browser and sent by itself once there is room.'
    : 'Nothing of this was kept: do it again once there is room.';
  return new ProblemError(
    503,
    'disk-full',
    `The store’s disk is full, so it can take nothing in right now. ${after} Whoever runs the store must make room.`,
    { headers: { 'Retry-After': '30' }, cause },
  );
}

/** Methods that only read, or give room back. */
const harmless = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE']);

/** Whether a call by this method is answered also while the disk is full. */
export const isHarmless = (method: string): boolean => harmless.has(method);

/** Refuses what would write while the disk is full. */
export function refuseWhenFull(disk: DiskWatch | undefined, method: string, path: string): void {
  if (disk?.state() === 'full' && !isHarmless(method)) throw createFullProblem(path);
}
