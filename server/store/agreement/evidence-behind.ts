import { sql } from 'kysely';
import type { EvidenceBehind } from '#contract/evidence.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../../db/scope.ts';
import { placeOf } from '../desk-insights.ts';
import { writeStandingVerdicts } from '../desk-quality.ts';
import { writeInstant } from '../instant.ts';

const most = 50;

/** The verdicts that `readEvidence` counts for a criterion, and what was written about their leads; as `evidenceBehindSchema` says. */
export async function readEvidenceBehind(
  scope: Scope,
  workspaceId: WorkspaceId,
  { criterion, days }: { criterion: string; days: number },
  now: Date,
): Promise<EvidenceBehind> {
  await giveRoom(scope);
  const since = new Date(now.getTime() - days * 86_400_000);
  const { rows } = await sql<EvidenceBehind>`
    with met as materialized (
      select v.id, v.contact_id, v.account_id, v.at from ${writeStandingVerdicts(workspaceId, since)} v
      where ${criterion} = any(v.met)
    ), heard as materialized (
      select i.id, i.at from insight i where i.workspace_id = ${workspaceId} and i.withdrawn_at is null and i.at >= ${since}
        and (i.contact_id in (select contact_id from met) or (i.contact_id is null and i.account_id in (select account_id from met))))
    select (select count(*)::int from met) as verdict_count, (select count(*)::int from heard) as insight_count,
      coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'value', v.value, 'reason', v.reason, 'at', ${writeInstant('v.at')}, 'contactId', v.contact_id, 'contact', c.name,
          'account', a.name, 'segment', v.segment, 'campaign', p.name, 'grade', v.grade) order by v.at desc, v.id)
        from (select id from met order by at desc, id limit ${most}) k join verdict v on v.workspace_id = ${workspaceId} and v.id = k.id
        left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
        left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id
        left join campaign p on p.workspace_id = v.workspace_id and p.id = v.last_campaign_id), '[]'::jsonb) as verdicts,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'text', i.text, 'quote', i.quote, 'kind', i.kind, 'at', ${writeInstant('i.at')}, 'by', coalesce(m.name, ''),
          'account', a.name, 'contact', c.name) order by i.at desc, i.id)
        from (select i.*, ${placeOf} as place_id from (select id from heard order by at desc, id limit ${most}) k join insight i on i.workspace_id = ${workspaceId} and i.id = k.id offset 0) i
        left join member m on m.workspace_id = i.workspace_id and m.id = i.member_id
        left join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
        left join account a on a.workspace_id = i.workspace_id and a.id = i.place_id), '[]'::jsonb) as insights`.execute(
    scope,
  );
  return rows[0] ?? { verdicts: [], verdictCount: 0, insights: [], insightCount: 0 };
}
