import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportId } from '#contract/ids.ts';
import type { RowError } from '#contract/import.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { announceRefetch, type ImportBatch, importBatch, type Taken } from '../store/import-batch.ts';
import { dropBlocks, readBlocks } from '../store/import-block.ts';
import {
  claimImport,
  endImport,
  type ImportJob,
  type ImportProgress,
  ImportTaken,
  listOrphans,
  moveCheckpoint,
  readJob,
  takeTurn,
} from '../store/import-run.ts';
import { ImportRace } from '../store/import-write.ts';
import { decodeBlock } from './block.ts';
import { findFormat } from './choose-format.ts';
import { Columns } from './columns.ts';
import { addCounts } from './draft.ts';
import { FileRefusal } from './fault.ts';
import type { Format } from './formats/format.ts';
import type { ImportRun } from './import-ground.ts';
import { isPassing, withPatience } from './patience.ts';
import { readRecords } from './read-records.ts';
import { createReading } from './reading.ts';
import type { RowRecord } from './record.ts';
import { releaseWaiting } from './release-waiting.ts';

/** Small enough that nobody waits long for what a batch holds, large enough to be set-based. */
const rowsPerBatch = 5000;
/** Above so many changed bundles one "fetch again" is cheaper for everybody than their list. */
const mostAnnounced = 10_000;
/** How many row errors are kept to be shown; all are counted. */
const mostListedErrors = 200;
const mostAttempts = 5;
const lookForTurnMs = 250;

/** Thrown to roll a batch of a dry run back. */
class DryRunEnd extends Error {}

/** An import on its way: what is done so far, as the store has it. */
interface Applying {
  run: ImportRun;
  format: Format;
  isDry: boolean;
  checkpoint: number;
  progress: ImportProgress;
  announced: Set<string>;
}

/**
 * Takes the rows in that were set aside, from the checkpoint on, and ends the import. Each batch is one transaction, in which the checkpoint moves:
 * whoever takes it up after a kill goes on there. While PostgreSQL is away it waits. Throws `ImportTaken` when the import is another process's by now.
 */
export async function applyImport(run: ImportRun): Promise<void> {
  const { workspaceId, importId } = run;
  await waitForTurn(run);
  // All that is known is read anew after trouble: whether a commit was done cannot be told from an answer that never came.
  await withPatience(run.log, async () => {
    const job = await inWorkspace(run.db, workspaceId, (scope) => readJob(scope, workspaceId, importId));
    if (!job) throw new ImportTaken();
    const applying = await begin(run, job);
    let failure = job.isStaged ? job.stagedFailure : cutOff(job.progress.rowsRead);
    try {
      if (applying !== null) await takeIn(applying, job);
    } catch (error) {
      if (error instanceof ImportTaken || isPassing(error)) throw error;
      failure = explain(applying?.progress ?? job.progress, job.dryRun, error);
      if (!(error instanceof FileRefusal)) run.log.error({ err: error, importId }, 'an import broke off');
    }
    await end(run, applying?.progress ?? job.progress, failure);
  });
}

/** One import a workspace at a time. One that nobody works on any more and that has the turn is completed first. */
async function waitForTurn(run: ImportRun): Promise<void> {
  const { db, workspaceId, importId, runner } = run;
  const ask = () => inWorkspace(db, workspaceId, (scope) => takeTurn(scope, workspaceId, importId, runner));
  while (!(await withPatience(run.log, ask))) {
    const [orphan] = await inWorkspace(db, workspaceId, (scope) => listOrphans(scope, workspaceId));
    if (orphan !== undefined && orphan !== importId) await takeUp(run, orphan);
    await sleep(lookForTurnMs);
  }
}

/** Goes on with an import whose process is gone. False: somebody else does. */
export async function takeUp(ground: Omit<ImportRun, 'importId' | 'runner'>, importId: ImportId): Promise<boolean> {
  const { db, workspaceId } = ground;
  const run: ImportRun = { ...ground, importId, runner: randomUUID() };
  delete run.onProgress;
  delete run.onStaged;
  const isOurs = await inWorkspace(db, workspaceId, (scope) => claimImport(scope, workspaceId, importId, run.runner));
  if (!isOurs) return false;
  run.log.warn({ importId }, 'an import whose process is gone is taken up');
  await applyImport(run);
  return true;
}

/** Null: nothing was set aside, there is nothing to take in. */
async function begin(run: ImportRun, job: ImportJob): Promise<Applying | null> {
  const { progress, header } = job;
  if (header === null || progress.format === null) return null;
  // A dry run left nothing behind, so it begins anew.
  const fresh = job.dryRun ? { checkpoint: 0, progress: forget(progress) } : { checkpoint: job.checkpoint, progress };
  const format = findFormat(progress.format, job.mapping);
  return { run, format, isDry: job.dryRun, ...fresh, announced: new Set() };
}

function forget(progress: ImportProgress): ImportProgress {
  const counts = structuredClone(progress.counts);
  for (const count of Object.values(counts)) Object.assign(count, { added: 0, changed: 0, unchanged: 0 });
  return { ...progress, rows: 0, counts, waitingRows: 0, errorCount: 0, errors: [] };
}

/** A piece of the file, read. */
interface Piece {
  last: number;
  rows: number;
  records: RowRecord[];
  errors: RowError[];
}

