import { sql } from 'kysely';
import type { ImportId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { ImportFormat, ImportStatus, RowError } from '#contract/import.ts';
import type { DateOrder, ImportMapping } from '#contract/mapping.ts';
import type { Scope } from '../db/scope.ts';
import { type ImportCounts, noCounts } from '../sources/draft.ts';

/** How many row errors are kept to be shown; all are counted. */
export const mostListedErrors = 200;

/** Opens an import. With a ticket it waits for its file; without one it runs at once. */
export async function openImport(
  scope: Scope,
  workspaceId: WorkspaceId,
  job: {
    id: ImportId;
    fileName: string;
    bytes: number | null;
    dryRun: boolean;
    byMember: MemberId | null;
    ticket: { hash: Buffer; expiresAt: Date } | null;
    zone?: string | null;
    dates?: DateOrder | null;
    /** How the table is read; null: as its columns tell. `mappingName`: the name it is kept under, if it is. */
    mapping?: ImportMapping | null;
    mappingName?: string | null;
  },
): Promise<void> {
  await scope
    .insertInto('import')
    .values({
      workspaceId,
      id: job.id,
      fileName: job.fileName,
      bytes: job.bytes,
      dryRun: job.dryRun,
      byMember: job.byMember,
      state: job.ticket === null ? 'running' : 'waiting',
      ticketHash: job.ticket?.hash ?? null,
      ticketExpiresAt: job.ticket?.expiresAt ?? null,
      zone: job.zone ?? null,
      dates: job.dates ?? null,
      mapping: job.mapping ? JSON.stringify(job.mapping) : null,
      mappingName: job.mappingName ?? null,
    })
    .execute();
}

/** Takes the ticket, which is good once: the import runs from now on. Null when it is unknown, used or expired. */
export async function takeTicket(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  ticketHash: Buffer,
  now: Date,
): Promise<{ fileName: string; dryRun: boolean; bytes: number | null } | null> {
  const taken = await scope
    .updateTable('import')
    .set({ state: 'running', ticketHash: null, startedAt: now })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('ticketHash', '=', ticketHash)
    .where('ticketExpiresAt', '>', now)
    .returning(['fileName', 'dryRun', 'bytes'])
    .executeTakeFirst();
  return taken ?? null;
}

/** How far an import is. */
export interface ImportProgress {
  state: 'running' | 'done' | 'failed';
  format: ImportFormat | null;
  bytesRead: number;
  rows: number;
  counts: ImportCounts;
  errorCount: number;
  errors: RowError[];
  failure: string | null;
  /** Bundles were changed that no feed entry tells of yet. */
  owesRefetch: boolean;
}

/** Notes how far the import is. `finishedAt` only for one that ended. */
export async function saveProgress(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ImportId,
  progress: ImportProgress,
  finishedAt: Date | null,
): Promise<void> {
  const { counts, owesRefetch, errors, ...rest } = progress;
  await scope
    .updateTable('import')
    .set({
      ...rest,
      counts: JSON.stringify({ ...counts, owesRefetch, beatAt: Date.now() }),
      errors: JSON.stringify(errors),
      finishedAt,
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Whether an import that was cut off left changed bundles that no feed entry tells of. */
export async function isRefetchOwed(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import where workspace_id = ${workspaceId} and counts @> '{"owesRefetch": true}' limit 1`.execute(
    scope,
  );
  return rows.length > 0;
}

/** Notes, in the batch's own transaction, that a "fetch again" is owed, so that a kill before the end is made good by the next import. */
export async function oweRefetch(scope: Scope, workspaceId: WorkspaceId, id: ImportId): Promise<void> {
  await sql`
    update import set counts = counts || '{"owesRefetch": true}' where workspace_id = ${workspaceId} and id = ${id}`.execute(
    scope,
  );
}

/** Strikes the debt, in the transaction that announces the "fetch again". */
export async function clearRefetch(scope: Scope, workspaceId: WorkspaceId): Promise<void> {
  await sql`
    update import set counts = counts - 'owesRefetch' where workspace_id = ${workspaceId} and counts @> '{"owesRefetch": true}'`.execute(
    scope,
  );
}

/** One import as people see it, or null. */
export async function readImport(scope: Scope, workspaceId: WorkspaceId, id: ImportId): Promise<ImportStatus | null> {
  const [status] = await listWhere(scope, workspaceId, sql<boolean>`i.id = ${id}`);
  return status ?? null;
}

/** The newest 100 imports, newest first. */
export function listImports(scope: Scope, workspaceId: WorkspaceId): Promise<ImportStatus[]> {
  return listWhere(scope, workspaceId, sql<boolean>`true`);
}

async function listWhere(
  scope: Scope,
  workspaceId: WorkspaceId,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<ImportStatus[]> {
  const rows = await scope
    .selectFrom('import as i')
    .leftJoin('member as m', (join) =>
      join.onRef('m.workspaceId', '=', 'i.workspaceId').onRef('m.id', '=', 'i.byMember'),
    )
    .selectAll('i')
    .select('m.name as by')
    .where('i.workspaceId', '=', workspaceId)
    .where(condition)
    .orderBy('i.startedAt', 'desc')
    .orderBy('i.id')
    .limit(100)
    .execute();
  return rows.map(toStatus);
}

interface ImportRow {
  id: string;
  fileName: string;
  state: ImportStatus['state'];
  dryRun: boolean;
  format: string | null;
  bytes: number | null;
  bytesRead: number;
  rows: number;
  counts: unknown;
  errorCount: number;
  errors: unknown;
  failure: string | null;
  ticketExpiresAt: Date | null;
  startedAt: Date;
  finishedAt: Date | null;
  by: string | null;
  mappingName: string | null;
  zone: string | null;
  rowsRead: number;
  waitingRows: number;
  undoneAt: Date | null;
}

/** A running import notes its progress at least this often, unless its process is gone. */
const mostSilentMs = 120_000;

/** An import that says it runs or waits, and cannot any more: what became of it. Null for all others. */
function explainSilence(row: ImportRow, lastBeatAt: number): string | null {
  const now = Date.now();
  if (row.state === 'waiting' && row.ticketExpiresAt !== null && row.ticketExpiresAt.getTime() < now)
    return 'The file never came.';
  if (row.state !== 'running' || now - lastBeatAt < mostSilentMs) return null;
  return 'The store stopped while this import ran. What was read is in; import the same file again to complete it: nothing goes in twice.';
}

function toStatus(row: ImportRow): ImportStatus {
  const { beatAt, ...saved } = row.counts as Partial<ImportCounts> & { beatAt?: number };
  const counts = { ...noCounts(), ...saved };
  const silence = explainSilence(row, beatAt ?? row.startedAt.getTime());
  const seconds = ((row.finishedAt ?? new Date()).getTime() - row.startedAt.getTime()) / 1000;
  return {
    id: row.id as ImportId,
    fileName: row.fileName,
    state: silence === null ? row.state : 'failed',
    dryRun: row.dryRun,
    format: row.format as ImportFormat | null,
    bytes: row.bytes,
    bytesRead: row.bytesRead,
    rows: row.rows,
    rowsPerSecond: row.rows > 0 && seconds > 0 ? Math.round(row.rows / seconds) : null,
    accounts: counts.accounts,
    contacts: counts.contacts,
    touches: counts.touches,
    planned: counts.planned,
    opportunities: counts.opportunities,
    waitingRows: row.waitingRows,
    errorCount: row.errorCount,
    errors: row.errors as RowError[],
    failure: row.failure ?? silence,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    by: row.by,
    mapping: row.mappingName,
    zone: row.zone,
    rowsRead: row.rowsRead,
    canUndo: false,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoneBy: null,
  };
}
