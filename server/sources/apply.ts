import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { announceBundles, announceRefetch } from '../store/import-batch.ts';
import { dropBlocks } from '../store/import-block.ts';
import {
  claimImport,
  endImport,
  type ImportJob,
  type ImportProgress,
  ImportTaken,
  listOrphans,
  readJob,
  takeTurn,
} from '../store/import-run.ts';
import { Carried } from './carried.ts';
import { findFormat } from './choose-format.ts';
import { type Applying, commitBatch } from './commit-batch.ts';
import { FileRefusal } from './fault.ts';
import type { ImportRun } from './import-ground.ts';
import { beginNews, type News } from './news.ts';
import { isPassing, withPatience } from './patience.ts';
import { releaseWaiting } from './release-waiting.ts';
import { createWhole, type SetAside } from './set-aside.ts';
import { SettledPeople } from './settled-people.ts';
import { takeBack } from './take-back.ts';
import { takeIn } from './take-in.ts';

const lookForTurnMs = 250;

/**
 * Takes the rows in that are set aside, from the checkpoint on, and ends the import. Each batch is one transaction, in which the checkpoint moves:
 * whoever takes it up after a kill goes on there. While PostgreSQL is away it waits. Throws `ImportTaken` when the import is another process's by now.
 * `aside`: how far a file is that is still being read; null: it is nobody's any more, and all that will come of it is set aside.
 */
export async function applyImport(run: ImportRun, aside: SetAside | null): Promise<void> {
  const { workspaceId, importId } = run;
  // A file of which nothing is there yet holds up nobody else's.
  await aside?.waitBeyond(0);
  await waitForTurn(run);
  // All that is known is read anew after trouble: whether a commit was done cannot be told from an answer that never came.
  await withPatience(run.log, async () => {
    const job = await inWorkspace(run.db, workspaceId, (scope) => readJob(scope, workspaceId, importId));
    if (!job) throw new ImportTaken();
    await (job.state === 'undoing' ? takeBack(run) : finishJob(run, job, aside ?? createWhole(job.dates)));
  });
}

async function finishJob(run: ImportRun, job: ImportJob, aside: SetAside): Promise<void> {
  const applying = begin(run, job);
  let failure: string | null;
  try {
    if (applying !== null) {
      await takeIn(applying, job, aside);
      // Of a dry run nothing is there that rows could have waited for.
      if (!applying.isDry) await release(applying);
    }
    failure = await readFailure(run);
  } catch (error) {
    if (error instanceof ImportTaken || isPassing(error) || run.signal?.aborted) throw error;
    failure = explain(applying?.progress ?? job.progress, job.dryRun, error);
    if (!(error instanceof FileRefusal)) run.log.error({ err: error, importId: run.importId }, 'an import broke off');
  }
  await end(run, applying?.progress ?? job.progress, applying?.news ?? beginNews(job.progress.owesRefetch), failure);
}

/** What became of the file, which is over by now; null: it was read to its end. */
async function readFailure({ db, workspaceId, importId }: ImportRun): Promise<string | null> {
  const job = await inWorkspace(db, workspaceId, (scope) => readJob(scope, workspaceId, importId));
  if (!job) throw new ImportTaken();
  return job.isStaged ? job.stagedFailure : cutOff(job.progress.rowsRead);
}

/** One import a workspace at a time. One that nobody works on any more and that has the turn is completed first. */
async function waitForTurn(run: ImportRun): Promise<void> {
  const { db, workspaceId, importId, runner } = run;
  const ask = () => inWorkspace(db, workspaceId, (scope) => takeTurn(scope, workspaceId, importId, runner));
  while (!(await withPatience(run.log, ask))) {
    const [orphan] = await inWorkspace(db, workspaceId, (scope) => listOrphans(scope, workspaceId));
    const adopted = orphan !== undefined && orphan !== importId ? await adopt(run, orphan) : null;
    if (adopted !== null) await applyImport(adopted, null);
    await sleep(lookForTurnMs);
  }
}

