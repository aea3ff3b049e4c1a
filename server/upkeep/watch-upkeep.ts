import type { WorkspaceId } from '#contract/ids.ts';
import { upkeepJobs } from './registry.ts';
import type { UpkeepGround } from './upkeep.ts';

const lookEveryMs = 30_000;

/** Looks after what is due. */
export interface UpkeepWatch {
  /** Stops looking, and waits for what is under way to come to a place where another process can go on. */
  stop(): Promise<void>;
}

/** Does what is due in every workspace, at once and then every half minute, one after the other. What fails is tried again at the next look, and holds nothing else up. */
export function watchUpkeep(ground: UpkeepGround, listWorkspaces: () => Promise<WorkspaceId[]>): UpkeepWatch {
  let looking: Promise<void> | null = null;
  let isStopping = false;

  async function look(): Promise<void> {
    for (const workspaceId of await listWorkspaces()) {
      for (const { name, run } of upkeepJobs) {
        if (isStopping) return;
        await run(ground, workspaceId).catch((error: unknown) => {
          if (!isStopping) ground.log.error({ err: error, workspaceId, name }, 'upkeep broke off; it is tried again');
        });
      }
    }
  }

  function lookOnce(): void {
    looking ??= look()
      // The database may be away: at the next look it is back.
      .catch((error: unknown) => ground.log.warn({ err: error }, 'could not look for upkeep'))
      .finally(() => {
        looking = null;
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
