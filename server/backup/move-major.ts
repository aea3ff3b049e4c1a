import { copyFileSync, mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from '../db/binaries.ts';
import { makeDataFolder } from '../db/data-folder.ts';
import { startEmbedded } from '../db/embedded.ts';
import { asideOf, markWhole, settleMove } from '../db/major.ts';
import { ensureWorkingRole } from '../db/roles.ts';
import { findServerUser } from '../db/server-user.ts';
import { openSingle } from '../db/single.ts';
import { Refusal } from '../refusal.ts';
import { checkBackup } from './read-backup.ts';
import { restoreBackup } from './restore.ts';
import { nameBackup, takeBackup } from './take-backup.ts';

/** What a move did. */
export interface Moved {
  rows: number;
  backup: string;
  /** Where the old data is. */
  kept: string;
}

/** How much a cluster's files take, in bytes. */
export function measureFolder(dir: string): number {
  let bytes = 0;
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    // PostgreSQL, when it runs, makes and removes files meanwhile.
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** The new data takes about what the old does; the backup in between a third of it at most. */
export function planSpace(clusterDir: string): { needed: number; free: number } {
  const { bavail, bsize } = statfsSync(clusterDir);
  return { needed: Math.ceil(measureFolder(clusterDir) * 1.4) + 100_000_000, free: bavail * bsize };
}

/**
 * Moves the data in `dir` from one major version of PostgreSQL to that of the programs that came along, by a backup and a restore.
 * The caller holds the data folder. Cut off at any moment, the next start finds the old data whole, or the new; the old is kept in the end.
 */
export async function moveMajor(dir: string, from: number, old: Binaries, say: (line: string) => void): Promise<Moved> {
  await settleMove(dir);
  const backup = join(dir, 'backups', nameBackup(new Date()).replace('.backup', `-postgres-${from}.backup`));
  say('Writing all data of the old PostgreSQL into a backup.');
  const before = await startEmbedded({ dir, binaries: old });
  try {
    mkdirSync(join(dir, 'backups'), { recursive: true, mode: 0o700 });
    await takeBackup(before.url, backup, () => undefined);
  } finally {
    await before.stop();
  }
  const checked = await checkBackup(backup);

  say('Making the new PostgreSQL and filling it.');
  const aside = asideOf(dir);
  makeDataFolder(aside, findServerUser() !== null);
  copyFileSync(join(dir, 'postgres-passwords.json'), join(aside, 'postgres-passwords.json'));
  const after = await startEmbedded({ dir: aside });
  try {
    await prepareRole(after.url, after.appPassword);
    const rows = await restoreBackup(after.url, checked, { now: new Date(), isSameMoment: true });
    if (rows !== checked.rows) throw new Refusal(`${rows} rows arrived of ${checked.rows}. The old data is as it was.`);
  } finally {
    await after.stop();
  }
  markWhole(dir, from);
  const kept = await settleMove(dir);
  if (kept === null) throw new Error('The new data was whole and could not be put in place.');
  return { rows: checked.rows, backup, kept };
}

async function prepareRole(url: string, password: string): Promise<void> {
  const single = await openSingle(url);
  await ensureWorkingRole(single.db, password).finally(() => single.close());
}
