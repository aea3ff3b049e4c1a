import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { packTexts } from './binary-array.ts';

/** Tables whose rows an import adds and changes, by the kind under which that is noted. */
const tables = { account: 'account', contact: 'contact', campaign: 'campaign' } as const;
export type ChangedKind = keyof typeof tables;

/** Notes rows as they are before an import changes them. The first note of an import holds: that is how they were before it. */
export async function noteBefore(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  kind: ChangedKind,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into import_change (workspace_id, import_id, kind, row_id, before)
    select ${workspaceId}, ${importId}::uuid, ${kind}, r.id::text, to_jsonb(r) from ${sql.table(tables[kind])} r
    where r.workspace_id = ${workspaceId} and r.id = any(${[...ids]}::uuid[])
    on conflict do nothing`.execute(scope);
}

/** Notes rows that an import adds. Those with new ids are noted for the first time. */
export async function noteAdded(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  kind: ChangedKind | 'identifier',
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into import_change (workspace_id, import_id, kind, row_id)
    select ${workspaceId}, ${importId}::uuid, ${kind}, unnest(${packTexts(ids)}::text[])
    ${kind === 'identifier' ? sql`on conflict do nothing` : sql``}`.execute(scope);
}

/** Notes touches that an import adds, by the first and the last of their ids, which follow time: a million touches need no million notes. `added` in their order. */
export async function noteTouches(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  added: readonly { first: string; last: string }[],
): Promise<void> {
  const first = added[0]?.first;
  const last = added.at(-1)?.last;
  if (first === undefined) return;
  await sql`
    insert into import_change (workspace_id, import_id, kind, row_id, before)
    values (${workspaceId}, ${importId}::uuid, 'touches', ${first}, ${JSON.stringify({ last })}::jsonb)
    on conflict do nothing`.execute(scope);
}

/**
 * For a statement that writes rows and answers them as `written (id, is_new)`: notes the new ones as added, and the others as they were when it began.
 * As parts of a WITH: `… written as (…), noted as (…)`.
 */
export function noteWritten(
  workspaceId: WorkspaceId,
  importId: ImportId,
  kind: 'planned' | 'opportunity' | 'insight',
  table: 'planned_touch' | 'opportunity' | 'insight',
) {
  return sql`noted as (
    insert into import_change (workspace_id, import_id, kind, row_id, before)
    select ${workspaceId}::uuid, ${importId}::uuid, ${kind}::text, w.id::text, case when w.is_new then null else (
      select to_jsonb(b) from ${sql.table(table)} b where b.workspace_id = ${workspaceId}::uuid and b.id = w.id) end
    from written w on conflict do nothing)`;
}
