import { sql } from 'kysely';
import type { Change, Cursor } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { type Scope, together } from '../db/scope.ts';

/** So many changes are written before the counter is taken: PostgreSQL compresses and keeps them a while, for which everybody else would wait. */
const many = 200;

/**
 * Writes the transaction's feed entry and answers its cursor. Must be the transaction's LAST statement: it takes the workspace's counter,
 * which orders entries as they commit, and holds it until the commit. A plain sequence instead would let a reader pass over a row that commits late.
 */
export async function appendChanges(
  scope: Scope,
  workspaceId: WorkspaceId,
  changes: readonly Change[],
): Promise<Cursor> {
  const asked =
    changes.length < many
      ? [writeEntry(scope, workspaceId, changes)]
      : [writeUncounted(scope, workspaceId, changes), countEntry(scope, workspaceId)];
  const entry = (await together(...asked)).at(-1);
  if (!entry) throw new Error('The workspace has no feed counter: it was not set up by this store.');
  return entry;
}

const takeCounter = (workspaceId: WorkspaceId) => sql`
  update feed_counter set seq = seq + 1, token = gen_random_uuid()
  where workspace_id = ${workspaceId} returning seq, token`;

async function writeEntry(
  scope: Scope,
  workspaceId: WorkspaceId,
  changes: readonly Change[],
): Promise<Cursor | undefined> {
  const { rows } = await sql<{ cursor: Cursor }>`
    with counted as (${takeCounter(workspaceId)})
    insert into feed_entry (workspace_id, seq, token, changes)
    select ${workspaceId}, seq, token, ${JSON.stringify(changes)}::jsonb from counted
    returning seq || '.' || token as cursor`.execute(scope);
  return rows[0]?.cursor;
}

/** Where an entry stands until it is counted. Nobody sees it there: it is gone before the transaction is over. Another transaction's has another number: each has a backend of its own. */
const uncounted = sql`-pg_backend_pid()`;

async function writeUncounted(scope: Scope, workspaceId: WorkspaceId, changes: readonly Change[]): Promise<undefined> {
  await sql`
    insert into feed_entry (workspace_id, seq, token, changes)
    values (${workspaceId}, ${uncounted}, gen_random_uuid(), ${JSON.stringify(changes)}::jsonb)`.execute(scope);
}

/** What is kept apart from the row, as long changes are, stays where it is when the row gets its number. */
async function countEntry(scope: Scope, workspaceId: WorkspaceId): Promise<Cursor | undefined> {
  const { rows } = await sql<{ cursor: Cursor }>`
    with counted as (${takeCounter(workspaceId)})
    update feed_entry e set seq = c.seq, token = c.token, at = clock_timestamp() from counted c
    where e.workspace_id = ${workspaceId} and e.seq = ${uncounted}
    returning e.seq || '.' || e.token as cursor`.execute(scope);
  return rows[0]?.cursor;
}
