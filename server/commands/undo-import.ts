import type { ImportId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { undoImport } from '../sources/undo-import.ts';
import { findUndoable } from '../store/import-undo.ts';
import type { Command, CommandInput } from './command.ts';
import { withWorkspace } from './with-workspace.ts';

/** Undoes the last import that changed something. Works beside a running store, whose devices hear of it, and without one. */
export const undoImportCommand: Command = { usage: 'undo-import', run: undoLast };

async function undoLast({ env, words }: CommandInput): Promise<number> {
  if (words.length > 0)
    throw new Refusal(
      `It is always the last import that is undone. Usage: npm run store -- ${undoImportCommand.usage}`,
    );
  return withWorkspace(env, async ({ database: { db, url }, log, workspaceId }) => {
    const importId: ImportId | undefined = await inWorkspace(db, workspaceId, (scope) =>
      findUndoable(scope, workspaceId),
    );
    if (importId === undefined)
      throw new Refusal('There is no import to undo: none has changed anything, or one is running.');
    const ground = { db, url, log, now: () => new Date(), poke: () => undefined, apart: null };
    const { fileName, undoNote } = await undoImport(ground, { workspaceId, importId, byMember: null });
    printLine(`The import of ${fileName} is undone.${!undoNote ? '' : ` ${undoNote}`}`);
    return 0;
  });
}
