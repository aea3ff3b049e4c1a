import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import type { ActivityTypeFacts } from '../sources/record.ts';

/** How a source calls its activity types, for these of its numbers that are known. By the number. */
export async function loadActivityTypes(
  scope: Scope,
  workspaceId: WorkspaceId,
  source: string,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<ActivityTypeFacts>`
    select external_id, name from activity_type
    where workspace_id = ${workspaceId} and source = ${source} and external_id = any(${[...externalIds]}::text[])`.execute(
    scope,
  );
  return new Map(rows.map(({ externalId, name }) => [externalId, name]));
}

/** Notes how a source calls its activity types. Touches that are in already keep the words they came with. Each number at most once. */
export async function saveActivityTypes(
  scope: Scope,
  workspaceId: WorkspaceId,
  types: readonly ActivityTypeFacts[],
  origin: { source: string; importId: ImportId },
): Promise<void> {
  if (types.length === 0) return;
  await sql`
    insert into activity_type (workspace_id, source, import_id, external_id, name)
    select ${workspaceId}, ${origin.source}, ${origin.importId}::uuid, * from unnest(${types.map((each) => each.externalId)}::text[], ${types.map((each) => each.name)}::text[])
    on conflict (workspace_id, source, external_id) do update set name = excluded.name, import_id = excluded.import_id
      where activity_type.name <> excluded.name`.execute(scope);
}
