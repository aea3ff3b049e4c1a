import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { ImportTaken, listOrphans } from '../store/import-run.ts';
import type { ImportGround } from './import-ground.ts';
import { isFull, keepReserve } from './keep-reserve.ts';
import { takeUp } from './run-apart.ts';

const lookEveryMs = 3000;

/** Looks after imports whose process is gone. */
export interface ImportWatch {
  /** Stops looking, and waits for those that were taken up to come to a place where another process can go on. */
  stop(): Promise<void>;
}

/** Takes up imports, and undoings of them, that run and have no living process, at once and then every few seconds, one after the other. While the disk is full they wait. */
export function watchImports(ground: ImportGround, listWorkspaces: () => Promise<WorkspaceId[]>): ImportWatch {
  let isStopping = false;
  let looking: Promise<void> = Promise.resolve();
  let isLooking = false;

  async function look(): Promise<void> {
    for (const workspaceId of await listWorkspaces()) {
      const orphans = await inWorkspace(ground.db, workspaceId, (scope) => listOrphans(scope, workspaceId));
      for (const importId of orphans) {
        if (isStopping || isFull(ground)) return;
        await keepReserve(ground, async (signal) => {
          await takeUp({ ...ground, workspaceId, signal }, importId).catch((error: unknown) => {
            if (error instanceof ImportTaken || signal.aborted || isStopping) return;
            ground.log.error({ err: error, importId }, 'an import that was taken up broke off; it is tried again');
          });
        });
      }
    }
  }

  function lookOnce(): void {
    if (isLooking || isStopping) return;
    isLooking = true;
    looking = look()
      // The database may be away: at the next look it is back.
      .catch((error: unknown) => ground.log.warn({ err: error }, 'could not look for imports without a process'))
      .finally(() => {
        isLooking = false;
      });
  }

  lookOnce();
  const timer = setInterval(lookOnce, lookEveryMs);
  return {
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await looking;
    },
  };
}
