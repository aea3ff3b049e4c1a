import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { workingRole } from '../db/roles.ts';
import type { Scope } from '../db/scope.ts';
import { standBack } from '../db/stand-back.ts';
import type { Block } from '../sources/block.ts';
import { ImportTaken } from './import-run.ts';

/** Sets an import's rows aside, on a connection of its own. */
export interface BlockWriter {
  /** In one transaction with how far the file is read. Twice the same blocks is once. Throws `ImportTaken` when the import is another process's by now. */
  put(blocks: readonly Block[], read: { rows: number; bytes: number }): Promise<void>;
  close(): Promise<void>;
}

/** COPY cannot write to a table under row-level security: it fills a passing one, from which the blocks go on. They are compressed already. */
const prepare = `
  create temporary table import_copy (number int, rows int, body bytea) on commit drop;
  alter table import_copy alter column body set storage external;
  grant all on import_copy to ${workingRole}`;

/** Opens the connection by the store's own login. */
export async function openBlockWriter(
  url: string,
  job: { workspaceId: WorkspaceId; importId: ImportId; runner: string },
): Promise<BlockWriter> {
  let client: pg.Client | null = null;
  const { workspaceId, importId, runner } = job;
  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'baton' });
    // A connection that breaks fails the query that runs; without a listener it would end the process.
    fresh.on('error', () => undefined);
    await fresh.connect();
    standBack((fresh as unknown as { processID: number }).processID, url);
    return fresh;
  }
  async function write(on: pg.Client, blocks: readonly Block[], read: { rows: number; bytes: number }): Promise<void> {
    // What a power cut takes away was never said to be set aside: the note that the file is over waits for the disk, and for all before it.
    await on.query('begin; set local synchronous_commit = off');
    await on.query(prepare);
    await on.query(`select set_config('role', $1, true), set_config('baton.workspace_id', $2, true)`, [
      workingRole,
      workspaceId,
    ]);
    await pipeline(
      Readable.from(encodeCopy(blocks)),
      on.query(copyFrom('copy import_copy from stdin (format binary)')),
    );
    await on.query(
      `insert into import_block (workspace_id, import_id, number, rows, body) select $1, $2, number, rows, body from import_copy on conflict do nothing`,
      [workspaceId, importId],
    );
    const { rowCount } = await on.query(
      `update import set rows_read = $4, bytes_read = $5, beat_at = clock_timestamp()
       where workspace_id = $1 and id = $2 and runner = $3 and state = 'running'`,
      [workspaceId, importId, runner, read.rows, read.bytes],
    );
    if (rowCount === 0) throw new ImportTaken();
    await on.query('commit');
  }
  return {
    async put(blocks, read) {
      client ??= await connect();
      try {
        await write(client, blocks, read);
      } catch (error) {
        // Whatever state it is in: the next attempt gets a new one.
        await client.end().catch(() => undefined);
        client = null;
        throw error;
      }
    },
    async close() {
      await client?.end();
    },
  };
}

/** PostgreSQL's binary COPY form. */
function* encodeCopy(blocks: readonly Block[]): Generator<Buffer> {
  yield Buffer.from('PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
  for (const { number, rows, body } of blocks) {
    const head = Buffer.alloc(22);
    head.writeInt16BE(3, 0);
    head.writeInt32BE(4, 2);
    head.writeInt32BE(number, 6);
    head.writeInt32BE(4, 10);
    head.writeInt32BE(rows, 14);
    head.writeInt32BE(body.length, 18);
    yield head;
    yield body;
  }
  yield Buffer.from([0xff, 0xff]);
}

/** The blocks after that one up to `until`, in order, as many as hold about `rows` rows; at least one when there is one. */
export async function readBlocks(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  after: number,
  until: number,
  rows: number,
): Promise<Block[]> {
  const next = await scope
    .selectFrom('importBlock')
    .select(['number', 'rows'])
    .where('workspaceId', '=', workspaceId)
    .where('importId', '=', importId)
    .where('number', '>', after)
    .where('number', '<=', until)
    .orderBy('number')
    .limit(200)
    .execute();
  let taken = 0;
  let last = after;
  for (const block of next) {
    if (taken > 0 && taken + block.rows > rows) break;
    taken += block.rows;
    last = block.number;
  }
  if (last === after) return [];
  return scope
    .selectFrom('importBlock')
    .select(['number', 'rows', 'body'])
    .where('workspaceId', '=', workspaceId)
    .where('importId', '=', importId)
    .where('number', '>', after)
    .where('number', '<=', last)
    .orderBy('number')
    .execute();
}

/** Lets the rows of an import go: they are in, or will never be. */
export async function dropBlocks(scope: Scope, workspaceId: WorkspaceId, importId: ImportId): Promise<void> {
  await scope
    .deleteFrom('importBlock')
    .where('workspaceId', '=', workspaceId)
    .where('importId', '=', importId)
    .execute();
}
