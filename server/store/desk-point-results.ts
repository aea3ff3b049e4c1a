import { sql } from 'kysely';
import type { TalkingPointResult } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../db/scope.ts';

type Timed = 'pushedAt' | 'endedAt' | 'lastUsedAt';
type ResultRow = Omit<TalkingPointResult, Timed> & { pushedAt: Date; endedAt: Date | null; lastUsedAt: Date | null };

/** How often it landed by segment or by stage, as JSON, where it was told most first. */
const gatherParts = (column: 'segment' | 'stage') => sql`
  select talking_point_id, jsonb_agg(jsonb_build_object(${sql.lit(column)}, ${sql.ref(column)}, 'landed', landed, 'told', told) order by told desc, ${sql.ref(column)}) as parts
  from counted where of = ${sql.lit(column)} group by 1`;

/** Talking points with what came of them, newest first: all, or those with the ids. `now` decides what is live: days have no time zone and are read as UTC. */
export async function listTalkingPoints(
  scope: Scope,
  workspaceId: WorkspaceId,
  now: Date,
  ids: readonly string[] | null = null,
): Promise<TalkingPointResult[]> {
  await giveRoom(scope);
  const today = now.toISOString().slice(0, 10);
  const { rows } = await sql<ResultRow>`
    with spoken as not materialized (
      select o.talking_point_id, coalesce(o.account_id, o.contact_id, o.member_id) as place, o.account_id, o.outcome, o.at, o.id
      from talking_point_outcome o where o.workspace_id = ${workspaceId} and o.undone_at is null and (${ids === null} or o.talking_point_id = any(${[...(ids ?? [])]}::uuid[]))
    ), told as (
      select distinct on (talking_point_id, place) talking_point_id, place, account_id, outcome from spoken
      where outcome in ('landed', 'fell_flat') order by talking_point_id, place, at desc, id desc
    ), used as (
      select talking_point_id, place, bool_or(outcome = 'copied') as is_copied, bool_or(outcome = 'inserted') as is_inserted, max(at) as last_used_at
      from spoken where outcome in ('copied', 'inserted') group by 1, 2
    ), uses as (
      select talking_point_id, count(*) filter (where is_copied)::int as copied, count(*) filter (where is_inserted)::int as inserted,
        count(*)::int as used, max(last_used_at) as last_used_at
      from used group by 1
    ), counted as materialized (
      select t.talking_point_id, a.segment, a.stage, case when grouping(a.segment) = 0 then 'segment' when grouping(a.stage) = 0 then 'stage' else 'all' end as of,
        count(*) filter (where t.outcome = 'landed')::int as landed, count(*)::int as told
      from told t left join account a on a.workspace_id = ${workspaceId} and a.id = t.account_id
      group by grouping sets ((t.talking_point_id, a.segment), (t.talking_point_id, a.stage), (t.talking_point_id))
    ), results as (select talking_point_id, landed, told - landed as fell_flat from counted where of = 'all'),
    segments as (${gatherParts('segment')}), stages as (${gatherParts('stage')}
    ), viewed as (
      select talking_point_id, sum(views)::int as seen from talking_point_seen where workspace_id = ${workspaceId} group by 1
    ), said as (
      select talking_point_id, count(*)::int as words from insight
      where workspace_id = ${workspaceId} and talking_point_id is not null and withdrawn_at is null group by 1
    )
    select p.id, p.title, p.text, p.why_now, p.link, p.campaign_id, c.name as campaign, coalesce(m.name, '') as owner, p.owner_id,
      case when p.ended_at is not null then 'ended' when p.expires_on < ${today}::date then 'expired'
           when p.starts_on > ${today}::date then 'scheduled' else 'live' end as state,
      p.pushed_at, p.ended_at, p.starts_on::text, p.expires_on::text, p.audience,
      coalesce(p.accounts, (select count(*)::int from talking_point_account x where x.workspace_id = p.workspace_id and x.talking_point_id = p.id)) as accounts,
      coalesce(v.seen, 0) as seen, coalesce(u.copied, 0) as copied,
      coalesce(u.inserted, 0) as inserted, coalesce(u.used, 0) as used, coalesce(x.landed, 0) as landed,
      coalesce(x.fell_flat, 0) as fell_flat, coalesce(s.parts, '[]'::jsonb) as by_segment,
      coalesce(g.parts, '[]'::jsonb) as by_stage, coalesce(i.words, 0) as words, u.last_used_at,
      (select n.id from talking_point n where n.workspace_id = p.workspace_id and n.replaces = p.id order by n.pushed_at desc limit 1) as replaced_by,
      (with recursive chain as (
         select p.replaces as id union select o.replaces from chain join talking_point o on o.workspace_id = p.workspace_id and o.id = chain.id)
       select count(*)::int from chain join talking_point o on o.workspace_id = p.workspace_id and o.id = chain.id) as edits
    from talking_point p
    left join campaign c on c.workspace_id = p.workspace_id and c.id = p.campaign_id
    left join member m on m.workspace_id = p.workspace_id and m.id = p.owner_id
    left join viewed v on v.talking_point_id = p.id
    left join uses u on u.talking_point_id = p.id
    left join results x on x.talking_point_id = p.id
    left join segments s on s.talking_point_id = p.id
    left join stages g on g.talking_point_id = p.id
    left join said i on i.talking_point_id = p.id
    where p.workspace_id = ${workspaceId} and (${ids === null} or p.id = any(${[...(ids ?? [])]}::uuid[])) order by p.pushed_at desc, p.id`.execute(
    scope,
  );
  return rows.map((row) => ({
    ...row,
    pushedAt: row.pushedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}
