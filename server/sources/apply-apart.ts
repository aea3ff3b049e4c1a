import { Worker } from 'node:worker_threads';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { type ImportProgress, ImportTaken, releaseImport } from '../store/import-run.ts';
import { adopt, applyImport } from './apply.ts';
import type { ImportGround, ImportRun } from './import-ground.ts';
import { keepBeating } from './keep-beating.ts';

/** A batch's rows are held until it is in: with room for them where new things are put, the engine need not move most of them first. */
const youngMegabytes = 96;

/** What the thread is told when it begins. */
export interface ThreadOrder extends Pick<ImportRun, 'url' | 'workspaceId' | 'importId' | 'runner'> {
  isPreparing: boolean;
  isAdopted: boolean;
  logLevel: string;
}

/** What the thread says. `taken`: another process has the import by now. */
export type ThreadMessage =
  | { kind: 'poke'; workspaceId: WorkspaceId }
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'taken' };

/**
 * Takes in what was set aside (`applyImport`), in a thread of its own where the ground says so: the event loop that answers requests stays free.
 * When the process goes down, it lets go of the import for another one. Throws `ImportTaken`.
 */
export async function applyApart(run: ImportRun): Promise<void> {
  // The thread stands back: on a busy machine it may be longer between two of its batches than a process is waited for.
  const beating = keepBeating(run);
  try {
    await (run.thread === null ? applyImport(run) : applyInThread(run, run.thread.isPreparing));
  } catch (error) {
    if (run.signal?.aborted)
      await inWorkspace(run.db, run.workspaceId, (scope) =>
        releaseImport(scope, run.workspaceId, run.importId, run.runner),
      );
    throw error;
  } finally {
    beating.stop();
  }
}

/** Goes on with an import whose process is gone. False: somebody else does. */
export async function takeUp(
  ground: ImportGround & { workspaceId: WorkspaceId },
  importId: ImportId,
): Promise<boolean> {
  const run = await adopt(ground, importId);
  if (run === null) return false;
  await applyApart(run);
  return true;
}

function applyInThread(run: ImportRun, isPreparing: boolean): Promise<void> {
  const { url, workspaceId, importId, runner, log, signal } = run;
  const order: ThreadOrder = {
    url,
    workspaceId,
    importId,
    runner,
    isPreparing,
    isAdopted: run.isAdopted ?? false,
    logLevel: log.level,
  };
  const worker = new Worker(new URL('./apply-thread.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const stop = () => worker.postMessage('stop');
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return new Promise<void>((done, fail) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'poke') run.poke(message.workspaceId);
      else if (message.kind === 'progress') run.onProgress?.(message.progress);
      else fail(new ImportTaken());
    });
    worker.once('error', fail);
    worker.once('exit', (code) =>
      code === 0 ? done() : fail(new Error(`An import's thread ended with code ${code}.`)),
    );
  }).finally(() => signal?.removeEventListener('abort', stop));
}
