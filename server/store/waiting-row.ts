import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { ImportFormat } from '#contract/import.ts';
import type { Scope } from '../db/scope.ts';
import type { RowRecord } from '../sources/record.ts';

/** A row that nobody understands yet. `awaits`: the mark of the identifier or activity type that it waits for. */
export interface WaitingRow {
  source: string;
  externalId: string;
  awaits: string;
  line: number;
  format: ImportFormat;
  record: RowRecord;
}

const counted = sql.raw(`(select import_id, sum(by)::bigint as by from moved group by import_id)`);

/** Sets rows aside until they are understood, and counts them at `importId`, or at the import that set them aside before. A row that waits already waits on for what is missing now. */
export async function keepWaiting(
  scope: Scope,
  workspaceId: WorkspaceId,
  waiting: readonly WaitingRow[],
  importId: ImportId,
): Promise<void> {
  if (waiting.length === 0) return;
  const rows = [...new Map(waiting.map((each) => [`${each.source}\n${each.externalId}`, each])).values()].map(
    ({ format, record, ...rest }) => ({
      ...rest,
      importId: record.setAsideBy ?? importId,
      record: { format, record: { ...record, setAsideBy: null } },
    }),
  );
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(source text, "externalId" text, awaits text, line bigint, record jsonb, "importId" uuid)),
    before as (
      select w.import_id from waiting_row w join wanted r on w.workspace_id = ${workspaceId} and w.source = r.source and w.external_id = r."externalId"),
    kept as (
      insert into waiting_row (workspace_id, source, external_id, awaits, record, import_id, line)
      select ${workspaceId}, source, "externalId", awaits, record, "importId", line from wanted
      on conflict (workspace_id, source, external_id) do update
        set awaits = excluded.awaits, record = excluded.record, import_id = excluded.import_id, line = excluded.line
      returning import_id),
    moved as (select import_id, 1 as by from kept union all select import_id, -1 from before)
    update import i set waiting_rows = waiting_rows + c.by from ${counted} c
    where i.workspace_id = ${workspaceId} and i.id = c.import_id and c.by <> 0`.execute(scope);
}

/**
 * Of the next marks in order that rows wait for, those that are known by now. `last`: the last that was looked at, to go on after; null when there are no more.
 * So all that waits is passed once, however much it is.
 */
export async function listUnderstood(
  scope: Scope,
  workspaceId: WorkspaceId,
  after: string,
  most: number,
): Promise<{ understood: string[]; last: string | null }> {
  const { rows } = await sql<{ awaits: string; isKnown: boolean }>`
    select w.awaits, (
      exists (select 1 from identifier i where i.workspace_id = ${workspaceId}
        and i.kind = split_part(w.awaits, ':', 1) and i.value = substr(w.awaits, strpos(w.awaits, ':') + 1))
      or exists (select 1 from activity_type t where t.workspace_id = ${workspaceId}
        and t.source = split_part(w.awaits, ':', 2) and t.external_id = split_part(w.awaits, ':', 3) and w.awaits like 'type:%')) as is_known
    from (select distinct awaits from waiting_row where workspace_id = ${workspaceId} and awaits > ${after} order by awaits limit ${most}) w
    order by w.awaits`.execute(scope);
  return {
    understood: rows.filter((row) => row.isKnown).map((row) => row.awaits),
    last: rows.length < most ? null : (rows.at(-1)?.awaits ?? null),
  };
}

/** Takes at most so many rows that wait for these marks out of the waiting, counts them off at their imports, and answers them as they came in. They wait again when `importId` is undone. */
export async function takeWaiting(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  awaits: readonly string[],
  most: number,
): Promise<WaitingRow[]> {
  if (awaits.length === 0) return [];
  const { rows } = await sql<Omit<WaitingRow, 'format' | 'record'> & { record: unknown; importId: ImportId }>`
    with taken as (
      delete from waiting_row where ctid = any(array(
        select ctid from waiting_row where workspace_id = ${workspaceId} and awaits = any(${[...awaits]}::text[])
        order by at, line limit ${most} for update)) and workspace_id = ${workspaceId}
      returning *),
    undoable as (
      insert into import_change (workspace_id, import_id, kind, row_id, before)
      select ${workspaceId}::uuid, ${importId}::uuid, 'waiting', t.source || ':' || t.external_id, to_jsonb(t) from taken t where t.import_id <> ${importId}::uuid
      on conflict do nothing),
    moved as (select import_id, -1 as by from taken),
    noted as (
      update import i set waiting_rows = greatest(0, waiting_rows + c.by) from ${counted} c
      where i.workspace_id = ${workspaceId} and i.id = c.import_id)
    select source, external_id, awaits, line, record, import_id from taken order by at, line`.execute(scope);
  return rows.map(({ record, line, importId, ...rest }) => {
    const { format, record: kept } = record as { format: ImportFormat; record: RowRecord };
    return { ...rest, line: Number(line), format, record: { ...reviveRecord(kept), setAsideBy: importId } };
  });
}

/** A record that was kept as JSON, its times as times again. */
export function reviveRecord(record: RowRecord): RowRecord {
  const { planned } = record;
  return {
    ...record,
    touches: record.touches.map((touch) => ({ ...touch, at: new Date(touch.at) })),
    planned: planned && { ...planned, plannedAt: planned.plannedAt && new Date(planned.plannedAt) },
  };
}

/** Forgets what an import set aside: it is undone. */
export async function dropWaiting(scope: Scope, workspaceId: WorkspaceId, importId: ImportId): Promise<void> {
  await sql`delete from waiting_row where workspace_id = ${workspaceId} and import_id = ${importId}`.execute(scope);
  await sql`update import set waiting_rows = 0 where workspace_id = ${workspaceId} and id = ${importId}`.execute(scope);
}

/** What rows of these imports wait for, told by the first parts of their marks: `crm:marketo:lead`, `type:marketo`. By import. */
export async function listAwaitedKinds(
  scope: Scope,
  workspaceId: WorkspaceId,
  importIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (importIds.length === 0) return new Map();
  const { rows } = await sql<{ importId: string; kinds: string[] }>`
    select import_id, array_agg(distinct regexp_replace(awaits, ':[^:]*$', '') order by regexp_replace(awaits, ':[^:]*$', '')) as kinds from waiting_row
    where workspace_id = ${workspaceId} and import_id = any(${[...importIds]}::uuid[]) group by import_id`.execute(
    scope,
  );
  return new Map(rows.map(({ importId, kinds }) => [importId, kinds]));
}
