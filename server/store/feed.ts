import { sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** An entry of the feed: what changed in one transaction. */
export interface FeedEntry {
  seq: number;
  token: string;
  changes: Change[];
}

/** The feed's newest place. */
export async function readFeedHead(scope: Scope, workspaceId: WorkspaceId): Promise<{ seq: number; token: string }> {
  return scope
    .selectFrom('feedCounter')
    .select(['seq', 'token'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
}

/** The token of the entry with that number; undefined when the feed has none (another history, or long ago). */
export async function readEntryToken(scope: Scope, workspaceId: WorkspaceId, seq: number): Promise<string | undefined> {
  const row = await scope
    .selectFrom('feedEntry')
    .select('token')
    .where('workspaceId', '=', workspaceId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.token;
}

/** The next entries after that number, in order. Commits follow the numbers, so that what is visible has no hole. */
export async function listEntries(
  scope: Scope,
  workspaceId: WorkspaceId,
  after: number,
  limit: number,
): Promise<FeedEntry[]> {
  const { rows } = await sql<FeedEntry>`
    select seq, token, changes from feed_entry where workspace_id = ${workspaceId} and seq > ${after} order by seq limit ${limit}`.execute(
    scope,
  );
  return rows;
}
