import { randomUUID } from 'node:crypto';
import type { ImportId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import { inWorkspace } from '../db/scope.ts';
import { readImport } from '../store/import-job.ts';
import { ImportTaken } from '../store/import-run.ts';
import { beginUndo } from '../store/import-undo.ts';
import type { ImportGround, ImportRun } from './import-ground.ts';
import { runApart } from './run-apart.ts';

/**
 * Undoes the last import that changed something: what it added goes, what it changed is as before, rows that waited and went in by it wait again.
 * People and accounts to whom a colleague has since given a verdict, an insight or a link stay; the status says how many (`undoNote`).
 * Throws a `Refusal` when it is not the last one, or another runs. `byMember` null: at the store's own machine.
 */
export async function undoImport(
  ground: ImportGround,
  undo: { workspaceId: WorkspaceId; importId: ImportId; byMember: MemberId | null },
): Promise<ImportStatus> {
  const { workspaceId, importId, byMember } = undo;
  const run: ImportRun = { ...ground, workspaceId, importId, runner: randomUUID() };
  await inWorkspace(run.db, workspaceId, (scope) =>
    beginUndo(scope, workspaceId, importId, { runner: run.runner, byMember }),
  );
  try {
    await runApart(run);
  } catch (error) {
    // Somebody else has it by now, or will: the status says how far it is.
    if (!(error instanceof ImportTaken) && !ground.signal?.aborted) throw error;
  }
  const status = await inWorkspace(run.db, workspaceId, (scope) => readImport(scope, workspaceId, importId));
  if (status === null) throw new Error('The import is gone from the store while it was undone.');
  return status;
}
