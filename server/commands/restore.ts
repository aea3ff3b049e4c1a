import { checkBackup } from '../backup/read-backup.ts';
import { restoreBackup } from '../backup/restore.ts';
import { openOwner } from '../db/open.ts';
import { type ErasedLists, erasedListName, placeErasedList, readErasedList } from '../persons/erased-list.ts';
import { describeBytes, printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import type { Command, CommandInput } from './command.ts';
import { readWords } from './read-words.ts';
import { createProgressLine } from './show-line.ts';

/** Fills an empty store from a backup: all of it or nothing. The store must not run meanwhile. */
export const restoreCommand: Command = { usage: 'restore FILE [--erased LIST]', run: restore };

async function restore({ env, words }: CommandInput): Promise<number> {
  const { positionals, values } = readWords(restoreCommand, words, { erased: { type: 'string' } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new Refusal(`A restore needs one file. Usage: npm run store -- ${restoreCommand.usage}`);
  const line = createProgressLine();
  try {
    const backup = await checkBackup(file, (part) => line.show(`checking ${Math.round(part * 100)} %`));
    const erased = await findErased(file, values.erased);
    const place = await openOwner(env, { isServer: true });
    let rows: number;
    try {
      const onProgress = (part: number) => line.show(`restoring ${Math.round(part * 100)} %`);
      rows = await restoreBackup(place.ownerUrl, backup, { now: new Date(), erased, onProgress });
    } finally {
      await place.close();
    }
    line.end();
    const names = backup.header.workspaces.map(({ name }) => `"${name}"`).join(', ');
    printLine(
      `Restored ${names} as of ${backup.header.takenAt}: ${rows} rows from ${file} (${describeBytes(backup.bytes)}). Start the store with npm run store.`,
    );
    printLine(afterwards);
    if (erased === null) printLine(noList);
    return 0;
  } finally {
    line.end();
  }
}

/** The list that was named, or that lies beside the backup; null: there is none. Throws a `Refusal` when the one that was named is not there. */
async function findErased(file: string, named: string | undefined): Promise<ErasedLists | null> {
  const list = await readErasedList(named ?? placeErasedList(file));
  if (list === null && named !== undefined)
    throw new Refusal(`There is no list of erased people ${named}. Nothing was restored.`);
  return list;
}

const noList = `Beside the backup there was no ${erasedListName}: people who were erased after it was taken are back. If there were any, erase them again (npm run store -- erase ADDRESS).`;

const afterwards = `Browsers bring back by themselves what their people did since then. What was done in the Desk, imported, or settled at the store since then is not in the backup: import those files again (best before people are back), and look at who may sign in. Whoever was revoked or left since then is back until you revoke them again.`;
