import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { type ImportJob, type ImportProgress, ImportTaken, releaseImport } from '../store/import-run.ts';
import { adopt } from './apply.ts';
import { type FileFault, sendBytes } from './byte-pipe.ts';
import type { ImportGround, ImportRun } from './import-ground.ts';
import { keepBeating } from './keep-beating.ts';
import { type IncomingFile, takeFile } from './take-file.ts';

const program = fileURLToPath(new URL('./import-process.ts', import.meta.url));

/** A batch's rows are held until it is in: with room for them where new things are put, the engine need not move most of them first. */
const engine = ['--max-semi-space-size=32'];

/** What the process is told when it begins. */
export interface ProcessOrder extends Pick<ImportRun, 'url' | 'workspaceId' | 'importId' | 'runner'> {
  isPreparing: boolean;
  isAdopted: boolean;
  logLevel: string;
  /** The import whose file is to be set aside first, as it comes by the standard input; null: all of it that will come is. */
  job: ImportJob | null;
}

/** What the process is told. `over`: its file is, or broke off. */
export type ProcessWord =
  | { kind: 'order'; order: ProcessOrder }
  | { kind: 'over'; fault: FileFault | null }
  | { kind: 'stop' };

/** What the process says. `taken`: another process has the import by now. The last three are how it ended. */
export type ProcessAnswer =
  | { kind: 'poke'; workspaceId: WorkspaceId }
  | { kind: 'staged'; read: { rows: number; bytes: number } }
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'done' }
  | { kind: 'taken' }
  | { kind: 'fault'; error: Error };

/**
 * Takes an import's file in (`takeFile`), in a process of its own where the ground says so, so that what answers requests stays free. When the store goes down,
 * it lets go of the import for another one. Throws `ImportTaken`.
 */
export async function runApart(run: ImportRun, file: IncomingFile | null = null): Promise<void> {
  // A sender may be slow, and the process stands back: it may be longer between two signs of the import than a process is waited for.
  const beating = keepBeating(run);
  try {
    if (run.apart !== null) return await runInProcess(run, run.apart.isPreparing, file);
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

async function runInProcess(run: ImportRun, isPreparing: boolean, file: IncomingFile | null): Promise<void> {
  const { url, workspaceId, importId, runner, log, signal } = run;
  const child = fork(program, [], {
    execArgv: [...process.execArgv, ...engine],
    // Its own session: a Ctrl-C in the terminal is the store's, which tells it to stop, and where sessions have shares of their own it can stand back.
    detached: process.platform !== 'win32',
    serialization: 'advanced',
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  const tell = (word: ProcessWord) => {
    // A process that is gone says so by its end.
    if (child.connected) child.send(word, () => undefined);
  };
  const stop = () => tell({ kind: 'stop' });
  const ended = waitForEnd(child, run);
  tell({
    kind: 'order',
    order: {
      url,
      workspaceId,
      importId,
      runner,
      isPreparing,
      isAdopted: run.isAdopted ?? false,
      logLevel: log.level,
      job: file?.job ?? null,
    },
  });
  const { stdin } = child;
  const sending = file && stdin && sendBytes(stdin, file.bytes, (fault) => tell({ kind: 'over', fault }));
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  try {
    await ended;
  } finally {
    signal?.removeEventListener('abort', stop);
    stdin?.destroy();
    // The file is nobody's any more when this is over.
    await sending;
  }
}

/** Hands on what the process says of its way, and ends as it does. */
async function waitForEnd(child: ChildProcess, run: ImportRun): Promise<void> {
  let ending: Extract<ProcessAnswer, { kind: 'done' | 'taken' | 'fault' }> | null = null;
  child.on('message', (message) => {
    const answer = message as ProcessAnswer;
    if (answer.kind === 'poke') run.poke(answer.workspaceId);
    else if (answer.kind === 'staged') run.onStaged?.(answer.read);
    else if (answer.kind === 'progress') run.onProgress?.(answer.progress);
    else ending = answer;
  });
  // What it said is all heard once the channel is closed, and its connections are once it is gone.
  const [[code, killedBy]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const last = ending as Extract<ProcessAnswer, { kind: 'done' | 'taken' | 'fault' }> | null;
  if (last?.kind === 'done') return;
  if (last?.kind === 'taken') throw new ImportTaken();
  if (last?.kind === 'fault') throw last.error;
  throw new Error(`The process of an import ended with ${killedBy ?? `code ${code}`} before the import did.`);
}
