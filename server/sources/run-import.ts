import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { announceRefetch, importBatch } from '../store/import-batch.ts';
import {
  clearRefetch,
  type ImportProgress,
  isRefetchOwed,
  mostListedErrors,
  oweRefetch,
  readImport,
  saveProgress,
} from '../store/import-job.ts';
import { ImportRace } from '../store/import-write.ts';
import { chooseFormat, type FileWishes } from './choose-format.ts';
import { decodeText } from './decode-text.ts';
import { addCounts, type Draft, noCounts } from './draft.ts';
import { FileRefusal } from './fault.ts';
import type { Format } from './formats/format.ts';
import { readRecords } from './read-records.ts';
import { openTable } from './read-rows.ts';
import type { RowRecord } from './record.ts';
import { type Released, releaseWaiting } from './release-waiting.ts';

/** Small enough that a push waits some tens of milliseconds at most for the feed's counter, large enough to be set-based. */
const rowsPerBatch = 1000;
/** Above so many changed bundles one "fetch again" is cheaper for everybody than their list. */
const mostAnnounced = 10_000;
const saveEveryMs = 500;
const mostAttempts = 5;

export interface ImportRun {
  db: Kysely<Schema>;
  log: Logger;
  now: () => Date;
  /** Told after each commit that changed something. */
  poke: () => void;
  workspaceId: WorkspaceId;
  importId: ImportId;
  dryRun: boolean;
  /** What was said of the file: its zone, the order of its dates, a mapping. */
  wishes?: Partial<FileWishes>;
  onProgress?: (progress: ImportProgress) => void;
}

/** Thrown to roll a dry run back. */
class DryRunEnd extends Error {}

/**
 * Imports a file whose import is open and running (`openImport`), and answers how it ended. Streams: holds one batch of rows.
 * Each batch is one transaction, and all of it can be repeated: a file that was cut off is completed by importing it again.
 * What the file is at fault for ends as `failed` with a sentence; trouble of the store itself ends as `failed` too, and is in the log.
 */
export async function runImport(run: ImportRun, bytes: AsyncIterable<Uint8Array>): Promise<ImportStatus> {
  const progress: ImportProgress = {
    state: 'running',
    format: null,
    bytesRead: 0,
    rows: 0,
    counts: noCounts(),
    errorCount: 0,
    errors: [],
    failure: null,
    owesRefetch: false,
  };
  try {
    const text = decodeText(bytes, (read) => {
      progress.bytesRead = read;
    });
    const wishes = { zone: null, dates: null, mapping: null, saved: [], ...run.wishes };
    const { format, table } = await chooseFormat(await openTable(text), wishes);
    progress.format = format.id;
    const batches = readRecords(table, format, { size: rowsPerBatch, now: run.now() }, (error) =>
      noteErrors(progress, [error]),
    );
    if (run.dryRun) await rehearse(run, progress, format, batches);
    else await takeIn(run, progress, format, batches);
    progress.state = 'done';
  } catch (error) {
    progress.state = 'failed';
    progress.failure = explain(run, progress, error);
  }
  return finish(run, progress);
}

function explain(run: ImportRun, progress: ImportProgress, error: unknown): string {
  if (error instanceof FileRefusal) return error.message;
  run.log.error({ err: error, importId: run.importId }, 'an import broke off');
  const kept = run.dryRun
    ? 'Nothing was kept, as it was a dry run.'
    : 'What was read before is in; import the same file again to complete it: nothing goes in twice.';
  return `The import broke off after ${progress.rows.toLocaleString('en-US')} rows: ${(error as Error).message}. ${kept}`.slice(
    0,
    500,
  );
}

type Batch = { records: RowRecord[]; rows: number };
type Batches = AsyncIterable<Batch>;

