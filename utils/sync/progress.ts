import { readWaiting } from '../outbox/read.ts';
import { rebaseWaiting } from '../outbox/rebase.ts';
import { type Progress, settleRows } from '../outbox/settle.ts';
import { toInstant } from '../platform/clock.ts';
import { log } from '../platform/log.ts';
import type { Ground } from './ground.ts';

/**
 * Takes the store's word on this device's mutations. When it knows fewer than the outbox still holds (restored from a backup older than 30 days),
 * what waits is numbered anew to follow on: else the gap would stand forever. Runs only inside a cycle, when no push is on its way.
 */
export async function takeProgress(ground: Ground, progress: Progress): Promise<void> {
  const changed = await settleRows(ground.outbox, progress, toInstant(ground.now()));
  const [first] = await readWaiting(ground.outbox, 1);
  if (first !== undefined && first.sequence > progress.lastSequence + 1) {
    log.warn('sync', 'the store misses what is no longer kept here; numbering anew', {
      last: progress.lastSequence,
      first: first.sequence,
    });
    await rebaseWaiting(ground.outbox, progress.lastSequence);
  }
  if (changed) ground.changed();
}
