import { type RawBuilder, sql } from 'kysely';
import { type LeadQuality, type QualityRow, type RollUpBy, type VerdictSide, verdictSides } from '#contract/desk.ts';
import { daySchema, type WorkspaceId } from '#contract/ids.ts';
import { highGrades, lowGrades } from '#contract/verdict.ts';
import { addDays, listMondays, readDay, startOfDay } from '../../utils/platform/zone.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import { readScorecard } from './scorecard.ts';
import { readZone } from './workspace-settings.ts';

/** Verdicts that count: one a contact and member, the latest not undone, given at `since` or after (null: ever). As a subquery. */
export function writeStandingVerdicts(workspaceId: WorkspaceId, since: Date | null) {
  return sql`(
    select distinct on (v.contact_id, v.member_id) v.* from verdict v
    where v.workspace_id = ${workspaceId} and v.undone_at is null ${since ? sql`and v.at >= ${since}` : sql``}
    order by v.contact_id, v.member_id, v.at desc, v.id desc)`;
}

/** What a verdict `v` is counted under; `p` is its last campaign. By criterion it is counted under each that its lead met, by week by its Monday. */
const keys: Readonly<Record<Exclude<RollUpBy, 'criterion' | 'week'>, RawBuilder<unknown>>> = {
  campaign: sql`v.last_campaign_id::text`,
  source: sql`p.channel`,
  segment: sql`v.segment`,
  tier: sql`v.tier::text`,
  band: sql`v.grade`,
  reason: sql`v.reason`,
};

/** Whether a verdict `v` (with its last campaign `p`) is counted under `key`, in `zone`; null: under none. */
export function writeIsUnder(by: RollUpBy, key: string | null, zone: string): RawBuilder<unknown> {
  if (by === 'week') {
    const monday = daySchema.safeParse(key).data;
    return monday === undefined
      ? sql`false`
      : sql`(v.at >= ${startOfDay(monday, zone)} and v.at < ${startOfDay(addDays(monday, 7), zone)})`;
  }
  if (by !== 'criterion') return sql`${keys[by]} is not distinct from ${key}`;
  return key === null ? sql`jsonb_array_length(v.criteria) = 0` : sql`jsonb_exists(v.criteria, ${key})`;
}

/** Each side to one value, an empty one for those without it; a missing one to all. */
export type ChosenSides = Readonly<Partial<Record<VerdictSide, string | undefined>>>;

/** Whether a standing verdict `v` (with its last campaign `p`) is on all of the chosen sides; null: no side is chosen. */
export function writeIsOn(sides: ChosenSides): RawBuilder<unknown> | null {
  const chosen = verdictSides.flatMap((side) =>
    sides[side] === undefined ? [] : [sql`${keys[side]} is not distinct from ${sides[side] || null}`],
  );
  return chosen.length === 0 ? null : sql.join(chosen, sql` and `);
}

/** The last campaign `p` of a verdict `v`, where something is asked of it. */
export function joinLastCampaign(by: RollUpBy, sides: ChosenSides): RawBuilder<unknown> {
  return by === 'source' || sides.source !== undefined
    ? sql`left join campaign p on p.workspace_id = v.workspace_id and p.id = v.last_campaign_id`
    : sql``;
}

/** Tells by what verdicts since then are filtered, and by what they could be. */
async function readFilters(
  scope: Scope,
  workspaceId: WorkspaceId,
  since: Date,
  sides: ChosenSides,
): Promise<NonNullable<LeadQuality['filters']>> {
  const { rows } = await sql<Record<VerdictSide, string | null>>`
    select distinct ${keys.segment} as segment, ${keys.tier} as tier, ${keys.source} as source
    from (select distinct segment, tier, last_campaign_id from ${writeStandingVerdicts(workspaceId, since)} s) v
    left join campaign p on p.workspace_id = ${workspaceId} and p.id = v.last_campaign_id`.execute(scope);
  const filter = (side: VerdictSide) => {
    const values = [...new Set(rows.map((row) => row[side] ?? ''))];
    // Those without stand last; the others as people count and read.
    values.sort((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'en', { numeric: true }));
    return { chosen: sides[side], values };
  };
  return { segment: filter('segment'), tier: filter('tier'), source: filter('source') };
}

/** A verdict `v` against its score: a good one called weak, a poor one called strong. */
export const isDisagreement = sql`(v.value = 'weak' and v.grade = any(${sql.lit(`{${highGrades.join(',')}}`)}::text[])
  or v.value = 'strong' and v.grade = any(${sql.lit(`{${lowGrades.join(',')}}`)}::text[]))`;

/** A verdict `v` that was looked into. */
export const isSettled = sql`exists (select 1 from settled_verdict s where s.workspace_id = v.workspace_id and s.verdict_id = v.id)`;

type Counted = Omit<LeadQuality, 'by' | 'zone' | 'asOf' | 'filters'>;
const noRow: QualityRow = { key: null, label: null, weak: 0, strong: 0, reasons: [] };

