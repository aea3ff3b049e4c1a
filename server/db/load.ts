import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import type { WorkspaceId } from '#contract/ids.ts';
import { Refusal } from '../refusal.ts';
import { knownMigrations, migrateTo, refuseNewerSchema } from './migrate.ts';
import { workingRole } from './roles.ts';
import type { Schema } from './schema.ts';
import type { Scope } from './scope.ts';
import { openSingle, type Single } from './single.ts';
import { countRows, type DataTable, listDataTables } from './tables.ts';

/** One table's rows of one workspace, as COPY's text format writes them. `readCount` tells, once they were read to their end, how many there must be. */
export interface LoadSection {
  table: string;
  workspace: string | null;
  rows: AsyncIterable<Buffer>;
  readCount(): Promise<number>;
}

/** What is to be loaded. `tables`: the columns in the order of the rows' fields. */
export interface Load {
  schema: readonly string[];
  workspaces: readonly { id: string; name: string }[];
  tables: readonly { name: string; columns: readonly string[] }[];
  sections: AsyncIterable<LoadSection>;
}

/** What a store that was only started once holds. Anything else is somebody's. */
const freshTables = ['tenant', 'workspace', 'feed_counter', 'feed_entry', 'definition', 'scorecard', 'invite'];

/**
 * Fills an empty store in one transaction: all is in afterwards, or nothing. The tables are made anew as they were when the rows were written,
 * filled, and brought up to date. `mend` runs in the same transaction when all rows are in, once for each workspace and bound to it. Answers how many rows went in.
 * Throws a `Refusal` when the store is not empty or in use, when the rows are of a newer schema, or when fewer went in than should have.
 */
export async function loadDatabase(
  ownerUrl: string,
  load: Load,
  mend: (scope: Scope, workspaceId: WorkspaceId) => Promise<void>,
): Promise<number> {
  refuseNewerSchema(load.schema);
  const single = await openSingle(ownerUrl);
  try {
    await refuseInUse(single.db);
    const rows = await single.db.transaction().execute(async (transaction) => {
      await refuseFilled(transaction);
      await makeTables(transaction, load.schema.at(-1) ?? '');
      const indexes = await dropIndexes(transaction);
      const loaded = await fillTables(single, transaction, load);
      for (const index of indexes) await sql.raw(index).execute(transaction);
      await migrateTo(transaction, knownMigrations.at(-1) ?? '');
      for (const { id } of load.workspaces) await mend(await enter(transaction, id), id as WorkspaceId);
      return loaded;
    });
    // What PostgreSQL plans by; without it the first questions are slow.
    await single.client.query('analyze');
    return rows;
  } finally {
    await single.close();
  }
}

async function enter(transaction: Transaction<Schema>, workspaceId: string): Promise<Scope> {
  await sql`select set_config('role', ${workingRole}, true), set_config('baton.workspace_id', ${workspaceId}, true)`.execute(
    transaction,
  );
  return transaction as Scope;
}

/** Long enough for connections that were just closed to be gone. */
const patienceMs = 2000;

/** A store that runs holds connections by this name; it would not notice that its tables were changed. */
async function refuseInUse(db: Kysely<Schema>): Promise<void> {
  for (const until = Date.now() + patienceMs; ; await sleep(100)) {
    const { rows } = await sql<{ others: number }>`
      select count(*)::int as others from pg_stat_activity
      where datname = current_database() and application_name like 'baton%' and pid <> pg_backend_pid()`.execute(db);
    if (rows[0]?.others === 0) return;
    if (Date.now() > until)
      throw new Refusal('A store runs on this database. Stop it, restore, and start it again. Nothing was changed.');
  }
}

async function refuseFilled(db: Transaction<Schema>): Promise<void> {
  const tables = await listDataTables(db);
  const kept = tables.filter(({ name }) => !freshTables.includes(name));
  const tenants = tables.some(({ name }) => name === 'tenant')
    ? (await sql<{ id: string }>`select id from tenant`.execute(db)).rows
    : [];
  const ids = tenants.map(({ id }) => id);
  for (const id of ids) {
    await sql`select set_config('baton.workspace_id', ${id}, true)`.execute(db);
    const [found] = await countRows(db, kept, [id]);
    if (found) {
      throw new Refusal(
        `This store is not empty: it has rows in "${found.table}" (${found.rows}). A backup is restored into an empty store alone, so that nothing is overwritten. Set DATA_DIR to a new folder, or DATABASE_URL to an empty database. Nothing was changed.`,
      );
    }
  }
}

/** The tables of a store that was only started are dropped with the workspace it made for itself: nobody has joined it. */
async function makeTables(db: Transaction<Schema>, lastMigration: string): Promise<void> {
  await sql`drop view if exists schema_version`.execute(db);
  const old = [...(await listDataTables(db)).map(({ name }) => name), 'kysely_migration', 'kysely_migration_lock'];
  for (const name of old) await sql`drop table if exists ${sql.table(name)} cascade`.execute(db);
  await migrateTo(db, lastMigration);
}

/** Indexes that only speed things up are built when the rows are in, sorted, instead of row by row. Answers what makes them again. */
async function dropIndexes(db: Transaction<Schema>): Promise<string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = current_schema()::regnamespace and not i.indisunique
      and i.indrelid = any(${(await listDataTables(db)).map(({ name }) => name)}::regclass[])`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.table(name)}`.execute(db);
  return rows.map(({ definition }) => definition);
}

async function fillTables({ client }: Single, db: Transaction<Schema>, load: Load): Promise<number> {
  const known = await listDataTables(db);
  // COPY does not write under row-level security, and not every owner is a superuser: lifted until the rows are in, in this transaction.
  for (const { name } of guarded(known))
    await sql`alter table ${sql.table(name)} no force row level security`.execute(db);
  let total = 0;
  for await (const { table, workspace, rows, readCount } of load.sections) {
    const columns = load.tables.find(({ name }) => name === table)?.columns;
    if (!columns || !known.some(({ name }) => name === table))
      throw new Refusal(`The backup has a table "${table}" that its own schema does not have. Nothing was restored.`);
    const names = columns.map((each) => client.escapeIdentifier(each)).join(', ');
    const stream = client.query(copyFrom(`copy ${client.escapeIdentifier(table)} (${names}) from stdin`));
    await pipeline(Readable.from(rows, { objectMode: false }), stream);
    const wanted = await readCount();
    if (stream.rowCount !== wanted)
      throw new Refusal(
        `Of "${table}" (workspace ${workspace}) ${stream.rowCount} rows went in instead of ${wanted}. Nothing was restored.`,
      );
    total += wanted;
  }
  for (const { name } of guarded(known)) await sql`alter table ${sql.table(name)} force row level security`.execute(db);
  return total;
}

function guarded(tables: readonly DataTable[]): DataTable[] {
  return tables.filter(({ isPerWorkspace }) => isPerWorkspace);
}
