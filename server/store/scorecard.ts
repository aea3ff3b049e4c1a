import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import { type Scorecard, scorecardSchema } from '#contract/score.ts';
import type { Scope } from '../db/scope.ts';

/** A published version never changes, so the last one read is kept a workspace: only its number is asked for then. */
const lastRead = new Map<WorkspaceId, { mark: string; card: Scorecard }>();

/** The scorecard in force: the newest version. Throws when the workspace has none: it was not set up by this store. */
export async function readScorecard(scope: Scope, workspaceId: WorkspaceId): Promise<Scorecard> {
  const known = lastRead.get(workspaceId);
  // The moment of publishing is part of the mark: a number that was rolled back may be given again.
  const { rows } = await sql<{ mark: string; card: unknown }>`
    select mark, case when mark = ${known?.mark ?? ''} then null else card end as card
    from (select version || ' ' || published_at as mark, card from scorecard where workspace_id = ${workspaceId} order by version desc limit 1) newest`.execute(
    scope,
  );
  const row = rows[0];
  if (!row) throw new Error('The workspace has no scorecard: it was not set up by this store.');
  if (known?.mark === row.mark) return known.card;
  const card = scorecardSchema.parse(row.card);
  lastRead.set(workspaceId, { mark: row.mark, card });
  return card;
}

/** The scorecards of these versions, of those that there are. */
export async function listScorecards(
  scope: Scope,
  workspaceId: WorkspaceId,
  versions: readonly number[],
): Promise<Scorecard[]> {
  const rows = await scope
    .selectFrom('scorecard')
    .select('card')
    .where('workspaceId', '=', workspaceId)
    .where('version', 'in', [...versions, 0])
    .execute();
  return rows.map(({ card }) => scorecardSchema.parse(card));
}
