import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** The territories whose accounts somebody holds, beside what belongs to no territory; null: they hold everything. */
export type Territories = readonly string[] | null;

/** In SQL on the member `m` and the workspace `w`: reps are bound to their own where the workspace says so; marketers and admins hold everything. */
export const boundTo = sql<string[] | null>`
  case when m.role = 'rep' and w.settings @> '{"scopeByTerritory": true}'::jsonb then m.territories end`;

/** Which territories bound what this member holds, as it stands in the scope's transaction. */
export async function readTerritories(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<Territories> {
  const { rows } = await sql<{ territories: string[] | null }>`
    select ${boundTo} as territories from member m join workspace w on w.workspace_id = m.workspace_id
    where m.workspace_id = ${workspaceId} and m.id = ${memberId}`.execute(scope);
  const row = rows[0];
  if (!row) throw new Error('Territories were asked for a member who does not exist.');
  return row.territories;
}

/** In SQL on the account `a`: whether who is bound to these territories holds it. */
export function isHeld(territories: Territories): RawBuilder<boolean> {
  return territories === null
    ? sql<boolean>`true`
    : sql<boolean>`(a.territory is null or a.territory = any(${[...territories]}::text[]))`;
}

/** A name for what is held under these territories: the same for everybody who holds the same. At most 100 characters, and tells nothing of the territories. */
export function nameHeld(territories: Territories): string {
  if (territories === null) return 'all';
  const sorted = JSON.stringify([...new Set(territories)].sort());
  return `in.${createHash('sha256').update(sorted).digest('base64url').slice(0, 22)}`;
}

/** Of the ids of bundles those that are held. Ids that lead nowhere stay. Order: as asked. */
export async function keepHeld(
  scope: Scope,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  territories: Territories,
): Promise<readonly string[]> {
  if (territories === null || ids.length === 0) return ids;
  const { rows } = await sql<{ id: string }>`
    select a.id from account a
    where a.workspace_id = ${workspaceId} and a.id = any(${[...ids]}::uuid[]) and not ${isHeld(territories)}`.execute(
    scope,
  );
  const foreign = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !foreign.has(id));
}

/** The territories that accounts have, by name, with how many of them. */
export async function listTerritories(
  scope: Scope,
  workspaceId: WorkspaceId,
): Promise<{ territory: string; accounts: number }[]> {
  const { rows } = await sql<{ territory: string; accounts: number }>`
    select territory, count(*)::int as accounts from account
    where workspace_id = ${workspaceId} and territory is not null group by 1 order by 1`.execute(scope);
  return rows;
}

/**
 * Gives a member other territories. Answers what the feed must say of it: nothing where nothing changes, null when there is no such member (any more).
 */
export async function setTerritories(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  territories: readonly string[],
): Promise<Change[] | null> {
  const wanted = [...new Set(territories)].sort();
  const { rows } = await sql<{ before: string[] }>`
    update member m set territories = ${wanted}::text[] from member b
    where m.workspace_id = ${workspaceId} and m.id = ${memberId} and m.left_at is null and b.workspace_id = m.workspace_id and b.id = m.id
    returning b.territories as before`.execute(scope);
  const row = rows[0];
  if (!row) return null;
  return nameHeld(row.before) === nameHeld(wanted) ? [] : tellRescoped(scope, workspaceId, memberId);
}

/**
 * What the feed must say once this member holds other accounts than before: that their devices fetch everything again, if anybody is bound by territory at all.
 * Whether that is so cannot change until the transaction ends: else a change of the setting beside this one could be told to nobody.
 */
export async function tellRescoped(scope: Scope, workspaceId: WorkspaceId, memberId: MemberId): Promise<Change[]> {
  const { rows } = await sql<{ isBound: boolean }>`
    select settings @> '{"scopeByTerritory": true}'::jsonb as is_bound from workspace
    where workspace_id = ${workspaceId} for share`.execute(scope);
  return rows[0]?.isBound ? [{ kind: 'refetch', id: null, memberId }] : [];
}
