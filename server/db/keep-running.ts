import { join } from 'node:path';
import { startEmbedded } from './embedded.ts';
import { readPostmaster, stopPostmaster } from './postmaster.ts';

/** Keeps the data folder's PostgreSQL up until it is stopped. */
export interface Keeper {
  /** Stops watching, then PostgreSQL. */
  stop(): Promise<void>;
}

const lookMs = 500;
/** On a full disk each try fails after it has read much: it is not tried twice a second. */
const mostPauseMs = 10_000;

/** Looks twice a second whether the server still lives, and starts it again when it was killed: it recovers everything that was acknowledged from its log. `onFault` hears of each loss and of each failed start. */
export function keepRunning(dir: string, onFault: (error: Error) => void): Keeper {
  const clusterDir = join(dir, 'postgres');
  let isStopping = false;
  let reviving: Promise<void> | null = null;
  let pauseMs = lookMs;
  let notBefore = 0;

  const revive = async (): Promise<void> => {
    onFault(new Error('PostgreSQL has died; starting it again.'));
    try {
      await startEmbedded({ dir });
      pauseMs = lookMs;
    } catch (error) {
      // Its last processes may still be leaving, or the disk be full: tried again at the next look.
      onFault(error instanceof Error ? error : new Error(String(error)));
      notBefore = Date.now() + pauseMs;
      pauseMs = Math.min(mostPauseMs, pauseMs * 2);
    }
  };
  const looking = setInterval(() => {
    if (isStopping || reviving || Date.now() < notBefore || readPostmaster(clusterDir)) return;
    reviving = revive().finally(() => {
      reviving = null;
    });
  }, lookMs);

  return {
    async stop() {
      isStopping = true;
      clearInterval(looking);
      await reviving;
      const server = readPostmaster(clusterDir);
      if (server) await stopPostmaster(clusterDir, server.pid);
    },
  };
}
