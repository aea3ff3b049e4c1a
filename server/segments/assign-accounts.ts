import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Pokes } from '../deps.ts';
import { announceBundles, announceRefetch } from '../store/import-batch.ts';
import { lockImports } from '../store/import-run.ts';
import { assignNext, isAssigning } from '../store/segment.ts';

/** What it takes to hold accounts against the segments in force. */
export interface SegmentGround {
  db: Kysely<Schema>;
  pokes: Pokes;
}

/**
 * Holds a workspace's accounts against the segments that were published, some in each transaction, which tells the feed of those that moved. A process that is killed goes on, here or
 * elsewhere, where the last one ended. `mostMs`: no new step begins after so long. Answers whether all are done.
 */
export async function assignAccounts(
  { db, pokes }: SegmentGround,
  workspaceId: WorkspaceId,
  mostMs: number = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const end = Date.now() + mostMs;
  for (;;) {
    const step = await inWorkspace(db, workspaceId, async (scope) => {
      await lockImports(scope, workspaceId);
      const done = await assignNext(scope, workspaceId);
      if (done.isRefetch) await announceRefetch(scope, workspaceId);
      else if (done.moved.length > 0) await announceBundles(scope, workspaceId, new Set(done.moved));
      return done;
    });
    if (step.isRefetch || step.moved.length > 0) pokes.poke(workspaceId);
    if (step.isOver) return true;
    if (Date.now() > end) return false;
  }
}

const lookEveryMs = 5000;

/** Goes on with what a process that is gone, or one that had no more time, has left. What fails is tried again at the next look. */
export function watchSegments(
  ground: SegmentGround & { log: Logger },
  listWorkspaces: () => Promise<WorkspaceId[]>,
): { stop(): Promise<void> } {
  let looking: Promise<void> | null = null;
  let isStopping = false;
  async function look(): Promise<void> {
    for (const workspaceId of await listWorkspaces()) {
      const isLeft = await inWorkspace(ground.db, workspaceId, (scope) => isAssigning(scope, workspaceId));
      for (let isDone = !isLeft; !isDone && !isStopping; ) isDone = await assignAccounts(ground, workspaceId, 0);
    }
  }
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => {
        if (!isStopping) ground.log.warn({ err: error }, 'accounts were not assigned to segments; it is tried again');
      })
      .finally(() => {
        looking = null;
      });
  }, lookEveryMs);
  return {
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await looking;
    },
  };
}
