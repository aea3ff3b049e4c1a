import { sql } from 'kysely';
import type { LeadQuality, QualityRow, RollUpBy } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** Verdicts that count: one a contact and member, the latest not undone, given at `since` or after (null: ever). As a subquery. */
export function writeStandingVerdicts(workspaceId: WorkspaceId, since: Date | null) {
  return sql`(
    select distinct on (v.contact_id, v.member_id) v.* from verdict v
    where v.workspace_id = ${workspaceId} and v.undone_at is null ${since ? sql`and v.at >= ${since}` : sql``}
    order by v.contact_id, v.member_id, v.at desc, v.id desc)`;
}

/** The column of a verdict that a roll-up groups by. */
export const groupColumn = { campaign: sql`v.last_campaign_id::text`, segment: sql`v.segment` } as const;

interface GroupRow {
  key: string | null;
  label: string | null;
  weak: number;
  strong: number;
  reasons: QualityRow['reasons'];
}

/** Rolls up the verdicts of the last `days` before `now`: rows with most verdicts first, their sum, by week and by grade. */
export async function rollUpVerdicts(
  scope: Scope,
  workspaceId: WorkspaceId,
  by: RollUpBy,
  days: number,
  now: Date,
): Promise<LeadQuality> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const standing = writeStandingVerdicts(workspaceId, since);
  const { rows } = await sql<GroupRow & { isTotal: boolean }>`
    with counted as (select v.*, ${groupColumn[by]} as key from ${standing} v),
    grouped as (
      select key, grouping(key) = 1 as is_total, count(*) filter (where value = 'weak')::int as weak,
        count(*) filter (where value = 'strong')::int as strong
      from counted group by rollup (key)
    ), reasons as (
      select key, is_total, jsonb_agg(jsonb_build_object('reason', reason, 'count', times) order by times desc, reason) as reasons
      from (select key, grouping(key) = 1 as is_total, reason, count(*)::int as times from counted
            where value = 'weak' group by grouping sets ((key, reason), (reason))) r
      group by key, is_total
    )
    select g.key, ${by === 'campaign' ? sql`c.name` : sql`g.key`} as label, g.is_total, g.weak, g.strong, coalesce(r.reasons, '[]'::jsonb) as reasons
    from grouped g
    left join reasons r on r.is_total = g.is_total and r.key is not distinct from g.key
    left join campaign c on ${by === 'campaign' ? sql`c.workspace_id = ${workspaceId} and c.id::text = g.key` : sql`false`}
    order by g.weak + g.strong desc, label`.execute(scope);
  const none: QualityRow = { key: null, label: null, weak: 0, strong: 0, reasons: [] };
  const withoutFlag = ({ isTotal: _, ...row }: GroupRow & { isTotal: boolean }): QualityRow => row;
  const total = rows.find((row) => row.isTotal);
  return {
    by,
    asOf: now.toISOString(),
    total: total ? withoutFlag(total) : none,
    rows: rows.filter((row) => !row.isTotal).map(withoutFlag),
    weeks: await countWeeks(scope, workspaceId, since, now),
    grades: await countGrades(scope, workspaceId, since),
  };
}

async function countWeeks(
  scope: Scope,
  workspaceId: WorkspaceId,
  since: Date,
  now: Date,
): Promise<LeadQuality['weeks']> {
  const { rows } = await sql<LeadQuality['weeks'][number]>`
    select w::date::text as starts_on, count(v.id) filter (where v.value = 'weak')::int as weak,
      count(v.id) filter (where v.value = 'strong')::int as strong
    from generate_series(date_trunc('week', ${since}::timestamptz at time zone 'UTC'),
                         date_trunc('week', ${now}::timestamptz at time zone 'UTC'), interval '7 days') w
    left join ${writeStandingVerdicts(workspaceId, since)} v on date_trunc('week', v.at at time zone 'UTC') = w
    group by w order by w`.execute(scope);
  return rows;
}

async function countGrades(scope: Scope, workspaceId: WorkspaceId, since: Date): Promise<LeadQuality['grades']> {
  const { rows } = await sql<LeadQuality['grades'][number]>`
    select v.grade, count(*) filter (where v.value = 'weak')::int as weak, count(*) filter (where v.value = 'strong')::int as strong
    from ${writeStandingVerdicts(workspaceId, since)} v group by v.grade order by v.grade`.execute(scope);
  return rows;
}
