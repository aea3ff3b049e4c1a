import { sql } from 'kysely';
import type { SideValues, VerdictSide } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import { writeStandingVerdicts } from './desk-quality.ts';

/** The values that verdicts of the last `days` before `now` have on each side, as people count and read; an empty one (those without) last. */
export async function readSideValues(
  scope: Scope,
  workspaceId: WorkspaceId,
  days: number,
  now: Date,
): Promise<SideValues> {
  await giveRoom(scope);
  const since = new Date(now.getTime() - days * 86_400_000);
  const { rows } = await sql<Record<VerdictSide, string | null>>`
    select distinct v.segment, v.tier::text as tier, p.channel as source
    from (select segment, tier, last_campaign_id from ${writeStandingVerdicts(workspaceId, since)} s group by 1, 2, 3) v
    left join campaign p on p.workspace_id = ${workspaceId} and p.id = v.last_campaign_id`.execute(scope);
  const list = (side: VerdictSide) => {
    const values = [...new Set(rows.map((row) => row[side] ?? ''))];
    return values.sort((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'en', { numeric: true }));
  };
  return { segment: list('segment'), tier: list('tier'), source: list('source') };
}
