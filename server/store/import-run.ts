import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { ImportFormat, RowError } from '#contract/import.ts';
import type { DateOrder, ImportMapping } from '#contract/mapping.ts';
import type { Scope } from '../db/scope.ts';
import { type ImportCounts, noCounts } from '../sources/draft.ts';

/** Another process works on this import by now: this one stops, and undoes nothing. */
export class ImportTaken extends Error {
  override name = 'ImportTaken';
  constructor() {
    super('Another process works on this import by now.');
  }
}

/** A process that works on an import says so at least this often, and is held for dead when it has not for `leaseSeconds`. */
export const beatEveryMs = 2000;
export const leaseSeconds = 15;

const isAlive = sql<boolean>`coalesce(beat_at, started_at) > clock_timestamp() - make_interval(secs => ${leaseSeconds})`;

/** A file of more rows is a large one. */
const largeRows = 10_000;

/** Whether a large file goes in right now, or is taken back: what can be made of all its rows at once is not to be made of each batch. */
export async function isMuchGoingIn(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import where workspace_id = ${workspaceId} and state in ('running', 'undoing') and ${isAlive}
      and greatest(rows, rows_read) > ${largeRows} limit 1`.execute(scope);
  return rows.length > 0;
}

/** Makes `runner` the one process that works on the import, unless another lives. False: another does, or there is nothing to do. */
export async function claimImport(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  runner: string,
): Promise<boolean> {
  const { rows } = await sql`
    update import set runner = ${runner}::uuid, beat_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${id} and state in ('running', 'undoing') and (runner is null or not (${isAlive}))
    returning 1`.execute(scope);
  return rows.length > 0;
}

/** Says that the runner lives. Throws `ImportTaken`. */
export async function beat(scope: Scope, workspaceId: WorkspaceId, id: ImportId, runner: string): Promise<void> {
  const { rows } = await sql`
    update import set beat_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${id} and runner = ${runner}::uuid returning 1`.execute(scope);
  if (rows.length === 0) throw new ImportTaken();
}

/** Imports, and undoings of them, whose process is gone, the oldest first. */
export async function listOrphans(scope: Scope, workspaceId: WorkspaceId): Promise<ImportId[]> {
  const { rows } = await sql<{ id: ImportId }>`
    select id from import where workspace_id = ${workspaceId} and state in ('running', 'undoing') and not (${isAlive})
    order by applying_at nulls last, started_at, id`.execute(scope);
  return rows.map((row) => row.id);
}

/**
 * Takes the workspace's turn: one import at a time writes, so that two do not make the same account and each can be undone alone.
 * False: another one has it. It is given back by the import's end.
 */
export async function takeTurn(scope: Scope, workspaceId: WorkspaceId, id: ImportId, runner: string): Promise<boolean> {
  await lockImports(scope, workspaceId);
  const { rows } = await sql`
    update import i set applying_at = coalesce(applying_at, clock_timestamp()), beat_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${id} and runner = ${runner}::uuid and not exists (
      select 1 from import o where o.workspace_id = i.workspace_id and o.id <> i.id and o.applying_at is not null
        and o.state in ('running', 'undoing'))
    returning 1`.execute(scope);
  if (rows.length === 0) await beat(scope, workspaceId, id, runner);
  return rows.length > 0;
}

/** Keeps other imports of the workspace waiting until this transaction ends: no batch is half in meanwhile. */
export async function lockImports(scope: Scope, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import:${workspaceId}`}, 0))`.execute(scope);
}

/**
 * Begins a batch's transaction: one at a time in a workspace. Its commit does not wait for the disk: a batch that a power cut takes away is done again from the
 * checkpoint before it, which went with it, and the import's end waits for all.
 */
export async function beginBatch(scope: Scope, workspaceId: WorkspaceId): Promise<void> {
  await Promise.all([sql`set local synchronous_commit = off`.execute(scope), lockImports(scope, workspaceId)]);
}

/** How far an import is. */
export interface ImportProgress {
  state: 'running' | 'done' | 'failed';
  format: ImportFormat | null;
  bytesRead: number;
  rowsRead: number;
  rows: number;
  counts: ImportCounts;
  waitingRows: number;
  errorCount: number;
  errors: RowError[];
  failure: string | null;
  /** Bundles were changed that no feed entry tells of yet. */
  owesRefetch: boolean;
}

/** An import as the process that works on it needs it. */
export interface ImportJob {
  fileName: string;
  state: 'running' | 'undoing';
  dryRun: boolean;
  /** The names of the file's columns; null: the file's beginning was not read yet. */
  header: string[] | null;
  mapping: ImportMapping | null;
  zone: string | null;
  dates: DateOrder | null;
  isStaged: boolean;
  /** Why the file could not be read to its end; null: it was, or is not staged yet. */
  stagedFailure: string | null;
  /** The last block whose rows are in. */
  checkpoint: number;
  progress: ImportProgress;
}

/** What is to be done, and how far it is. Undefined when the import does not run. */
export async function readJob(scope: Scope, workspaceId: WorkspaceId, id: ImportId): Promise<ImportJob | undefined> {
  const row = await scope
    .selectFrom('import')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('state', 'in', ['running', 'undoing'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { owesRefetch = false, ...counts } = row.counts as Partial<ImportCounts> & { owesRefetch?: boolean };
  return {
    fileName: row.fileName,
    state: row.state as ImportJob['state'],
    dryRun: row.dryRun,
    header: row.header as string[] | null,
    mapping: row.mapping as ImportMapping | null,
    zone: row.zone,
    dates: row.dates as DateOrder | null,
    isStaged: row.isStaged,
    stagedFailure: row.stagedFailure,
    checkpoint: row.checkpoint,
    progress: {
      state: 'running',
      format: row.format as ImportFormat | null,
      bytesRead: row.bytesRead,
      rowsRead: row.rowsRead,
      rows: row.rows,
      counts: { ...noCounts(), ...counts },
      waitingRows: row.waitingRows,
      errorCount: row.errorCount,
      errors: row.errors as RowError[],
      failure: null,
      owesRefetch,
    },
  };
}

/** Notes what the file's beginning tells: before any of its rows is set aside. */
export async function saveReading(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  read: {
    header: readonly string[];
    format: ImportFormat;
    mapping: ImportMapping | null;
    mappingName: string | null;
  },
): Promise<void> {
  const { mappingName, ...rest } = read;
  await scope
    .updateTable('import')
    .set({
      ...rest,
      header: JSON.stringify(read.header),
      mapping: read.mapping && JSON.stringify(read.mapping),
      ...(mappingName === null ? {} : { mappingName }),
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Notes that no more of the file will come, and why if that is not its end; and the order of its dates, if the rows showed it. Throws `ImportTaken`. */
export async function endStaging(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  runner: string,
  read: { rows: number; bytes: number; dates: DateOrder | null; failure: string | null },
): Promise<void> {
  const { rows } = await sql`
    update import set is_staged = true, staged_failure = ${read.failure}, dates = coalesce(dates, ${read.dates}), beat_at = clock_timestamp(),
      rows_read = greatest(rows_read, ${read.rows}), bytes_read = greatest(bytes_read, ${read.bytes})
    where workspace_id = ${workspaceId} and id = ${id} and runner = ${runner}::uuid returning 1`.execute(scope);
  if (rows.length === 0) throw new ImportTaken();
}

/** Moves the checkpoint (rows that wait are counted where they are kept), in the transaction of the rows it speaks of; of a dry run only what is told. Throws `ImportTaken`: then nothing of the transaction may stay. */
export async function moveCheckpoint(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  runner: string,
  at: { checkpoint: number; progress: ImportProgress; hasNewErrors: boolean },
): Promise<void> {
  const { progress } = at;
  const counts = JSON.stringify({ ...progress.counts, ...(progress.owesRefetch ? { owesRefetch: true } : {}) });
  const errors = at.hasNewErrors ? JSON.stringify(progress.errors) : null;
  const { rows } = await sql`
    update import set checkpoint = ${at.checkpoint}, rows = ${progress.rows}, counts = ${counts}::jsonb, waiting_rows = case when dry_run then ${progress.waitingRows} else waiting_rows end,
      error_count = ${progress.errorCount}, errors = coalesce(${errors}::jsonb, errors), beat_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${id} and runner = ${runner}::uuid returning 1`.execute(scope);
  if (rows.length === 0) throw new ImportTaken();
}

/** Lets go of an import that is not at its end: whoever looks first takes it up at once. */
export async function releaseImport(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  runner: string,
): Promise<void> {
  await sql`
    update import set runner = null, beat_at = '-infinity'
    where workspace_id = ${workspaceId} and id = ${id} and runner = ${runner}::uuid`.execute(scope);
}

/** Ends an import. Throws `ImportTaken`. */
export async function endImport(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  runner: string,
  end: { state: 'done' | 'failed'; failure: string | null; errors: readonly RowError[]; finishedAt: Date },
): Promise<void> {
  const { rows } = await sql`
    update import set state = ${end.state}, failure = ${end.failure}, errors = ${JSON.stringify(end.errors)}::jsonb, finished_at = ${end.finishedAt},
      counts = counts - 'owesRefetch', runner = null, applying_at = null, beat_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${id} and runner = ${runner}::uuid returning 1`.execute(scope);
  if (rows.length === 0) throw new ImportTaken();
}