/** Rolls up the verdicts of the last `days` before `now`, those on the chosen sides alone, in one reading of them: rows with most verdicts first, their sum, by week and by grade. */
export async function rollUpVerdicts(
  scope: Scope,
  workspaceId: WorkspaceId,
  by: RollUpBy,
  days: number,
  now: Date,
  sides: ChosenSides = {},
): Promise<LeadQuality> {
  await giveRoom(scope);
  const since = new Date(now.getTime() - days * 86_400_000);
  const zone = await readZone(scope, workspaceId);
  const weeks = listMondays(readDay(since, zone), readDay(now, zone));
  const weekOf = sql`width_bucket(v.at, ${weeks.map((day) => startOfDay(day, zone))}::timestamptz[])`;
  const isByCriterion = by === 'criterion';
  const key = { ...keys, week: sql`(${weeks}::text[])[${weekOf}]`, criterion: sql`v.criteria` }[by];
  // Each verdict is looked at once; all that is told is added up from these few counts.
  const counts = isByCriterion
    ? sql`select 'key' as of, k.key, v.value, v.reason, null::int as week, null as grade, false as is_against, count(*) as times from standing v
          left join lateral (select distinct c as key from jsonb_array_elements_text(v.key) c) k on true group by 2, 3, 4
        union all select case when grouping(v.week) = 0 then 'week' else 'grade' end, null, v.value, v.reason, v.week, v.grade, v.is_against, count(*) from standing v
          group by grouping sets ((v.week, v.value), (v.grade, v.value, v.reason, v.is_against))`
    : sql`select case when grouping(v.week) = 0 then 'week' when grouping(v.grade) = 0 then 'grade' else 'key' end as of,
          v.key, v.value, v.reason, v.week, v.grade, v.is_against, count(*) as times from standing v
          group by grouping sets ((v.key, v.value, v.reason), (v.week, v.value), (v.grade, v.value, v.reason, v.is_against))`;
  const sum = (of: RawBuilder<unknown>) => sql`coalesce(sum(times) filter (where ${of}), 0)::int`;
  const weakAndStrong = sql`${sum(sql`value = 'weak'`)} as weak, ${sum(sql`value = 'strong'`)} as strong`;
  const reasons = sql`jsonb_agg(jsonb_build_object('reason', reason, 'count', times) order by times desc, reason)`;
  const { rows } = await sql<Counted>`
    with standing as ${isByCriterion ? sql`materialized` : sql`not materialized`} (
      select ${key} as key, v.value, v.reason, v.grade, ${weekOf} as week,
        ${isDisagreement} and s.verdict_id is null as is_against
      from ${writeStandingVerdicts(workspaceId, since)} v
      left join settled_verdict s on s.workspace_id = ${workspaceId} and s.verdict_id = v.id
      ${joinLastCampaign(by, sides)}
      where ${writeIsOn(sides) ?? sql`true`}
    ), counted as materialized (${counts}),
    grouped as (select key, ${weakAndStrong} from counted where of = 'key' group by key),
    reasons as (select key, ${reasons} as reasons from counted where of = 'key' and value = 'weak' group by key),
    named as (
      select g.key, ${by === 'campaign' ? sql`c.name` : sql`g.key`} as label, g.weak, g.strong, coalesce(r.reasons, '[]'::jsonb) as reasons
      from grouped g left join reasons r on r.key is not distinct from g.key
      ${by === 'campaign' ? sql`left join campaign c on c.workspace_id = ${workspaceId} and c.id::text = g.key` : sql``}
    ), weeks as (
      select w.starts_on, ${weakAndStrong} from unnest(${weeks}::text[]) with ordinality w(starts_on, place)
      left join counted on of = 'week' and week = w.place group by w.starts_on
    ), graded as (select grade, value, reason, is_against, times from counted where of = 'grade')
    select
      coalesce((select jsonb_agg(n order by n.weak + n.strong desc, n.label, n.key) from named n), '[]'::jsonb) as rows,
      (select jsonb_build_object('key', null, 'label', null, 'weak', ${sum(sql`value = 'weak'`)}, 'strong', ${sum(sql`value = 'strong'`)}, 'reasons', coalesce((
         select ${reasons} from (select reason, sum(times) as times from graded where value = 'weak' group by reason) r), '[]'::jsonb)) from graded) as total,
      (select jsonb_agg(jsonb_build_object('startsOn', starts_on, 'weak', weak, 'strong', strong) order by starts_on) from weeks) as weeks,
      coalesce((select jsonb_agg(g order by g.grade) from (select grade, ${weakAndStrong} from graded group by grade) g), '[]'::jsonb) as grades,
      (select ${sum(sql`is_against`)} from graded) as disagreements`.execute(scope);
  const counted = rows[0] ?? { rows: [], total: noRow, weeks: [], grades: [] };
  const labels =
    by === 'criterion'
      ? new Map((await readScorecard(scope, workspaceId)).criteria.map(({ id, label }) => [id, label]))
      : new Map<string, string>();
  const named = counted.rows.map((row) => ({ ...row, label: labels.get(row.key ?? '') ?? row.label }));
  const filters = await readFilters(scope, workspaceId, since, sides);
  return { by, zone, asOf: now.toISOString(), ...counted, rows: named, filters };
}
