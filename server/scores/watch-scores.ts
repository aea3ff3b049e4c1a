import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { isScoringDue } from '../store/score-progress.ts';
import { keepApart, type ScoreGround } from './keep-apart.ts';

const lookEveryMs = 1000;

/** Keeps scores up to date. */
export interface ScoreWatch {
  /** Stops looking, and waits for the step that is under way. */
  stop(): Promise<void>;
}

/** Looks each second in every workspace whether a score is to be made, and makes it. What fails is tried again at the next look; one workspace holds no other up. */
export function watchScores(ground: ScoreGround, listWorkspaces: () => Promise<WorkspaceId[]>): ScoreWatch {
  const running = new Map<WorkspaceId, Promise<void>>();
  let looking: Promise<void> | null = null;
  let isStopping = false;

  async function keep(workspaceId: WorkspaceId): Promise<void> {
    const isDue = await inWorkspace(ground.db, workspaceId, (scope) => isScoringDue(scope, workspaceId, ground.now()));
    if (isDue && !isStopping) await keepApart(ground, workspaceId);
  }

  async function look(): Promise<void> {
    for (const workspaceId of await listWorkspaces()) {
      if (isStopping || running.has(workspaceId)) continue;
      const run = keep(workspaceId)
        .catch((error: unknown) => {
          if (!isStopping) ground.log.warn({ err: error, workspaceId }, 'scores were not kept; it is tried again');
        })
        .finally(() => running.delete(workspaceId));
      running.set(workspaceId, run);
    }
  }

  const timer = setInterval(() => {
    looking ??= look()
      // The database may be away: at the next look it is back.
      .catch((error: unknown) => ground.log.warn({ err: error }, 'could not look for scores to be made'))
      .finally(() => {
        looking = null;
      });
  }, lookEveryMs);
  return {
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await looking;
      await Promise.all(running.values());
    },
  };
}
