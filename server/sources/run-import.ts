import { randomUUID } from 'node:crypto';
import type { ImportStatus } from '#contract/import.ts';
import { inWorkspace } from '../db/scope.ts';
import { readImport } from '../store/import-job.ts';
import { claimImport, ImportTaken, readJob } from '../store/import-run.ts';
import type { ImportRun } from './import-ground.ts';
import { keepReserve, whileRoom } from './keep-reserve.ts';
import { runApart } from './run-apart.ts';

/** An import that is open (`openImport`) and whose file comes now. */
export type ImportOrder = Omit<ImportRun, 'runner' | 'isAdopted'>;

/**
 * Imports a file, and answers how it ended. The file is read to its end and its rows are set aside in the store; from there they go in, a batch a transaction,
 * mostly while the rest is still read. Once it is read to its end a killed store goes on by itself (`takeUp`); a file that was not read to its end is completed by importing it again.
 * A disk that runs full ends the reading, and has the rest wait for room (`watchImports`).
 * What the file is at fault for ends as `failed` with a sentence; trouble of the store itself ends as `failed` too, and is in the log.
 */
export async function runImport(order: ImportOrder, bytes: AsyncIterable<Uint8Array>): Promise<ImportStatus> {
  const { db, workspaceId, importId } = order;
  const runner = randomUUID();
  const job = await inWorkspace(db, workspaceId, async (scope) => {
    if (!(await claimImport(scope, workspaceId, importId, runner))) return undefined;
    return readJob(scope, workspaceId, importId);
  });
  if (!job) throw new Error('The import does not run: it was not opened, or another process has it.');
  await keepReserve(order, async (signal) => {
    const run: ImportRun = { ...order, runner, signal };
    try {
      await runApart(run, { job, bytes: whileRoom(bytes, order) });
    } catch (error) {
      // Somebody else has it by now, or will: the status says how far it is.
      if (!(error instanceof ImportTaken) && !signal.aborted) throw error;
    }
  });
  const status = await inWorkspace(db, workspaceId, (scope) => readImport(scope, workspaceId, importId));
  if (status === null) throw new Error('The import is gone from the store while it ran.');
  return status;
}
