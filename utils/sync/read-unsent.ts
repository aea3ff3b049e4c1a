import type { KeptItem } from '#contract/diagnostics.ts';
import { readUnsentRows } from '../outbox/read.ts';
import { listKept } from '../outbox/words.ts';
import type { Ground } from './ground.ts';

/** What the store has not got or has lately refused, whole, oldest first, and what of it was discarded and can be taken back. */
export async function readUnsent(ground: Ground): Promise<KeptItem[]> {
  return listKept(await readUnsentRows(ground.outbox), ground.sendingUpTo, ground.now());
}
