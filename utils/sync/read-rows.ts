import type { OutboxRow } from '../outbox/database.ts';
import { readRowsAfter } from '../outbox/read.ts';
import type { Ground } from './ground.ts';

/** All rows the outbox keeps that still hold: what was refused never happened. In order. */
export async function readStandingRows(ground: Ground): Promise<OutboxRow[]> {
  return (await readRowsAfter(ground.outbox, 0)).filter((row) => row.state !== 'refused');
}
