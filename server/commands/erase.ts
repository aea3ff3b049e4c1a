import { placeBackup } from '../backup/take-backup.ts';
import { erasePerson } from '../persons/erase-person.ts';
import { placeErasedList, writeErasedList } from '../persons/erased-list.ts';
import { printLine } from '../print.ts';
import { listWorkspaces } from '../store/tenant.ts';
import type { Command, CommandInput } from './command.ts';
import { readClue } from './read-clue.ts';
import { withWorkspace } from './with-workspace.ts';

/** Erases a person for good. Works beside a running store, whose devices hear of it, and without one. */
export const eraseCommand: Command = { usage: 'erase ADDRESS|PROFILE|RECORD', run: erase };

async function erase({ env, words }: CommandInput): Promise<number> {
  const clue = readClue(eraseCommand, words);
  return withWorkspace(env, async ({ database: { db, owner }, workspaceId }) => {
    const { wasKnown, touches } = await erasePerson(db, workspaceId, clue, null);
    const path = placeErasedList(placeBackup(null, env.dataDir, new Date()));
    await writeErasedList(db, await listWorkspaces(owner), path);
    printLine(
      wasKnown
        ? `Erased, with ${touches} touches. Browsers take it in when they next reach the store. No import brings this person back.`
        : 'The store held nobody by this identifier. It will not take them in.',
    );
    printLine(
      `Backups made before still hold them: a restore takes them out again by ${path}. Keep that file beside your backups.`,
    );
    return 0;
  });
}
