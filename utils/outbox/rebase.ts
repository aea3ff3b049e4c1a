import { beginStrict, type OutboxDatabase } from './database.ts';

/**
 * Gives the rows that wait new sequences, in their order, beginning after `lastSequence`; all other rows are forgotten.
 * For the two moments when the old sequences mean nothing to the store any more: the same member signed in again and is a new device there,
 * or the store is behind what this outbox still holds, so that a gap would stand forever. Never while a push is on its way.
 */
export async function rebaseWaiting(outbox: OutboxDatabase, lastSequence: number): Promise<void> {
  const transaction = beginStrict(outbox);
  const rows = transaction.objectStore('rows');
  const waiting = (await rows.index('state').getAll('waiting')).sort((a, b) => a.sequence - b.sequence);
  await rows.clear();
  let next = lastSequence;
  for (const row of waiting) {
    next += 1;
    await rows.add({ ...row, sequence: next });
  }
  await transaction.objectStore('counter').put({ id: 'sequence', last: next });
  await transaction.done;
}

/** Forgets everything, what waits included: the person signed out and agreed to lose it. */
export async function emptyOutbox(outbox: OutboxDatabase): Promise<void> {
  const transaction = beginStrict(outbox);
  await Promise.all([
    transaction.objectStore('rows').clear(),
    transaction.objectStore('counter').clear(),
    transaction.done,
  ]);
}
