import { sql } from 'kysely';
import type { CriteriaEvidence, CriterionEvidence } from '#contract/evidence.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../../db/scope.ts';
import { writeStandingVerdicts } from '../desk-quality.ts';
import { readWorthALook } from './worth-a-look.ts';

interface EvidenceRow {
  criterion: string | null;
  segment: string | null;
  level: 'all' | 'criterion' | 'segment';
  strong: number;
  weak: number;
}

/** Verdicts of the last `days` before `now` by the criteria that their leads met; as `criteriaEvidenceSchema` says. */
export async function readEvidence(
  scope: Scope,
  workspaceId: WorkspaceId,
  days: number,
  now: Date,
): Promise<CriteriaEvidence> {
  await giveRoom(scope);
  const since = new Date(now.getTime() - days * 86_400_000);
  const { rows } = await sql<EvidenceRow>`
    with standing as materialized (select v.value, v.segment, v.met from ${writeStandingVerdicts(workspaceId, since)} v),
    met as (select s.value, s.segment, c as criterion from standing s, unnest(s.met) c)
    select criterion, segment, case when grouping(segment) = 1 then 'criterion' else 'segment' end as level,
      count(*) filter (where value = 'strong')::int as strong, count(*) filter (where value = 'weak')::int as weak
    from met group by grouping sets ((criterion), (criterion, segment))
    union all
    select null, null, 'all', count(*) filter (where value = 'strong')::int, count(*) filter (where value = 'weak')::int from standing
    order by criterion, level, segment`.execute(scope);
  const all = rows.find(({ level }) => level === 'all') ?? { strong: 0, weak: 0 };
  const criteria = rows.flatMap(({ criterion, level, strong, weak }): CriterionEvidence[] => {
    if (level !== 'criterion' || criterion === null) return [];
    const bySegment = rows
      .filter((row) => row.level === 'segment' && row.criterion === criterion)
      .map((row) => ({ segment: row.segment, strong: row.strong, weak: row.weak }))
      .sort((a, b) => b.strong + b.weak - a.strong - a.weak);
    return [{ criterion, strong, weak, bySegment }];
  });
  return {
    asOf: now.toISOString(),
    all: { strong: all.strong, weak: all.weak },
    criteria,
    worthALook: await readWorthALook(scope, workspaceId, since),
  };
}
