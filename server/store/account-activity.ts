import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { touchMoments } from './fold.ts';

/**
 * How far keeping accounts' activity has come. `seq`: what the feed told up to that entry is in; `after`: accounts up to this one are (null: all are);
 * `asOf`: when it last had all (null: never, and nothing of it is to be read).
 */
export interface ActivityProgress {
  seq: number;
  after: string | null;
  asOf: Date | null;
}

/** True: this transaction is the one that keeps activity in the workspace. False: another one does. */
export async function takeActivityTurn(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`activity:${workspaceId}`}, 0)) as is_ours`.execute(scope);
  return rows[0]?.isOurs ?? false;
}

/** How far it has come; undefined: nothing was ever kept. */
export async function readActivityProgress(
  scope: Scope,
  workspaceId: WorkspaceId,
): Promise<ActivityProgress | undefined> {
  return scope
    .selectFrom('activityProgress')
    .select(['seq', 'after', 'asOf'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
}

/** Writes down how far it has come. */
export async function saveActivityProgress(
  scope: Scope,
  workspaceId: WorkspaceId,
  progress: ActivityProgress,
): Promise<void> {
  await scope
    .insertInto('activityProgress')
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
export async function readActivityAsOf(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<Date | null> {
  const { rows } = await sql<{ asOf: Date | null; isNow: boolean; isSmall: boolean }>`
    select p.as_of, p.after is null and p.seq = f.seq as is_now,
      (select count(*) from (select 1 from account where workspace_id = ${workspaceId} limit ${fewAccounts}) a) < ${fewAccounts} as is_small
    from activity_progress p join feed_counter f on f.workspace_id = p.workspace_id where p.workspace_id = ${workspaceId}`.execute(
    scope,
  );
  const row = rows[0];
  if (!row?.asOf) return null;
  if (row.isNow) return now;
  return row.isSmall ? null : row.asOf;
}

/** Keeps the activity of the next accounts after one in the order of ids, or of these. Answers the last one in that order, and how many they were. */
export async function writeActivity(
  scope: Scope,
  workspaceId: WorkspaceId,
  chosen: { after: string; most: number } | { ids: readonly string[] },
  now: Date,
): Promise<{ last: string | null; accounts: number }> {
  const which =
    'after' in chosen
      ? sql`id > ${chosen.after}::uuid order by id limit ${chosen.most}`
      : sql`id = any(${[...chosen.ids]}::uuid[]) order by id`;
  const { rows } = await sql<{ last: string | null; accounts: number }>`
    with chosen as (select id from account where workspace_id = ${workspaceId} and ${which}),
    kept as (
      insert into account_activity as k (workspace_id, account_id, last_touch_at, campaign_ids, contacts)
      select ${workspaceId}::uuid, a.id, max(t.at) filter (where not t.is_robot and t.at <= ${now}),
        coalesce(array_agg(distinct t.campaign_id) filter (where t.campaign_id is not null), '{}'),
        count(distinct c.id) filter (where not c.do_not_contact)
      from chosen a
      left join contact c on c.workspace_id = ${workspaceId} and c.account_id = a.id
      left join ${touchMoments} t on t.workspace_id = c.workspace_id and t.contact_id = c.id
      group by a.id
      on conflict (workspace_id, account_id) do update set last_touch_at = excluded.last_touch_at, campaign_ids = excluded.campaign_ids,
        contacts = excluded.contacts
      where (k.last_touch_at, k.campaign_ids, k.contacts) is distinct from (excluded.last_touch_at, excluded.campaign_ids, excluded.contacts))
    select (select id from chosen order by id desc limit 1) as last, (select count(*)::int from chosen) as accounts`.execute(
    scope,
  );
  return rows[0] ?? { last: null, accounts: 0 };
}