/** Makes this process the one that goes on with an import whose own is gone. Null: somebody else does. */
export async function adopt(
  ground: Omit<ImportRun, 'importId' | 'runner' | 'onStaged' | 'onProgress'>,
  importId: ImportId,
): Promise<ImportRun | null> {
  const { db, workspaceId } = ground;
  const run: ImportRun = { ...ground, importId, runner: randomUUID(), isAdopted: true };
  delete run.onProgress;
  delete run.onStaged;
  const isOurs = await inWorkspace(db, workspaceId, (scope) => claimImport(scope, workspaceId, importId, run.runner));
  if (isOurs) run.log.warn({ importId }, 'an import whose process is gone is taken up');
  return isOurs ? run : null;
}

/** Null: nothing was set aside, there is nothing to take in. */
function begin(run: ImportRun, job: ImportJob): Applying | null {
  const { progress, header } = job;
  if (header === null || progress.format === null) return null;
  // A dry run left nothing behind, so it begins anew.
  const fresh = job.dryRun ? { checkpoint: 0, progress: forget(progress) } : { checkpoint: job.checkpoint, progress };
  const format = findFormat(progress.format, job.mapping);
  return {
    run,
    format,
    isDry: job.dryRun,
    ...fresh,
    news: beginNews(fresh.progress.owesRefetch),
    hasClashed: false,
    people: new SettledPeople(),
    carried: job.dryRun ? new Carried() : null,
    feed: { seen: null, own: null },
  };
}

function forget(progress: ImportProgress): ImportProgress {
  const counts = structuredClone(progress.counts);
  for (const count of Object.values(counts)) {
    Object.assign(count, { added: 0, changed: 0, unchanged: 0 });
    delete count.older;
  }
  return { ...progress, rows: 0, counts, waitingRows: 0, errorCount: 0, errors: [] };
}

async function release(applying: Applying): Promise<void> {
  const { run } = applying;
  await releaseWaiting({
    workspaceId: run.workspaceId,
    importId: run.importId,
    read: (work) => inWorkspace(run.db, run.workspaceId, work),
    takeIn: async (work) => {
      await commitBatch(applying, { last: applying.checkpoint, rows: 0, errors: [] }, work);
    },
  });
}

/** The process that read the file is gone, and the file with it. */
function cutOff(rows: number): string {
  const format = (count: number) => count.toLocaleString('en-US');
  return `The store stopped while it read this file: ${rows === 0 ? 'nothing of it is in' : `its first ${format(rows)} rows are in`}. Import the same file again to complete it: nothing goes in twice.`;
}

function explain(progress: ImportProgress, isDry: boolean, error: unknown): string {
  if (error instanceof FileRefusal) return error.message;
  const kept = isDry
    ? 'Nothing was kept, as it was a dry run.'
    : 'What was read before is in; import the same file again to complete it: nothing goes in twice.';
  return `The import broke off after ${progress.rows.toLocaleString('en-US')} rows: ${(error as Error).message}. ${kept}`.slice(
    0,
    500,
  );
}

/** Ends the import, and tells devices what of it they were not told yet. */
async function end(run: ImportRun, progress: ImportProgress, news: News, failure: string | null): Promise<void> {
  const { db, workspaceId, importId, runner } = run;
  const errors = [...progress.errors].sort((a, b) => a.line - b.line);
  const state = failure === null ? 'done' : 'failed';
  await inWorkspace(db, workspaceId, async (scope) => {
    await endImport(scope, workspaceId, importId, runner, { state, failure, errors, finishedAt: run.now() });
    await dropBlocks(scope, workspaceId, importId);
    if (news.isRefetch) await announceRefetch(scope, workspaceId);
    else if (news.owed.size > 0) await announceBundles(scope, workspaceId, news.owed);
  });
  if (news.isRefetch || news.owed.size > 0) run.poke(workspaceId);
}