async function takeIn(applying: Applying, job: ImportJob): Promise<void> {
  const { run, format } = applying;
  const columns = new Columns(job.header ?? [], createReading(job.zone, job.dates));
  const table = { read: format.open(columns), width: columns.names.length, now: run.now() };
  const read = async (after: number): Promise<Piece | null> => {
    const blocks = await inWorkspace(run.db, run.workspaceId, (scope) =>
      readBlocks(scope, run.workspaceId, run.importId, after, rowsPerBatch),
    );
    const last = blocks.at(-1);
    if (!last) return null;
    const rows = blocks.flatMap((block) => decodeBlock(block.body));
    const piece = { last: last.number, rows: rows.length, ...readRecords(rows, table) };
    return piece;
  };
  // While one batch is in the database, the next is read: the two wait for different things.
  let reading = read(applying.checkpoint);
  for (let piece = await reading; piece !== null; piece = await reading) {
    reading = read(piece.last);
    // It is awaited a step later; until then nobody may call it unhandled.
    reading.catch(() => undefined);
    await takePiece(applying, piece);
  }
  // Of a dry run nothing is there that rows could have waited for.
  if (!applying.isDry) await release(applying);
}

async function takePiece(applying: Applying, piece: Piece): Promise<void> {
  const batch = { importId: applying.run.importId, format: applying.format, rows: piece.records };
  await commit(applying, piece, (scope, onTaken) =>
    importBatch(scope, applying.run.workspaceId, { ...batch, onTaken }),
  );
}

async function release(applying: Applying): Promise<void> {
  const { run } = applying;
  await releaseWaiting({
    workspaceId: run.workspaceId,
    importId: run.importId,
    read: (work) => inWorkspace(run.db, run.workspaceId, work),
    takeIn: async (work) => {
      await commit(applying, { last: applying.checkpoint, rows: 0, errors: [] }, work);
    },
  });
}

/** One batch in one transaction, with the checkpoint; again when it met a race. What is known in here changes only once it is in. */
async function commit(
  applying: Applying,
  piece: Pick<Piece, 'last' | 'rows' | 'errors'>,
  work: (scope: Scope, onTaken: ImportBatch['onTaken']) => Promise<Taken | null>,
): Promise<void> {
  const { run, isDry } = applying;
  const { db, workspaceId, importId, runner } = run;
  let after = applying.progress;
  let announced = applying.announced;
  const note = async (scope: Scope, taken: Taken) => {
    announced = isDry ? applying.announced : merge(applying.announced, taken.bundles);
    const isOver = announced.size > mostAnnounced;
    const errors = [...piece.errors, ...taken.errors];
    after = noteTaken(applying.progress, taken, piece.rows, errors, isOver && taken.bundles.size > 0);
    const at = { checkpoint: isDry ? 0 : piece.last, progress: after, hasNewErrors: errors.length > 0 };
    await moveCheckpoint(scope, workspaceId, importId, runner, at);
    return !isOver;
  };
  const taken = await withRetries(async () => {
    if (!isDry) return inWorkspace(db, workspaceId, (scope) => work(scope, (each) => note(scope, each)));
    const rehearsed = await rehearse(run, (scope) => work(scope, async () => false));
    if (rehearsed) await inWorkspace(db, workspaceId, (scope) => note(scope, rehearsed));
    return rehearsed;
  });
  if (taken === null) return;
  applying.checkpoint = piece.last;
  applying.progress = after;
  applying.announced = announced;
  run.onProgress?.(after);
  if (taken.bundles.size > 0 && !isDry) run.poke(workspaceId);
}

/** Both together; the first alone once it is over the limit anyway. */
function merge(announced: Set<string>, more: ReadonlySet<string>): Set<string> {
  return announced.size > mostAnnounced ? announced : new Set([...announced, ...more]);
}

/** Does a batch and takes it back: what it would have come to. */
async function rehearse(run: ImportRun, work: (scope: Scope) => Promise<Taken | null>): Promise<Taken | null> {
  let taken: Taken | null = null;
  try {
    await inWorkspace(run.db, run.workspaceId, async (scope) => {
      taken = await work(scope);
      throw new DryRunEnd();
    });
  } catch (error) {
    if (!(error instanceof DryRunEnd)) throw error;
  }
  return taken;
}

function noteTaken(
  before: ImportProgress,
  taken: Taken,
  rows: number,
  errors: readonly RowError[],
  owes: boolean,
): ImportProgress {
  const counts = structuredClone(before.counts);
  addCounts(counts, taken.counts);
  const room = mostListedErrors - before.errors.length;
  return {
    ...before,
    rows: before.rows + rows,
    counts,
    waitingRows: before.waitingRows + taken.waiting.length,
    errorCount: before.errorCount + errors.length,
    errors: room > 0 && errors.length > 0 ? [...before.errors, ...errors.slice(0, room)] : before.errors,
    owesRefetch: before.owesRefetch || owes,
  };
}

/** Deadlocks, serialization failures and races for an identifier pass when the batch is done again. */
async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const passes =
        error instanceof ImportRace || ['40P01', '40001'].includes((error as { code?: string }).code ?? '');
      if (!passes || attempt >= mostAttempts) throw error;
    }
  }
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

/** Ends the import, and tells devices to fetch everything again where more changed than was told. */
async function end(run: ImportRun, progress: ImportProgress, failure: string | null): Promise<void> {
  const { db, workspaceId, importId, runner } = run;
  const errors = [...progress.errors].sort((a, b) => a.line - b.line);
  const state = failure === null ? 'done' : 'failed';
  await inWorkspace(db, workspaceId, async (scope) => {
    await endImport(scope, workspaceId, importId, runner, { state, failure, errors, finishedAt: run.now() });
    await dropBlocks(scope, workspaceId, importId);
    if (progress.owesRefetch) await announceRefetch(scope, workspaceId);
  });
  if (progress.owesRefetch) run.poke(workspaceId);
}
