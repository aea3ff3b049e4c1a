import { sql } from 'kysely';
import type { ImportId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { ImportFormat, ImportStatus, RowError } from '#contract/import.ts';
import type { DateOrder, ImportMapping } from '#contract/mapping.ts';
import type { Scope } from '../db/scope.ts';
import { type ImportCounts, noCounts } from '../sources/draft.ts';
import { explainWaiting } from '../sources/explain-waiting.ts';
import { canUndo } from './import-undo.ts';
import { listAwaitedKinds } from './waiting-row.ts';

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
    .leftJoin('member as u', (join) =>
      join.onRef('u.workspaceId', '=', 'i.workspaceId').onRef('u.id', '=', 'i.undoneBy'),
    )
    .select(['m.name as by', 'u.name as undoneByName'])
    .select(canUndo.as('canUndo'))
    .where('i.workspaceId', '=', workspaceId)
    .where(condition)
    .orderBy('i.startedAt', 'desc')
    .orderBy('i.id')
    .limit(100)
    .execute();
  const waiting = rows.filter((row) => row.waitingRows > 0).map((row) => row.id);
  const awaited = await listAwaitedKinds(scope, workspaceId, waiting);
  return rows.map((row) => ({ ...toStatus(row), waitingFor: explainWaiting(awaited.get(row.id) ?? []) }));
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
  undoneByName: string | null;
  undoNote: string | null;
  canUndo: boolean;
}

/** What became of an import whose file never came; null for all others. */
function explainSilence(row: ImportRow): string | null {
  const isLate = row.state === 'waiting' && row.ticketExpiresAt !== null && row.ticketExpiresAt.getTime() < Date.now();
  return isLate ? 'The file never came.' : null;
}

function toStatus(row: ImportRow): ImportStatus {
  const counts = { ...noCounts(), ...(row.counts as Partial<ImportCounts>) };
  const silence = explainSilence(row);
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
    insights: counts.insights,
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
    canUndo: row.canUndo,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoneBy: row.undoneByName,
    undoNote: row.undoNote,
  };
}
