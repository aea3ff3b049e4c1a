import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { touchMoments } from './fold.ts';

/**
 * How far keeping what audiences ask of accounts has come. `seq`: what the feed told up to that entry is in; `after`: accounts up to this one are (null: all are);
 * `asOf`: when it last had all (null: never, and nothing of it is to be read).
 */
export interface ReachProgress {
  seq: number;
  after: string | null;
  asOf: Date | null;
}

/** True: this transaction is the one that keeps it in the workspace. False: another one does. */
export async function takeReachTurn(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`reach:${workspaceId}`}, 0)) as is_ours`.execute(scope);
  return rows[0]?.isOurs ?? false;
}

/** How far it has come; undefined: nothing was ever kept. */
export async function readReachProgress(scope: Scope, workspaceId: WorkspaceId): Promise<ReachProgress | undefined> {
  return scope
    .selectFrom('reachProgress')
    .select(['seq', 'after', 'asOf'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
}

/** Writes down how far it has come. */
export async function saveReachProgress(
  scope: Scope,
  workspaceId: WorkspaceId,
  progress: ReachProgress,
): Promise<void> {
  await scope
    .insertInto('reachProgress')
    .values({ workspaceId, ...progress })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ ...progress }))
    .execute();
}

/** In a workspace of so many accounts touches are counted one by one where what is kept of them is behind. */
const fewAccounts = 2000;

/**
 * Up to when what is kept is true of all accounts: `now` where it has all that the feed told. Null: it is not to be read, since there is none yet, or few enough accounts
 * to count without it.
 */
export async function readReachAsOf(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<Date | null> {
  const { rows } = await sql<{ asOf: Date | null; isNow: boolean; isSmall: boolean }>`
    select p.as_of, p.after is null and p.seq = f.seq as is_now,
      (select count(*) from (select 1 from account where workspace_id = ${workspaceId} limit ${fewAccounts}) a) < ${fewAccounts} as is_small
    from reach_progress p join feed_counter f on f.workspace_id = p.workspace_id where p.workspace_id = ${workspaceId}`.execute(
    scope,
  );
  const row = rows[0];
  if (!row?.asOf) return null;
  if (row.isNow) return now;
  return row.isSmall ? null : row.asOf;
}

/** Keeps what audiences ask of the next accounts after one in the order of ids, or of these. Answers the last one in that order, and how many they were. */
export async function writeReach(
  scope: Scope,
  workspaceId: WorkspaceId,
  chosen: { after: string; most: number } | { ids: readonly string[] },
  now: Date,
): Promise<{ last: string | null; accounts: number }> {
  const which =
    'after' in chosen
      ? sql`id > ${chosen.after}::uuid order by id limit ${chosen.most}`
      : sql`id = any(${[...chosen.ids]}::uuid[]) order by id`;
  // A campaign that nobody has met before gets the next place. What this statement inserts it does not read.
  const { rows } = await sql<{ last: string | null; accounts: number }>`
    with chosen as materialized (select id from account where workspace_id = ${workspaceId} and ${which}),
    touched as materialized (
      select c.account_id, t.campaign_id, max(t.at) filter (where not t.is_robot and t.at <= ${now}) as last_at
      from chosen a join contact c on c.workspace_id = ${workspaceId} and c.account_id = a.id
      join ${touchMoments} t on t.workspace_id = c.workspace_id and t.contact_id = c.id
      group by 1, 2),
    known as (select campaign_id, place from reach_campaign where workspace_id = ${workspaceId}),
    met as (
      insert into reach_campaign (workspace_id, campaign_id, place)
      select ${workspaceId}::uuid, campaign_id, coalesce((select max(place) from known), -1) + row_number() over (order by campaign_id)
      from (select distinct campaign_id from touched where campaign_id is not null and campaign_id not in (select campaign_id from known)) n
      returning campaign_id, place),
    placed as materialized (select * from known union all select * from met),
    empty as materialized (select repeat('0', coalesce(max(place) + 1, 0))::varbit as bits from placed),
    figures as (
      select t.account_id, max(t.last_at) as last_at, bit_or(set_bit((select bits from empty), p.place, 1)) filter (where p.place is not null) as campaigns
      from touched t left join placed p on p.campaign_id = t.campaign_id group by 1),
    kept as (
      insert into account_reach as k (workspace_id, account_id, contacts, last_touch_at, campaigns)
      select ${workspaceId}::uuid, a.id, (select count(*) from contact c where c.workspace_id = ${workspaceId} and c.account_id = a.id and not c.do_not_contact),
        f.last_at, coalesce(f.campaigns, '')
      from chosen a left join figures f on f.account_id = a.id
      on conflict (workspace_id, account_id) do update set contacts = excluded.contacts, last_touch_at = excluded.last_touch_at, campaigns = excluded.campaigns
      where (k.contacts, k.last_touch_at, k.campaigns) is distinct from (excluded.contacts, excluded.last_touch_at, excluded.campaigns))
    select (select id from chosen order by id desc limit 1) as last, (select count(*)::int from chosen) as accounts`.execute(
    scope,
  );
  return rows[0] ?? { last: null, accounts: 0 };
}

/** In SQL of what is kept of an account as `k`: whether one of these campaigns touched somebody there. */
export function isKeptAsTouchedBy(workspaceId: WorkspaceId, campaigns: readonly string[]): RawBuilder<boolean> {
  const places = sql`(
    select bit_or(set_bit((select repeat('0', max(place) + 1)::varbit from reach_campaign where workspace_id = ${workspaceId}), place, 1)) from reach_campaign
    where workspace_id = ${workspaceId} and campaign_id = any(${[...campaigns]}::uuid[]))`;
  // A row knows the places that were given when it was written: of later ones it has none.
  return sql<boolean>`coalesce(bit_count(k.campaigns & substring(${places} for length(k.campaigns))) > 0, false)`;
}

/** How many accounts each campaign touched by what is kept of them: rows of `id, accounts` as SQL. Eight places at a time, as each bit by itself would be asked for. */
export function countKeptCampaigns(workspaceId: WorkspaceId): RawBuilder<unknown> {
  return sql`
    with part as (
      select n, substring(k.campaigns from 8 * n + 1 for 8)::bit(8)::int as bits, count(*) as accounts
      from account_reach k, generate_series(0, (length(k.campaigns) - 1) / 8) n where k.workspace_id = ${workspaceId} group by 1, 2)
    select c.campaign_id as id, sum(part.accounts)::int as accounts from reach_campaign c
    join part on part.n = c.place / 8 and get_bit(part.bits::bit(8), c.place % 8) = 1 where c.workspace_id = ${workspaceId} group by 1`;
}
