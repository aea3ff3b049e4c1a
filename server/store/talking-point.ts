import { sql } from 'kysely';
import type { OwnOutcome, TalkingPoint } from '#contract/bundle.ts';
import type { AccountId, MemberId, OutcomeId, TalkingPointId, WorkspaceId } from '#contract/ids.ts';
import type { MutationBody } from '#contract/mutation.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import { isHeld, type Territories } from './territory.ts';

/** True when the talking point is known, ended or not. */
export async function hasTalkingPoint(scope: Scope, workspaceId: WorkspaceId, id: TalkingPointId): Promise<boolean> {
  const row = await scope
    .selectFrom('talkingPoint')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The talking points that hold or are to come: of `ids`, or with null all. Ended ones and those past their day are left out;
 * where territories bound the reader, so are those at none of the accounts they hold, and the accounts that they do not hold.
 */
export async function readTalkingPoints(
  scope: Scope,
  workspaceId: WorkspaceId,
  ids: readonly string[] | null,
  territories: Territories,
  now: Date,
): Promise<TalkingPoint[]> {
  if (ids?.length === 0) return [];
  const isAtHeld =
    territories === null
      ? sql<boolean>`true`
      : sql<boolean>`x.account_id in (select a.id from account a where a.workspace_id = ${workspaceId} and ${isHeld(territories)})`;
  const { rows } = await sql<Omit<TalkingPoint, 'pushedAt'> & { pushedAt: Date }>`
    select p.id, p.title, p.text, p.why_now, p.link, p.campaign_id, p.pushed_at, p.starts_on, p.expires_on,
      array(select x.account_id from talking_point_account x
            where x.workspace_id = p.workspace_id and x.talking_point_id = p.id and ${isAtHeld} order by x.account_id) as account_ids
    from talking_point p
    where p.workspace_id = ${workspaceId} and (${ids === null} or p.id = any(${[...(ids ?? [])]}::uuid[]))
      and p.ended_at is null and (p.expires_on is null or p.expires_on >= (${now}::timestamptz - interval '1 day')::date)
    order by p.pushed_at desc, p.id`.execute(scope);
  return rows
    .filter((row) => territories === null || row.accountIds.length > 0)
    .map((row) => ({ ...row, pushedAt: row.pushedAt.toISOString() }));
}

/** The talking points that were pushed to any of these accounts. */
export async function listPointsAt(
  scope: Scope,
  workspaceId: WorkspaceId,
  accountIds: readonly string[],
): Promise<string[]> {
  if (accountIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct talking_point_id as id from talking_point_account
    where workspace_id = ${workspaceId} and account_id = any(${[...accountIds]}::uuid[])`.execute(scope);
  return rows.map((row) => row.id);
}

/** Keeps a use or an outcome. False when its id is taken. */
export async function createOutcome(
  scope: Scope,
  caller: Caller,
  outcome: MutationBody<'recordOutcome'> & { claimedAt: string },
): Promise<boolean> {
  const { outcomeId, ...columns } = outcome;
  const result = await scope
    .insertInto('talkingPointOutcome')
    .values({
      workspaceId: caller.workspaceId,
      id: outcomeId,
      memberId: caller.memberId,
      ...columns,
      claimedAt: new Date(outcome.claimedAt),
      undoneAt: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

/** Takes a member's own outcome back. False when there is none of this member's. A second time changes nothing. */
export async function undoOutcome(scope: Scope, caller: Caller, id: OutcomeId): Promise<boolean> {
  const { rows } = await sql`
    update talking_point_outcome set undone_at = coalesce(undone_at, clock_timestamp())
    where workspace_id = ${caller.workspaceId} and id = ${id} and member_id = ${caller.memberId} returning 1`.execute(
    scope,
  );
  return rows.length > 0;
}

/** Counts one more view of a talking point on a day, without who. */
export async function countSeen(
  scope: Scope,
  workspaceId: WorkspaceId,
  talkingPointId: TalkingPointId,
  day: string,
): Promise<void> {
  await sql`insert into talking_point_seen (workspace_id, talking_point_id, day, views) values (${workspaceId}, ${talkingPointId}, ${day}, 1)
    on conflict (workspace_id, talking_point_id, day) do update set views = talking_point_seen.views + 1`.execute(
    scope,
  );
}

type Row = {
  talkingPointId: TalkingPointId;
  accountId: AccountId | null;
  usedAt: Date | null;
  outcome: OwnOutcome['outcome'];
};

/**
 * This member's newest use and outcome of a talking point at each account: where these outcomes were given, or with null everywhere.
 * Both null: all was taken back.
 */
export async function readOwnOutcomes(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  ids: readonly string[] | null,
): Promise<OwnOutcome[]> {
  if (ids?.length === 0) return [];
  const { rows } = await sql<Row>`
    select o.talking_point_id, o.account_id,
      max(o.at) filter (where o.undone_at is null and o.outcome in ('copied', 'inserted')) as used_at,
      (array_agg(o.outcome order by o.at desc) filter (where o.undone_at is null and o.outcome in ('landed', 'fell_flat')))[1] as outcome
    from talking_point_outcome o
    where o.workspace_id = ${workspaceId} and o.member_id = ${memberId} and (${ids === null} or exists (
      select 1 from talking_point_outcome n where n.workspace_id = ${workspaceId} and n.member_id = ${memberId} and n.id = any(${[...(ids ?? [])]}::uuid[])
        and n.talking_point_id = o.talking_point_id and n.account_id is not distinct from o.account_id))
    group by o.talking_point_id, o.account_id
    order by o.talking_point_id, o.account_id`.execute(scope);
  return rows.map((row) => ({ ...row, usedAt: row.usedAt?.toISOString() ?? null }));
}
