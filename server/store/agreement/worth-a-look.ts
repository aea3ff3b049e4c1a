import { sql } from 'kysely';
import type { WorthALook } from '#contract/evidence.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { findWorthALook, type MetCounts, twinShare } from '../../../utils/scoring/evidence.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Scope } from '../../db/scope.ts';
import { writeStandingVerdicts } from '../desk-quality.ts';

const aggregate = (rows: ReturnType<typeof sql>) => sql`(select coalesce(jsonb_agg(r), '[]'::jsonb) from (${rows}) r)`;

/** What verdicts given at `since` or after say of the criteria in force themselves; as `criteriaEvidenceSchema` says. */
export async function readWorthALook(scope: Scope, workspaceId: WorkspaceId, since: Date): Promise<WorthALook> {
  // A criterion without points leaves no mark in a score: of such a scorecard nobody can say who met it.
  const { rows } = await sql<MetCounts>`
    with standing as materialized (
      select v.id, v.value, v.reason, v.scorecard_version, v.met from ${writeStandingVerdicts(workspaceId, since)} v),
    asking as materialized (
      select s.version, c->>'id' as criterion from scorecard s, jsonb_array_elements(s.card->'criteria') c
      where s.workspace_id = ${workspaceId} and (c->>'points')::numeric <> 0),
    current as (select criterion from asking where version = (select max(version) from scorecard where workspace_id = ${workspaceId})),
    met as materialized (
      select s.id, s.reason, c as criterion from standing s, unnest(s.met) c where c in (select criterion from current)),
    -- All that one verdict's lead met, together: a join of the list with itself is planned for a few rows, and takes their square.
    together as materialized (select array_agg(criterion) as criteria from met group by id),
    by_version as (select scorecard_version as version, count(*)::int as given from standing group by 1),
    by_reason as (select criterion, reason, count(*)::int as count from met group by 1, 2)
    select (select count(*)::int from standing) as verdicts,
      ${aggregate(sql`
        select c.criterion, coalesce((select sum(m.count) from by_reason m where m.criterion = c.criterion), 0) as met,
          coalesce((select sum(v.given) from by_version v join asking a using (version) where a.criterion = c.criterion), 0) as asked
        from current c order by c.criterion`)} as criteria,
      ${aggregate(sql`
        select one, other, count(*) as both
        from together t, unnest(t.criteria) one, unnest(t.criteria) other where other > one
        group by 1, 2 having count(*) >= ${twinShare * enough} order by 1, 2`)} as pairs,
      ${aggregate(sql`
        select s.reason, count(*) as count, sum(count(*)) over (partition by s.value) as of,
          (select coalesce(jsonb_object_agg(m.criterion, m.count), '{}'::jsonb) from by_reason m where m.reason = s.reason) as met
        from standing s where s.reason is not null group by s.reason, s.value order by s.reason`)} as reasons`.execute(
    scope,
  );
  const [counts] = rows;
  return findWorthALook(counts ?? { verdicts: 0, criteria: [], pairs: [], reasons: [] });
}
