import { sql } from 'kysely';
import type { Change, Cursor } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/**
 * Writes the transaction's feed entry and answers its cursor. Must be the transaction's LAST statement: it takes the workspace's counter,
 * which orders entries as they commit, and holds it until the commit. A plain sequence instead would let a reader pass over a row that commits late.
 */
export async function appendChanges(
  scope: Scope,
  workspaceId: WorkspaceId,
  changes: readonly Change[],
): Promise<Cursor> {
  const { rows } = await sql<{ cursor: Cursor }>`
    with counted as (
      update feed_counter set seq = seq + 1, token = gen_random_uuid()
      where workspace_id = ${workspaceId} returning seq, token
    )
    insert into feed_entry (workspace_id, seq, token, changes)
    select ${workspaceId}, seq, token, ${JSON.stringify(changes)}::jsonb from counted
    returning seq || '.' || token as cursor`.execute(scope);
  const entry = rows[0];
  if (!entry) throw new Error('The workspace has no feed counter: it was not set up by this store.');
  return entry.cursor;
}
