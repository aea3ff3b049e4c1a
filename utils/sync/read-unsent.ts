import type { KeptItem } from '#contract/diagnostics.ts';
import { readRefused, readWaiting } from '../outbox/read.ts';
import { listKept } from '../outbox/words.ts';
import type { Ground } from './ground.ts';

/** What the store has not got or has lately refused, whole, oldest first, and what of it was discarded and can be taken back. */
export async function readUnsent(ground: Ground): Promise<KeptItem[]> {
  const rows = (await Promise.all([readRefused(ground.outbox), readWaiting(ground.outbox)])).flat();
  const ordered = rows.sort((a, b) => a.sequence - b.sequence);
  return listKept(ordered, ground.sendingUpTo, ground.now());
}