async function takeIn(run: ImportRun, progress: ImportProgress, format: Format, batches: Batches): Promise<void> {
  const announced = new Set<string>();
  progress.owesRefetch = await inWorkspace(run.db, run.workspaceId, (scope) => isRefetchOwed(scope, run.workspaceId));
  const rest = createPauses(run, progress);
  const take = async ({ records, rows }: Batch) => {
    const isOver = announced.size > mostAnnounced;
    const taken = await withRetries(() =>
      inWorkspace(run.db, run.workspaceId, async (scope) => {
        if (isOver) await oweRefetch(scope, run.workspaceId, run.importId);
        const announce = isOver ? 'none' : 'entries';
        return importBatch(scope, run.workspaceId, { importId: run.importId, format, rows: records, announce });
      }),
    );
    if (isOver) progress.owesRefetch = true;
    else for (const id of taken.bundles) announced.add(id);
    noteBatch(run, progress, taken, rows);
    if (taken.bundles.size > 0 && !isOver) run.poke();
    await rest();
  };
  await overlap(batches, take);
  await releaseWaiting({
    workspaceId: run.workspaceId,
    importId: run.importId,
    announce: 'entries',
    inTransaction: (work) => withRetries(() => inWorkspace(run.db, run.workspaceId, work)),
    onBatch: async (released: Released) => {
      noteBatch(run, progress, released, 0);
      run.poke();
      await rest();
    },
  });
}

/** While one batch is in the database, the next is read: the two wait for different things. One at a time is taken, in order. */
async function overlap(batches: Batches, take: (batch: Batch) => Promise<void>): Promise<void> {
  let taking: Promise<void> = Promise.resolve();
  try {
    for await (const batch of batches) {
      await taking;
      taking = take(batch);
      // It is awaited a step later; until then nobody may call it unhandled.
      taking.catch(() => undefined);
    }
  } finally {
    await taking;
  }
}

/** A dry run does everything in one transaction, so that later rows see what earlier ones made, and rolls it back. */
async function rehearse(run: ImportRun, progress: ImportProgress, format: Format, batches: Batches): Promise<void> {
  const rest = createPauses(run, progress);
  const work = async (scope: Scope) => {
    for await (const { records, rows } of batches) {
      const batch = { importId: run.importId, format, rows: records, announce: 'none' } as const;
      noteBatch(run, progress, await importBatch(scope, run.workspaceId, batch), rows);
      await rest();
    }
    await releaseWaiting({
      workspaceId: run.workspaceId,
      importId: run.importId,
      announce: 'none',
      inTransaction: (part) => part(scope),
      onBatch: (released) => noteBatch(run, progress, released, 0),
    });
    throw new DryRunEnd();
  };
  try {
    await inWorkspace(run.db, run.workspaceId, work);
  } catch (error) {
    if (!(error instanceof DryRunEnd)) throw error;
  }
}

function noteBatch(
  run: ImportRun,
  progress: ImportProgress,
  taken: Pick<Draft, 'counts' | 'errors'>,
  rows: number,
): void {
  progress.rows += rows;
  addCounts(progress.counts, taken.counts);
  noteErrors(progress, taken.errors);
  run.onProgress?.(progress);
}

function noteErrors(progress: ImportProgress, errors: Draft['errors']): void {
  progress.errorCount += errors.length;
  const room = mostListedErrors - progress.errors.length;
  if (room > 0) progress.errors.push(...errors.slice(0, room));
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

/** What happens between two batches: pushes get their turn, and twice a second the progress is saved (outside of a dry run's transaction). */
function createPauses(run: ImportRun, progress: ImportProgress): () => Promise<void> {
  let savedAt = Date.now();
  return async () => {
    if (Date.now() - savedAt >= saveEveryMs) {
      await inWorkspace(run.db, run.workspaceId, (scope) =>
        saveProgress(scope, run.workspaceId, run.importId, progress, null),
      );
      savedAt = Date.now();
    }
    await letOthersRun();
  };
}

async function finish(run: ImportRun, progress: ImportProgress): Promise<ImportStatus> {
  const { db, workspaceId, importId } = run;
  progress.errors.sort((a, b) => a.line - b.line);
  const owed = progress.owesRefetch;
  await inWorkspace(db, workspaceId, async (scope) => {
    await saveProgress(scope, workspaceId, importId, { ...progress, owesRefetch: false }, run.now());
    if (!owed) return;
    await clearRefetch(scope, workspaceId);
    await announceRefetch(scope, workspaceId);
  });
  if (owed) run.poke();
  const status = await inWorkspace(db, workspaceId, (scope) => readImport(scope, workspaceId, importId));
  if (status === null) throw new Error('The import is gone from the store while it ran.');
  return status;
}
