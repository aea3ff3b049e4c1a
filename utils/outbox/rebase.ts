import { beginStrict, type OutboxDatabase, type Owner } from './database.ts';

/**
 * Gives the rows that wait new sequences, in their order, beginning after `lastSequence`. For the two moments when the old sequences mean nothing to the store
 * any more: the same member signed in again and is a new device there (`owner`), or the store is behind what this outbox still holds, so that a gap would stand
 * forever. What was discarded need not be sent even as nothing; what was refused stays to be read, under numbers below 1; the rest is forgotten.
 * Never while a push is on its way, and only for what surely never reached the store under its old number.
 */
export async function rebaseWaiting(outbox: OutboxDatabase, lastSequence: number, owner?: Owner): Promise<void> {
  const transaction = beginStrict(outbox);
  const rows = transaction.objectStore('rows');
  const all = await rows.getAll();
  const kept = all.filter((row) => row.discardedAt === undefined);
  await rows.clear();
  let before = 0;
  for (const row of kept.filter(({ state }) => state === 'refused').reverse()) {
    await rows.add({ ...row, sequence: before });
    before -= 1;
  }
  let next = lastSequence;
  for (const { tries: _past, ...row } of kept.filter(({ state }) => state === 'waiting')) {
    next += 1;
    await rows.add({ ...row, sequence: next });
  }
  const counter = transaction.objectStore('counter');
  await counter.put({ id: 'sequence', last: next });
  if (owner !== undefined) await counter.put({ id: 'owner', ...owner });
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
