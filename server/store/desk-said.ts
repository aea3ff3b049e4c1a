import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { SaidCounts } from '#contract/said.ts';
import type { Scope } from '../db/scope.ts';
import { writeStandingVerdicts } from './desk-quality.ts';

/** Counts what reps said after `since`, to the millisecond. */
export async function countSaid(scope: Scope, workspaceId: WorkspaceId, since: Date): Promise<SaidCounts> {
  // Instants are told in whole milliseconds: what was said within that one was there to be seen.
  const from = new Date(since.getTime() + 1);
  const { rows } = await sql<SaidCounts>`
    select v.weak, v.strong,
      (select count(*)::int from insight i
       where i.workspace_id = ${workspaceId} and i.at >= ${from} and i.withdrawn_at is null and i.source is null) as insights,
      (select count(*)::int from ask k
       where k.workspace_id = ${workspaceId} and k.at >= ${from} and k.withdrawn_at is null and k.to_members is null) as asks
    from (select count(*) filter (where value = 'weak')::int as weak, count(*) filter (where value = 'strong')::int as strong
      from ${writeStandingVerdicts(workspaceId, from)} s) v`.execute(scope);
  return rows[0] ?? { weak: 0, strong: 0, insights: 0, asks: 0 };
}
