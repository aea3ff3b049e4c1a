import { join } from 'node:path';
import { placeBackup, takeBackup } from '../backup/take-backup.ts';
import { type BackupSize, writeBackup } from '../backup/write-backup.ts';
import { dumpDatabase } from '../db/dump.ts';
import { readClusterMajor } from '../db/major.ts';
import { openOwner } from '../db/open.ts';
import { openSingle } from '../db/single.ts';
import { placeErasedList, writeErasedList } from '../persons/erased-list.ts';
import { describeBytes, printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { listWorkspaces } from '../store/tenant.ts';
import type { Command, CommandInput } from './command.ts';
import { readWords } from './read-words.ts';
import { createProgressLine } from './show-line.ts';

/** Writes everything the store holds, as of one moment, into one file. Works beside a running store, which goes on, and without one. */
export const backupCommand: Command = { usage: 'backup [--to FILE|FOLDER|-]', run: backup };

async function backup({ env, words }: CommandInput): Promise<number> {
  const to = readWords(backupCommand, words, { to: { type: 'string' } }).values.to ?? null;
  if (env.databaseUrl === null && readClusterMajor(join(env.dataDir, 'postgres')) === null)
    throw new Refusal(`There is no store in ${env.dataDir} to back up. Set DATA_DIR to the folder that holds it.`);
  const place = await openOwner(env, { isServer: false });
  const line = createProgressLine();
  const onProgress = (table: string, bytes: number) => line.show(`${describeBytes(bytes)} read, now ${table}`);
  try {
    if (to === '-') {
      await dumpDatabase(place.ownerUrl, (dump) => writeBackup(dump, process.stdout, onProgress)).catch(refuseUnsent);
      return 0;
    }
    const path = placeBackup(to, env.dataDir, new Date());
    const size = await takeBackup(place.ownerUrl, path, onProgress);
    await keepErased(place.ownerUrl, path);
    line.end();
    printLine(describe(path, size));
    return 0;
  } finally {
    line.end();
    await place.close();
  }
}

/** The program that takes the backup over has gone, or cannot write it. Throws. */
function refuseUnsent(error: NodeJS.ErrnoException): never {
  if (error.syscall === undefined) throw error;
  const why = error.code === 'EPIPE' ? 'whoever it went to stopped reading' : error.code;
  throw new Refusal(`The backup could not be sent on to its end (${why}). What was sent is no backup.`, {
    cause: error,
  });
}

/** Who was erased by now stands beside each backup: one made before must not bring them back. */
async function keepErased(ownerUrl: string, path: string): Promise<void> {
  const single = await openSingle(ownerUrl);
  try {
    await writeErasedList(single.db, await listWorkspaces(single.db), placeErasedList(path));
  } finally {
    await single.close();
  }
}

function describe(path: string, { rows, bytes }: BackupSize): string {
  return [
    `Backed up ${rows} rows into ${path} (${describeBytes(bytes)}).`,
    'It holds people’s addresses, the key that hashes them and what signs browsers in: keep it as safe as the store itself.',
  ].join('\n');
}
