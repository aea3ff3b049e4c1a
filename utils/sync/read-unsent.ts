import type { MessageAnswer } from '#contract/message.ts';
import { readRefused, readWaiting } from '../outbox/read.ts';
import { listUnsent } from '../outbox/words.ts';
import type { Ground } from './ground.ts';

/** What the store has not got or has lately refused, whole, oldest first: what a status lists, with its body. */
export async function readUnsent(ground: Ground): Promise<MessageAnswer<'getUnsent'>> {
  const rows = (await Promise.all([readWaiting(ground.outbox), readRefused(ground.outbox)])).flat();
  const bodies = new Map(rows.map((row) => [row.sequence, row.body]));
  const ordered = rows.sort((a, b) => a.sequence - b.sequence);
  return listUnsent(ordered, ground.sendingUpTo, ground.now()).map((item) => ({
    ...item,
    body: bodies.get(item.sequence),
  }));
}
