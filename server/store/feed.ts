import { sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
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

/**
 * The entry with that token and number, and the next ones after it, in order; null when the feed has no such entry (another history, or long ago).
 * Commits follow the numbers, so that what is visible has no hole.
 */
export async function listEntriesFrom(
  scope: Scope,
  workspaceId: WorkspaceId,
  from: { seq: number; token: string },
  limit: number,
): Promise<FeedEntry[] | null> {
  const [start, ...next] = await listEntries(scope, workspaceId, from.seq - 1, limit + 1);
  return start?.seq === from.seq && start.token === from.token ? next : null;
}

/**
 * The bundles that entries after that number, but for one, say have changed; null: more than can be listed. `last`: the newest number.
 * What an import remembers of people holds until somebody else changes them.
 */
export async function listChangedBundles(
  scope: Scope,
  workspaceId: WorkspaceId,
  after: number,
  except: number | null,
): Promise<{ bundles: string[] | null; last: number }> {
  const { rows } = await sql<{ kind: string | null; id: string | null; last: number }>`
    select c.kind, c.id, f.seq as last from feed_counter f
    left join (
      select change->>'kind' as kind, change->>'id' as id from feed_entry e, jsonb_array_elements(e.changes) as change
      where e.workspace_id = ${workspaceId} and e.seq > ${after} and e.seq is distinct from ${except}::bigint
        and change->>'kind' in ('bundle', 'refetch')) c on true
    where f.workspace_id = ${workspaceId}`.execute(scope);
  const isAll = rows.some((row) => row.kind === 'refetch');
  return { bundles: isAll ? null : rows.flatMap((row) => row.id ?? []), last: rows[0]?.last ?? after };
}

/**
 * What came after an entry: how many changes, and whether a copy from there is worth nothing to this member (`isCut`: everything is to be fetched again, or
 * somebody was erased, which is `hasErased`). `memberId` null: what goes for everybody. Null when the feed has no such entry.
 */
export async function weighSince(
  scope: Scope,
  workspaceId: WorkspaceId,
  from: { seq: number; token: string },
  memberId: MemberId | null,
): Promise<{ changes: number; isCut: boolean; hasErased: boolean } | null> {
  const { rows } = await sql<{ isThere: boolean; changes: number; isCut: boolean; hasErased: boolean }>`
    select coalesce(bool_or(seq = ${from.seq} and token = ${from.token}), false) as is_there,
      coalesce(sum(jsonb_array_length(changes)) filter (where seq > ${from.seq}), 0) as changes,
      coalesce(bool_or(seq > ${from.seq} and exists (
        select 1 from jsonb_array_elements(changes) c where c->>'kind' in ('refetch', 'erased')
          and (c->>'memberId' is null or c->>'memberId' = ${memberId}))), false) as is_cut,
      coalesce(bool_or(seq > ${from.seq} and changes @> '[{"kind": "erased"}]'::jsonb), false) as has_erased
    from feed_entry where workspace_id = ${workspaceId} and seq >= ${from.seq}`.execute(scope);
  const row = rows[0];
  if (!row?.isThere) return null;
  const { changes, isCut, hasErased } = row;
  return { changes, isCut, hasErased };
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
