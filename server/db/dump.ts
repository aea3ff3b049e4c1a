import { sql } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import { Refusal } from '../refusal.ts';
import { readAppliedMigrations } from './migrate.ts';
import { openSingle, type Single } from './single.ts';
import { type DataTable, listDataTables, listKeptTables } from './tables.ts';

/** One table's rows of one workspace, as COPY's text format writes them. `count` is right once the rows were read to their end. */
export interface DumpSection {
  table: string;
  workspace: string | null;
  rows: AsyncIterable<Buffer>;
  count(): number;
}

/** Everything the database holds as of one moment. */
export interface Dump {
  schema: string[];
  postgres: string;
  takenAt: Date;
  workspaces: { id: string; name: string }[];
  tables: DataTable[];
  sections: AsyncIterable<DumpSection>;
}

/**
 * Reads all data as of one moment while the store works on: one read-only repeatable-read transaction on a connection of its own.
 * `ownerUrl` must log in as the tables' owner. Sections must be read in order, each to its end.
 */
export async function dumpDatabase<T>(ownerUrl: string, take: (dump: Dump) => Promise<T>): Promise<T> {
  const single = await openSingle(ownerUrl);
  const { client, db } = single;
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables = listKeptTables(await listDataTables(db));
    // As pg_dump does: no migration may change a table between now and its turn.
    for (const { name } of tables)
      await client.query(`lock table ${client.escapeIdentifier(name)} in access share mode`);
    const schema = await readAppliedMigrations(db);
    if (schema.length === 0)
      throw new Refusal('The database is empty: no store was ever started on it. There is no backup.');
    const { rows } = await sql<{ at: Date; version: string }>`
      select now() as at, current_setting('server_version') as version`.execute(db);
    const facts = rows[0];
    if (!facts) throw new Error('PostgreSQL told nothing about itself.');
    const workspaces = await listNames(single);
    const sections = readSections(single, tables, workspaces);
    return await take({
      schema,
      postgres: facts.version,
      takenAt: facts.at,
      workspaces,
      tables,
      sections,
    });
  } finally {
    // Whatever came: the transaction only read.
    await single.close();
  }
}

async function listNames({ client, db }: Single): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string }>`select id from tenant order by created_at, id`.execute(db);
  const named: { id: string; name: string }[] = [];
  for (const { id } of rows) {
    await enter({ client }, id);
    const found = await client.query<{ name: string }>('select name from workspace where workspace_id = $1', [id]);
    if (found.rows[0]) named.push({ id, name: found.rows[0].name });
  }
  return named;
}

/** The owner, too, is bound by row-level security unless it is a superuser: it reads one workspace after the other. */
async function enter({ client }: Pick<Single, 'client'>, workspace: string): Promise<void> {
  await client.query(`select set_config('baton.workspace_id', $1, true)`, [workspace]);
}

async function* readSections(
  single: Single,
  tables: readonly DataTable[],
  workspaces: readonly { id: string }[],
): AsyncGenerator<DumpSection> {
  for (const table of tables.filter((each) => !each.isPerWorkspace)) yield readSection(single, table, null);
  for (const { id } of workspaces) {
    await enter(single, id);
    for (const table of tables.filter((each) => each.isPerWorkspace)) yield readSection(single, table, id);
  }
}

function readSection({ client }: Single, table: DataTable, workspace: string | null): DumpSection {
  const columns = table.columns.map((each) => client.escapeIdentifier(each)).join(', ');
  const where = workspace === null ? '' : ` where workspace_id = ${client.escapeLiteral(workspace)}`;
  const text = `copy (select ${columns} from ${client.escapeIdentifier(table.name)}${where}) to stdout`;
  const stream = client.query(copyTo(text, { highWaterMark: 1024 * 1024 }));
  // Whoever reads it hears of its faults; when reading was given up it is cut off with the connection, and nobody listens.
  stream.on('error', () => undefined);
  return { table: table.name, workspace, rows: stream, count: () => stream.rowCount };
}
