import type { WorkspaceId } from '#contract/ids.ts';
import { type Scorecard, scorecardSchema } from '#contract/score.ts';
import type { Scope } from '../db/scope.ts';

/** The scorecard in force: the newest version. Throws when the workspace has none: it was not set up by this store. */
export async function readScorecard(scope: Scope, workspaceId: WorkspaceId): Promise<Scorecard> {
  const row = await scope
    .selectFrom('scorecard')
    .select(['card'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return scorecardSchema.parse(row.card);
}
