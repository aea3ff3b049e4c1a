import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/**
 * How far keeping scores has come. `seq`, `token`: what the feed told up to that entry is in. `version`: of the card that people are scored by;
 * `after`: those up to this one are, and `scored` of them; null: all are. `byTouches`: what was kept before may lack touches, and is no ground to go on from.
 */
export interface ScoreProgress {
  seq: number;
  token: string;
  version: number;
  after: string | null;
  scored: number;
  byTouches: boolean;
}

/** True: this transaction is the one that keeps scores in the workspace. False: another one does. */
export async function takeScoreTurn(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`score:${workspaceId}`}, 0)) as is_ours`.execute(scope);
  return rows[0]?.isOurs ?? false;
}

/** How far it has come; undefined: nothing was ever kept. */
export async function readScoreProgress(scope: Scope, workspaceId: WorkspaceId): Promise<ScoreProgress | undefined> {
  return scope
    .selectFrom('scoreProgress')
    .select(['seq', 'token', 'version', 'after', 'scored', 'byTouches'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
}

/** Writes down how far it has come. */
export async function saveScoreProgress(
  scope: Scope,
  workspaceId: WorkspaceId,
  progress: ScoreProgress,
): Promise<void> {
  await scope
    .insertInto('scoreProgress')
    .values({ workspaceId, ...progress })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ ...progress }))
    .execute();
}

/** Whether anything is to be done: the feed or the scorecard has moved on, not everybody is scored yet, or a grade may have changed by time. One look at a few rows. */
export async function isScoringDue(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<boolean> {
  const { rows } = await sql<{ isDue: boolean }>`
    select p.workspace_id is null or p.after is not null or p.seq <> f.seq or p.token <> f.token
      or p.version <> (select max(version) from scorecard where workspace_id = ${workspaceId})
      or exists (select 1 from kept_score where workspace_id = ${workspaceId} and holds_until <= ${now}) as is_due
    from feed_counter f left join score_progress p on p.workspace_id = f.workspace_id where f.workspace_id = ${workspaceId}`.execute(
    scope,
  );
  return rows[0]?.isDue ?? false;
}
