import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lockDataFolder } from '../db/data-folder.ts';
import { readPostmaster, stopPostmaster } from '../db/postmaster.ts';
import { printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import type { Command, CommandInput } from './command.ts';

/** Stops the PostgreSQL that a killed store left running, for when no store is to be started again. */
export const stopCommand: Command = { usage: 'stop', run: stop };

async function stop({ env }: CommandInput): Promise<number> {
  const { databaseUrl, dataDir } = env;
  if (databaseUrl !== null) throw new Refusal('DATABASE_URL is set: that PostgreSQL is not Baton’s to stop.');
  if (!existsSync(dataDir)) throw new Refusal(`There is no data folder ${dataDir}.`);
  // A store that runs stops its own: ask that one, by Ctrl-C or SIGTERM.
  const lock = lockDataFolder(dataDir);
  try {
    const clusterDir = join(dataDir, 'postgres');
    const left = readPostmaster(clusterDir);
    if (left) await stopPostmaster(clusterDir, left.pid);
    printLine(
      left ? `Stopped the PostgreSQL (process ${left.pid}) of ${dataDir}.` : `No PostgreSQL runs on ${dataDir}.`,
    );
    return 0;
  } finally {
    lock.release();
  }
}
