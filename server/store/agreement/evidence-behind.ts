import { sql } from 'kysely';
import type { EvidenceBehind } from '#contract/evidence.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../../db/scope.ts';
import { writeStandingVerdicts } from '../desk-quality.ts';

type Verdict = EvidenceBehind['verdicts'][number];
type Insight = EvidenceBehind['insights'][number];
/** A row as it is read, with how many there are in all. */
type Counted<T extends { at: string }> = Omit<T, 'at'> & { at: Date; inAll: number };

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
  const met = sql`(
    select v.* from ${writeStandingVerdicts(workspaceId, since)} v
    where jsonb_exists(v.criteria, ${criterion}) and exists (select from jsonb_array_elements(v.score->'reasons') r
                  where r->>'criterion' = ${criterion} and (r->>'points')::numeric <> 0))`;
  const { rows: verdicts } = await sql<Counted<Verdict>>`
    select v.id, v.value, v.reason, v.at, v.contact_id, c.name as contact, a.name as account, v.segment, p.name as campaign, v.grade,
      (count(*) over ())::int as in_all
    from ${met} v
    left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id
    left join campaign p on p.workspace_id = v.workspace_id and p.id = v.last_campaign_id
    order by v.at desc, v.id limit ${most}`.execute(scope);
  const { rows: insights } = await sql<Counted<Insight>>`
    with met as materialized (select contact_id, account_id from ${met} v)
    select i.id, i.text, i.quote, i.kind, i.at, coalesce(m.name, '') as by, a.name as account, c.name as contact, (count(*) over ())::int as in_all
    from insight i
    left join member m on m.workspace_id = i.workspace_id and m.id = i.member_id
    left join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    left join account a on a.workspace_id = i.workspace_id and a.id = coalesce(i.account_id, c.account_id)
    where i.workspace_id = ${workspaceId} and i.withdrawn_at is null and i.at >= ${since}
      and (i.contact_id in (select contact_id from met)
           or (i.contact_id is null and i.account_id in (select account_id from met)))
    order by i.at desc, i.id limit ${most}`.execute(scope);
  return {
    verdicts: verdicts.map(toRow),
    verdictCount: verdicts[0]?.inAll ?? 0,
    insights: insights.map(toRow),
    insightCount: insights[0]?.inAll ?? 0,
  };
}

function toRow<T extends { at: Date; inAll: number }>({ inAll: _, at, ...row }: T) {
  return { ...row, at: at.toISOString() };
}
