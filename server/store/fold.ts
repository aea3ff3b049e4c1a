import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** Stands where a folded touch belonged to no campaign, or came by no import. */
export const nobodysId = '00000000-0000-0000-0000-000000000000';

/** Every touch by contact, campaign and moment; of those that are counts the last of each count. So it tells exactly whether there was one, and when the last was. As a subquery. */
export const touchMoments = sql`(
  select workspace_id, contact_id, campaign_id, at, is_robot from touch
  union all
  select workspace_id, contact_id, nullif(campaign_id, ${sql.lit(nobodysId)}::uuid), last_at, is_robot from folded_touch)`;

/** How a workspace's folding stands. `line`: touches from before are counts, or on their way there, and no import takes them in again. `after`: the last contact that is done; null: none runs. */
export interface FoldState {
  line: Date | null;
  after: string | null;
  announced: number;
}

/** An export that is read in another zone, or with another order of dates in the same day, moves a touch by hours: what lies so close to the line stays a touch, so that it is known again. */
const marginMs = 2 * 86_400_000;

/** Before when touches are folded that are kept for so many months: the beginning of a month (UTC), so that the line moves once a month. */
export function foldLineOf(months: number, now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
}

/** From before which moment touches have become counts, or are on their way there; null: from none. What is older no import takes in: it could not be known again. */
export async function readFoldLine(scope: Scope, workspaceId: WorkspaceId): Promise<Date | null> {
  const row = await scope
    .selectFrom('workspace')
    .select('foldLine')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return row?.foldLine ?? null;
}

/** True: this transaction is the one that folds in the workspace. False: another one does. */
export async function takeFoldTurn(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`fold:${workspaceId}`}, 0)) as is_ours`.execute(scope);
  return rows[0]?.isOurs ?? false;
}

/** How folding stands. */
export async function readFoldState(scope: Scope, workspaceId: WorkspaceId): Promise<FoldState> {
  const { foldLine, foldAfter, foldAnnounced } = await scope
    .selectFrom('workspace')
    .select(['foldLine', 'foldAfter', 'foldAnnounced'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { line: foldLine, after: foldAfter, announced: foldAnnounced };
}

/** Writes down how folding stands. */
export async function saveFoldState(scope: Scope, workspaceId: WorkspaceId, state: FoldState): Promise<void> {
  await scope
    .updateTable('workspace')
    .set({ foldLine: state.line, foldAfter: state.after, foldAnnounced: state.announced })
    .where('workspaceId', '=', workspaceId)
    .execute();
}

/** What one piece of folding did. `last`: the last contact of it; null: there were no more. `bundles`: whose touches became counts. */
export interface Folded {
  last: string | null;
  bundles: string[];
}

/**
 * Makes counts of the old touches of the next `contacts` people after one, in the order of their ids. What is a count already stays one, so that a second time changes nothing.
 * Of a person's touches in a month (UTC) those of one kind, campaign and import are one row.
 */
export async function foldNext(
  scope: Scope,
  workspaceId: WorkspaceId,
  { line, after, contacts }: { line: Date; after: string; contacts: number },
): Promise<Folded> {
  const { rows } = await sql<{ last: string | null; bundles: string[] }>`
    with next as (
      select id, account_id from contact where workspace_id = ${workspaceId} and id > ${after}::uuid order by id limit ${contacts}),
    gone as (
      delete from touch t using next n
      where t.workspace_id = ${workspaceId} and t.contact_id = n.id and t.at < ${new Date(line.getTime() - marginMs)}
      returning t.contact_id, t.at, t.kind, t.is_robot, t.campaign_id, t.import_id),
    kept as (
      insert into folded_touch as f (workspace_id, contact_id, month, kind, is_robot, campaign_id, import_id, touches, first_at, last_at)
      select ${workspaceId}::uuid, contact_id, date_trunc('month', at at time zone 'UTC')::date, kind, is_robot,
        coalesce(campaign_id, ${nobodysId}::uuid), coalesce(import_id, ${nobodysId}::uuid), count(*), min(at), max(at)
      from gone group by 2, 3, 4, 5, 6, 7
      on conflict (workspace_id, contact_id, month, kind, is_robot, campaign_id, import_id) do update
        set touches = f.touches + excluded.touches, first_at = least(f.first_at, excluded.first_at), last_at = greatest(f.last_at, excluded.last_at))
    select (select id from next order by id desc limit 1) as last, coalesce((
      select array_agg(distinct coalesce(n.account_id, n.id)) from next n where n.id in (select contact_id from gone)), '{}') as bundles`.execute(
    scope,
  );
  return rows[0] ?? { last: null, bundles: [] };
}

/** How many touches are counts by now. */
export async function countFolded(scope: Scope, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ touches: number }>`
    select coalesce(sum(touches), 0) as touches from folded_touch where workspace_id = ${workspaceId}`.execute(scope);
  return rows[0]?.touches ?? 0;
}

/** So many of the table's rows are counted one by one; of more a sample of about that size is. */
const mostCounted = 2_000_000;

/** How many touches from before `line` are kept one by one. `isEstimate`: reckoned from a sample, as there are many. */
export async function countFoldable(
  scope: Scope,
  workspaceId: WorkspaceId,
  line: Date,
): Promise<{ touches: number; isEstimate: boolean }> {
  const { rows: size } = await sql<{
    all: number;
  }>`select greatest(reltuples, 0) as all from pg_class where oid = 'touch'::regclass`.execute(scope);
  const share = Math.min(1, mostCounted / Math.max(1, size[0]?.all ?? 0));
  const sample = share < 1 ? sql`tablesample system (${share * 100})` : sql``;
  const { rows } = await sql<{ touches: number }>`
    select count(*) as touches from touch ${sample} where workspace_id = ${workspaceId} and at < ${line}`.execute(
    scope,
  );
  return { touches: Math.round((rows[0]?.touches ?? 0) / share), isEstimate: share < 1 };
}
