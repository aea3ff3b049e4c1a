import { sql } from 'kysely';
import type { WaitingAgreement } from '#contract/agreement.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { writeInstant } from '../instant.ts';

/** The agreements whose draft somebody has signed, or of which proposals are not answered. */
export async function listWaitingAgreements(scope: Scope, workspaceId: WorkspaceId): Promise<WaitingAgreement[]> {
  const { rows } = await sql<Omit<WaitingAgreement, 'proposedAt'> & { proposedAt: Date | null }>`
    with signed as (
      select d.kind, jsonb_agg(jsonb_build_object('side', s.side, 'by', coalesce(m.name, ''), 'at', ${writeInstant('s.at')}) order by s.at, s.side) as signed
      from agreement_draft d
      join agreement_signature s on s.workspace_id = d.workspace_id and s.draft_id = d.id and s.revision = d.revision
      left join member m on m.workspace_id = d.workspace_id and m.id = s.member_id
      where d.workspace_id = ${workspaceId} and d.state = 'open' group by d.kind),
    proposed as (
      select kind, count(*)::int as proposals, min(at) as proposed_at from agreement_note
      where workspace_id = ${workspaceId} and note_kind = 'proposal' and state = 'open' group by kind)
    select kind, coalesce(s.signed, '[]'::jsonb) as signed, coalesce(p.proposals, 0) as proposals, p.proposed_at
    from signed s full join proposed p using (kind) order by kind`.execute(scope);
  return rows.map((row) => ({ ...row, proposedAt: row.proposedAt?.toISOString() ?? null }));
}
