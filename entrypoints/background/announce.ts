import { broadcast } from '../../utils/messaging/broadcast.ts';
import { log } from '../../utils/platform/log.ts';

/** So many changes as come within this time make one event, in milliseconds. Short enough that nobody sees it. */
const gatherMs = 25;

/** Makes the function that tells panels and own pages to ask again, and does `also`; calls close together count as one. */
export function createAnnouncer(also: () => Promise<void>): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      also().catch((error: unknown) => log.warn('background', 'what goes with a change was not done', { error }));
      broadcast('replicaChanged').catch((error: unknown) => log.warn('background', 'nobody was told', { error }));
    }, gatherMs);
  };
}
