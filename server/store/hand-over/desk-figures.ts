import { sql } from 'kysely';
import type { HandOverFigure, HandOverFigures, HandOverRollUp } from '#contract/desk-hand-over.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../../db/scope.ts';
import { rollUpKeys } from './desk-list.ts';
import { readAgreedHours } from './offer.ts';
import { countUnoffered } from './offerable.ts';

type Counted = Pick<HandOverFigures, 'total' | 'medianHours' | 'rows' | 'reasons' | 'open'>;

/** Hand-overs in numbers: those offered in the last `days` by campaign or segment, and what waits now. Nobody is counted by who has them. */
export async function rollUpHandOvers(
  scope: Scope,
  workspaceId: WorkspaceId,
  by: HandOverRollUp,
  days: number,
  now: Date,
): Promise<HandOverFigures> {
  await giveRoom(scope);
  const since = new Date(now.getTime() - days * 86_400_000);
  const counts = sql`count(*)::int as offered, count(*) filter (where state = 'accepted')::int as accepted,
    count(*) filter (where state = 'returned')::int as returned, count(*) filter (where way = 'disqualify')::int as disqualified,
    count(*) filter (where state = 'offered')::int as waiting, count(*) filter (where answered_at <= due_at)::int as in_time`;
  const sums = sql`select coalesce(sum(offered), 0)::int as offered, coalesce(sum(accepted), 0)::int as accepted, coalesce(sum(returned), 0)::int as returned,
    coalesce(sum(disqualified), 0)::int as disqualified, coalesce(sum(waiting), 0)::int as waiting, coalesce(sum(in_time), 0)::int as in_time from grouped`;
  const { rows } = await sql<Counted>`
    with counted as materialized (
      select ${rollUpKeys[by]} as key, h.state, h.way, h.reason, h.answered_at, h.assigned_at, h.due_at from hand_over h
      where h.workspace_id = ${workspaceId} and h.offered_at >= ${since} and h.state <> 'withdrawn'
    ), grouped as (select key, ${counts} from counted group by key),
    named as (
      select g.*, ${by === 'campaign' ? sql`c.name` : sql`g.key`} as label from grouped g
      ${by === 'campaign' ? sql`left join campaign c on c.workspace_id = ${workspaceId} and c.id::text = g.key` : sql``})
    select
      coalesce((select jsonb_agg(jsonb_build_object('key', n.key, 'label', n.label, 'offered', n.offered, 'accepted', n.accepted, 'returned', n.returned,
        'disqualified', n.disqualified, 'waiting', n.waiting, 'inTime', n.in_time) order by n.offered desc, n.label, n.key) from named n), '[]'::jsonb) as rows,
      (select jsonb_build_object('offered', t.offered, 'accepted', t.accepted, 'returned', t.returned, 'disqualified', t.disqualified, 'waiting', t.waiting,
        'inTime', t.in_time) from (${sums}) t) as total,
      (select percentile_cont(0.5) within group (order by extract(epoch from answered_at - assigned_at)::float8 / 3600) from counted
        where answered_at is not null and assigned_at is not null) as median_hours,
      coalesce((select jsonb_agg(r order by r.count desc, r.way, r.reason) from (
        select way, reason, count(*)::int as count from counted where state = 'returned' group by way, reason) r), '[]'::jsonb) as reasons,
      (select jsonb_build_object('waiting', count(*), 'overdue', count(*) filter (where due_at < ${now}), 'nobody', count(*) filter (where member_id is null))
        from hand_over where workspace_id = ${workspaceId} and state = 'offered') as open`.execute(scope);
  const noRows: HandOverFigure[] = [];
  const none = { offered: 0, accepted: 0, returned: 0, disqualified: 0, waiting: 0, inTime: 0 };
  const counted = rows[0] ?? {
    rows: noRows,
    total: none,
    medianHours: null,
    reasons: [],
    open: { waiting: 0, overdue: 0, nobody: 0 },
  };
  return {
    by,
    asOf: now.toISOString(),
    hours: await readAgreedHours(scope, workspaceId),
    ...counted,
    unoffered: await countUnoffered(scope, workspaceId),
  };
}
