import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { dumpDatabase } from '../db/dump.ts';
import { Refusal } from '../refusal.ts';
import { type BackupSize, type OnProgress, writeBackup } from './write-backup.ts';

/** A backup's file name: sorted by name, they are sorted by time. */
export function nameBackup(now: Date): string {
  return `baton-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.backup`;
}

/** Where a backup goes by what the person said: a folder gets a file of the usual name, null the folder `backups` of the data folder. */
export function placeBackup(to: string | null, dataDir: string, now: Date): string {
  const path = resolve(to ?? join(dataDir, 'backups'));
  const isFolder = to === null || lstatSync(path, { throwIfNoEntry: false })?.isDirectory() || to.endsWith('/');
  return isFolder ? join(path, nameBackup(now)) : path;
}

/**
 * Takes a backup into a file that only its owner can read, while the store works on. Until it is whole and on the disk it is called `<name>.part`.
 * Throws a `Refusal` when the file is there already or cannot be written; nothing is left behind then.
 */
export async function takeBackup(ownerUrl: string, path: string, onProgress: OnProgress): Promise<BackupSize> {
  if (existsSync(path))
    throw new Refusal(`There is a file ${path} already. Name another: a backup overwrites nothing.`);
  // Two backups that begin at once must not write into one file.
  const part = join(dirname(path), `${basename(path)}.${randomBytes(4).toString('hex')}.part`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const sink = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
    const size = await dumpDatabase(ownerUrl, (dump) => writeBackup(dump, sink, onProgress));
    // A link, as a rename would replace a file that came meanwhile.
    await link(part, path);
    await rm(part);
    await flushFolder(dirname(path));
    return size;
  } catch (cause) {
    // What could not be written cannot always be removed; the reason that counts is the first.
    await rm(part, { force: true }).catch(() => undefined);
    throw explain(cause as NodeJS.ErrnoException, path);
  }
}

/** The file's name is on the disk, too. Windows has no such thing as a folder's flush. */
async function flushFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dir);
  await folder.sync().finally(() => folder.close());
}

function explain(error: NodeJS.ErrnoException, path: string): Error {
  if (error instanceof Refusal || error.syscall === undefined) return error;
  if (error.code === 'ENOSPC')
    return new Refusal(
      `The disk that holds ${dirname(path)} is full. What was written of the backup was removed; there is no backup.`,
      { cause: error },
    );
  return new Refusal(`The backup cannot be written to ${path} (${error.code}). There is no backup.`, { cause: error });
}
