import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** A table of the store's data. `isPerWorkspace`: each row belongs to one workspace, under row-level security. */
export interface DataTable {
  name: string;
  columns: string[];
  isPerWorkspace: boolean;
}

/** Rows of imports that are under way mean nothing without the file they came from, which is sent again after a restore; what is kept of scores, activity and answers is made again from the rest. */
const passingTables = [
  'import_block',
  'kept_score',
  'score_progress',
  'account_activity',
  'activity_progress',
  'account_reach',
  'reach_campaign',
  'reach_progress',
  'kept_answer',
];

/** The store's own tables that hold data, by name: those under the workspaces' policy, and the list of workspaces. What else is in the database is not ours. */
export async function listDataTables(db: Kysely<Schema>): Promise<DataTable[]> {
  const { rows } = await sql<DataTable>`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            and a.attgenerated = '' order by a.attnum) as columns,
      exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'own_workspace') as "isPerWorkspace"
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and (c.relname = 'tenant' or exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'own_workspace'))
    order by c.relname`.execute(db);
  return rows;
}

/** Those of them whose rows belong into a backup. */
export function listKeptTables(tables: readonly DataTable[]): DataTable[] {
  return tables.filter(({ name }) => !passingTables.includes(name));
}

/** How many rows each table holds, per workspace; the store's own tables under the workspace null. Needs the owner. Counts of 0 are left out. */
export async function countRows(
  db: Kysely<Schema>,
  tables: readonly DataTable[],
  workspaceIds: readonly string[],
): Promise<{ table: string; workspace: string | null; rows: number }[]> {
  const counts: { table: string; workspace: string | null; rows: number }[] = [];
  for (const workspace of [null, ...workspaceIds]) {
    for (const { name, isPerWorkspace } of tables) {
      if (isPerWorkspace !== (workspace !== null)) continue;
      const { rows } = await sql<{ rows: number }>`
        select count(*)::float8 as rows from ${sql.table(name)} ${isPerWorkspace ? sql`where workspace_id = ${workspace}` : sql``}`.execute(
        db,
      );
      if (rows[0]?.rows) counts.push({ table: name, workspace, rows: rows[0].rows });
    }
  }
  return counts;
}
