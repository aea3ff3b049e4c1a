import { sql } from 'kysely';
import type { Funnel, FunnelFigures } from '#contract/funnel.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import { type FunnelStages, findFunnelStages } from './funnel-stages.ts';

const dayMs = 86_400_000;
/** So many segments are told apart. */
const mostSegments = 50;

interface GroupKey {
  /** The stage's place in the funnel, from 1. */
  place: number;
  /** True: of all segments together. */
  isAll: boolean;
  segment: string | null;
}

type Flow = GroupKey &
  Pick<FunnelFigures, 'entered' | 'firstSeen' | 'wentOn' | 'whole'> &
  Record<'median' | 'medianWhole' | 'p75' | 'p75Whole', number>;
type Standing = GroupKey & Pick<FunnelFigures, 'there' | 'late'>;

/**
 * How accounts went through the funnel in the last `days` before `now` (null: ever), by stage and by stage and segment. An account counts once a stage, by its first stay that began in the
 * period, under the segment it has now. Stays that go on, and those that began before they were seen, are as long as is known: their quantiles are told as "at least" where it matters.
 */
export async function readFunnel(
  scope: Scope,
  workspaceId: WorkspaceId,
  days: number | null,
  now: Date,
): Promise<Funnel> {
  await giveRoom(scope);
  const agreed = await findFunnelStages(scope, workspaceId);
  const flows = await readFlows(scope, workspaceId, agreed, days === null ? null : days * dayMs, now);
  const standings = await readStandings(scope, workspaceId, agreed, now);
  const { rows } = await sql<{ since: Date | null; outside: Funnel['outside'] }>`
    select (select min(from_at) from account_stage where workspace_id = ${workspaceId}) as since,
      coalesce((select jsonb_agg(jsonb_build_object('stage', stage, 'there', there) order by there desc, stage) from (
        select stage, count(*)::int as there from account where workspace_id = ${workspaceId}
          and stage <> all(${agreed.stages.map(({ name }) => name)}::text[]) group by stage order by 2 desc, 1 limit 20) o), '[]'::jsonb) as outside`.execute(
    scope,
  );
  const figuresOf = (isOurs: (key: GroupKey) => boolean): FunnelFigures[] => {
    const [ownFlows, ownStandings] = [flows.filter(isOurs), standings.filter(isOurs)];
    return agreed.stages.map(({ targetDays }, index) => {
      const flow = ownFlows.find(({ place }) => place === index + 1);
      const standing = ownStandings.find(({ place }) => place === index + 1);
      return toFigures(flow, standing, targetDays);
    });
  };
  const segments = [...new Set([...flows, ...standings].filter(({ isAll }) => !isAll).map(({ segment }) => segment))]
    .map((segment) => {
      const figures = figuresOf((key) => !key.isAll && key.segment === segment);
      return { segment, accounts: figures.reduce((sum, { there }) => sum + there, 0), figures };
    })
    .sort((a, b) => b.accounts - a.accounts || (a.segment ?? '').localeCompare(b.segment ?? ''))
    .slice(0, mostSegments);
  return {
    asOf: now.toISOString(),
    since: rows[0]?.since?.toISOString() ?? null,
    ...agreed,
    all: figuresOf(({ isAll }) => isAll),
    segments,
    outside: rows[0]?.outside ?? [],
  };
}

function toFigures(flow: Flow | undefined, standing: Standing | undefined, targetDays: number | null): FunnelFigures {
  const { entered = 0, firstSeen = 0, wentOn = 0, whole = 0 } = flow ?? {};
  return {
    there: standing?.there ?? 0,
    late: targetDays === null ? null : (standing?.late ?? 0),
    entered,
    firstSeen,
    wentOn,
    whole,
    median: flow ? { days: flow.median, isAtLeast: flow.medianWhole !== flow.median } : null,
    p75: flow ? { days: flow.p75, isAtLeast: flow.p75Whole !== flow.p75 } : null,
  };
}

/** The stages as rows: `place` from 1, `name`, `target`. */
const asRows = ({ stages }: FunnelStages) => sql`
  unnest(${stages.map(({ name }) => name)}::text[], ${stages.map(({ targetDays }) => targetDays)}::int[])
    with ordinality as o(name, target, place)`;

async function readFlows(
  scope: Scope,
  workspaceId: WorkspaceId,
  agreed: FunnelStages,
  periodMs: number | null,
  now: Date,
): Promise<Flow[]> {
  const since = periodMs === null ? null : new Date(now.getTime() - periodMs);
  // A stay that is not whole counts as endless in the second of each pair: where that moves the quantile, the first is what is known of it at least.
  const { rows } = await sql<Flow>`
    with funnel as materialized (select * from ${asRows(agreed)}),
    moves as (
      select o.place, s.account_id, s.from_at, s.until_at, s.is_first_seen,
        max(o.place) over (partition by s.account_id order by s.from_at desc rows between unbounded preceding and 1 preceding) as later
      from funnel o join account_stage s on s.workspace_id = ${workspaceId} and s.stage = o.name
        and s.from_at <= ${now} ${since ? sql`and s.from_at >= ${since}` : sql``}
    ), stays as (select distinct on (account_id, place) * from moves order by account_id, place, from_at),
    judged as materialized (
      select y.place, a.segment, y.is_first_seen, y.until_at is not null and not y.is_first_seen as is_whole, coalesce(y.later > y.place, false) as went_on,
        greatest(0, extract(epoch from coalesce(y.until_at, ${now}) - y.from_at) / 86400)::float8 as days
      from stays y join account a on a.workspace_id = ${workspaceId} and a.id = y.account_id
    )
    select place::int as place, grouping(segment) = 1 as is_all, segment, count(*)::int as entered,
      count(*) filter (where is_first_seen)::int as first_seen, count(*) filter (where went_on)::int as went_on,
      count(*) filter (where is_whole)::int as whole,
      percentile_disc(0.5) within group (order by days) as median, percentile_disc(0.75) within group (order by days) as p75,
      percentile_disc(0.5) within group (order by case when is_whole then days else 'Infinity' end) as median_whole,
      percentile_disc(0.75) within group (order by case when is_whole then days else 'Infinity' end) as p75_whole
    from judged group by grouping sets ((place), (place, segment))`.execute(scope);
  return rows;
}

/** Who is where now; `late`: of those whose stay is known, as far as it is. */
async function readStandings(
  scope: Scope,
  workspaceId: WorkspaceId,
  agreed: FunnelStages,
  now: Date,
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select o.place::int as place, grouping(a.segment) = 1 as is_all, a.segment, count(*)::int as there,
      count(*) filter (where s.from_at < ${now}::timestamptz - make_interval(days => o.target))::int as late
    from ${asRows(agreed)} join account a on a.workspace_id = ${workspaceId} and a.stage = o.name
    left join account_stage s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null and s.stage = a.stage
    group by grouping sets ((o.place), (o.place, a.segment))`.execute(scope);
  return rows;
}
