import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import { type ImportMapping, importMappingSchema, type MappingId, type SavedMapping } from '#contract/mapping.ts';
import type { Scope } from '../db/scope.ts';

/** How many mappings a workspace keeps: each of them is held against every unknown table. */
export const mostMappings = 200;

/** The kept mappings, by name. One whose form this store no longer reads is left out. */
export async function listMappings(scope: Scope, workspaceId: WorkspaceId): Promise<SavedMapping[]> {
  const { rows } = await sql<Row>`
    select k.id, k.name, k.mapping, m.name as by, k.saved_at as "savedAt"
    from import_mapping k left join member m on m.workspace_id = k.workspace_id and m.id = k.saved_by
    where k.workspace_id = ${workspaceId} order by lower(k.name), k.id`.execute(scope);
  return rows.flatMap((row) => {
    const mapping = importMappingSchema.safeParse(row.mapping);
    return mapping.success ? [{ ...row, mapping: mapping.data, savedAt: row.savedAt.toISOString() }] : [];
  });
}

interface Row {
  id: MappingId;
  name: string;
  mapping: unknown;
  by: string | null;
  savedAt: Date;
}

/** Keeps a mapping under its name, in place of an older one of that name in any case of letters. Null: there are `mostMappings` already. */
export async function saveMapping(
  scope: Scope,
  workspaceId: WorkspaceId,
  kept: { name: string; mapping: ImportMapping; savedBy: MemberId; now: Date },
): Promise<SavedMapping | null> {
  const { rows } = await sql<{ id: MappingId }>`
    insert into import_mapping (workspace_id, id, name, mapping, saved_by, saved_at)
    select ${workspaceId}, ${randomUUID()}::uuid, ${kept.name}, ${JSON.stringify(kept.mapping)}::jsonb, ${kept.savedBy}::uuid, ${kept.now}::timestamptz
    where (select count(*) from import_mapping where workspace_id = ${workspaceId} and lower(name) <> lower(${kept.name})) < ${mostMappings}
    on conflict (workspace_id, lower(name)) do update
      set name = excluded.name, mapping = excluded.mapping, saved_by = excluded.saved_by, saved_at = excluded.saved_at
    returning id`.execute(scope);
  const id = rows[0]?.id;
  return id === undefined ? null : ((await readMapping(scope, workspaceId, id)) ?? null);
}

/** One kept mapping, or undefined. */
export async function readMapping(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: MappingId,
): Promise<SavedMapping | undefined> {
  return (await listMappings(scope, workspaceId)).find((each) => each.id === id);
}

/** Whether another kept mapping than this one has the name, in any case of letters. */
export async function isNameTaken(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: MappingId,
  name: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import_mapping where workspace_id = ${workspaceId} and lower(name) = lower(${name}) and id <> ${id}`.execute(
    scope,
  );
  return rows.length > 0;
}

/** Gives a kept mapping another name. False when there is no such mapping. */
export async function renameMapping(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: MappingId,
  name: string,
): Promise<boolean> {
  const { numUpdatedRows } = await scope
    .updateTable('importMapping')
    .set({ name })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Drops a kept mapping; imports that were read by it stay as they are. False when there is no such mapping. */
export async function dropMapping(scope: Scope, workspaceId: WorkspaceId, id: MappingId): Promise<boolean> {
  const { numDeletedRows } = await scope
    .deleteFrom('importMapping')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The name under which this very mapping is kept, or null. */
export async function findMappingName(
  scope: Scope,
  workspaceId: WorkspaceId,
  mapping: ImportMapping,
): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from import_mapping
    where workspace_id = ${workspaceId} and mapping = ${JSON.stringify(mapping)}::jsonb order by lower(name) limit 1`.execute(
    scope,
  );
  return rows[0]?.name ?? null;
}
