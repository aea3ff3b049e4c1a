import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { SaidCounts, SaidDay } from '#contract/said.ts';
import { addDays, readDay, startOfDay } from '../../utils/platform/zone.ts';
import type { Scope } from '../db/scope.ts';
import { writeStandingVerdicts } from './desk-quality.ts';

/** Instants are told in whole milliseconds: what was said within that one was there to be seen. */
const justAfter = (since: Date) => new Date(since.getTime() + 1);

const nothing: SaidCounts = { weak: 0, strong: 0, insights: 0, asks: 0 };

/** Counts what reps said after `since`, to the millisecond. */
export async function countSaid(scope: Scope, workspaceId: WorkspaceId, since: Date): Promise<SaidCounts> {
  const from = justAfter(since);
  const { rows } = await sql<SaidCounts>`
    select v.weak, v.strong,
      (select count(*)::int from insight i
       where i.workspace_id = ${workspaceId} and i.at >= ${from} and i.withdrawn_at is null and i.source is null) as insights,
      (select count(*)::int from ask k
       where k.workspace_id = ${workspaceId} and k.at >= ${from} and k.withdrawn_at is null and k.to_members is null) as asks
    from (select count(*) filter (where value = 'weak')::int as weak, count(*) filter (where value = 'strong')::int as strong
      from ${writeStandingVerdicts(workspaceId, from)} s) v`.execute(scope);
  return rows[0] ?? nothing;
}

interface Counted {
  /** Which day, from 1 on. */
  place: number;
  what: keyof SaidCounts;
  count: number;
  fresh: number;
}

/** The same on each of the last `days` that the zone's calendars show, today among them, oldest first; `fresh` of it after `since`, where that is given. */
export async function countSaidByDay(
  scope: Scope,
  workspaceId: WorkspaceId,
  { zone, days, since }: { zone: string; days: number; since: Date | null },
  now: Date,
): Promise<SaidDay[]> {
  const today = readDay(now, zone);
  const list = Array.from({ length: days }, (_, index) => addDays(today, index + 1 - days));
  const starts = list.map((day) => startOfDay(day, zone));
  const from = starts[0] ?? now;
  const isFresh = since === null ? sql`true` : sql`at >= ${justAfter(since)}`;
  const { rows } = await sql<Counted>`
    with said as (
      select v.at, v.value as what from ${writeStandingVerdicts(workspaceId, from)} v
      union all select i.at, 'insights' from insight i
        where i.workspace_id = ${workspaceId} and i.at >= ${from} and i.withdrawn_at is null and i.source is null
      union all select k.at, 'asks' from ask k
        where k.workspace_id = ${workspaceId} and k.at >= ${from} and k.withdrawn_at is null and k.to_members is null)
    select width_bucket(at, ${starts}::timestamptz[]) as place, what, count(*)::int as count, (count(*) filter (where ${isFresh}))::int as fresh
    from said where at < ${startOfDay(addDays(today, 1), zone)} group by 1, 2`.execute(scope);
  const answer = list.map((day): SaidDay => ({ day, ...nothing, fresh: { ...nothing } }));
  for (const { place, what, count, fresh } of rows) {
    const day = answer[place - 1];
    if (!day) continue;
    day[what] = count;
    day.fresh[what] = fresh;
  }
  return answer;
}
