import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { type ImportJob, type ImportProgress, ImportTaken, releaseImport } from '../store/import-run.ts';
import { adopt } from './apply.ts';
import { sendBytes } from './byte-port.ts';
import type { ImportGround, ImportRun } from './import-ground.ts';
import { keepBeating } from './keep-beating.ts';
import { type IncomingFile, takeFile } from './take-file.ts';

/** A batch's rows are held until it is in: with room for them where new things are put, the engine need not move most of them first. */
const youngMegabytes = 96;

/** What the thread is told when it begins. */
export interface ThreadOrder extends Pick<ImportRun, 'url' | 'workspaceId' | 'importId' | 'runner'> {
  isPreparing: boolean;
  isAdopted: boolean;
  logLevel: string;
  /** The file that is to be set aside first; null: all of it that will come is. */
  file: { job: ImportJob; port: MessagePort } | null;
}

/** What the thread says. `taken`: another process has the import by now. */
export type ThreadMessage =
  | { kind: 'poke'; workspaceId: WorkspaceId }
  | { kind: 'staged'; read: { rows: number; bytes: number } }
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'taken' };

/**
 * Takes an import's file in (`takeFile`), in a thread of its own where the ground says so, so that the event loop that answers requests stays free. When the process goes down, it lets go of the import for another one. Throws `ImportTaken`.
 */
export async function runApart(run: ImportRun, file: IncomingFile | null = null): Promise<void> {
  // A sender may be slow, and the thread stands back: it may be longer between two signs of the import than a process is waited for.
  const beating = keepBeating(run);
  try {
    if (run.thread !== null) return await runInThread(run, run.thread.isPreparing, file);
    await takeFile(run, file);
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
  await runApart(run);
  return true;
}

async function runInThread(run: ImportRun, isPreparing: boolean, file: IncomingFile | null): Promise<void> {
  const { url, workspaceId, importId, runner, log, signal } = run;
  const { port1: near, port2: far } = new MessageChannel();
  const order: ThreadOrder = {
    url,
    workspaceId,
    importId,
    runner,
    isPreparing,
    isAdopted: run.isAdopted ?? false,
    logLevel: log.level,
    file: file && { job: file.job, port: far },
  };
  const worker = new Worker(new URL('./import-thread.ts', import.meta.url), {
    workerData: order,
    transferList: file === null ? [] : [far],
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const sending = file && sendBytes(near, file.bytes);
  const stop = () => worker.postMessage('stop');
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  try {
    await new Promise<void>((done, fail) => {
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'poke') run.poke(message.workspaceId);
        else if (message.kind === 'staged') run.onStaged?.(message.read);
        else if (message.kind === 'progress') run.onProgress?.(message.progress);
        else fail(new ImportTaken());
      });
      worker.once('error', fail);
      worker.once('exit', (code) =>
        code === 0 ? done() : fail(new Error(`An import's thread ended with code ${code}.`)),
      );
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    near.close();
    // The file is nobody's any more when this is over.
    await sending;
  }
}
