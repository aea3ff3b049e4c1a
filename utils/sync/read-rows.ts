import type { OutboxRow } from '../outbox/database.ts';
import { readRowsAfter } from '../outbox/read.ts';
import type { Ground } from './ground.ts';

/** All rows the outbox keeps that still hold: what was refused or discarded never happened. In order. */
export async function readStandingRows(ground: Ground): Promise<OutboxRow[]> {
  return (await readRowsAfter(ground.outbox, 0)).filter(
    (row) => row.state !== 'refused' && row.discardedAt === undefined,
  );
}
