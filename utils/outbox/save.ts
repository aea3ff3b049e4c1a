import type { Mutation } from '#contract/mutation.ts';
import { beginStrict, type OutboxDatabase, type OutboxRow, readLastSequence } from './database.ts';

/** What the person is shown of a row: whom it is about, and which of its kind. */
export interface RowWords {
  label: string | null;
  detail: string | null;
}

/** Puts one mutation on the disk under the next sequence. Resolves only when the transaction is done: then, and not before, it may be called saved. */
export async function saveRow(
  outbox: OutboxDatabase,
  mutation: Mutation,
  savedAt: string,
  words: RowWords = { label: null, detail: null },
): Promise<OutboxRow> {
  const transaction = beginStrict(outbox);
  const counter = transaction.objectStore('counter');
  const sequence = (await readLastSequence(counter)) + 1;
  const row: OutboxRow = {
    sequence,
    kind: mutation.kind,
    body: mutation.body,
    savedAt,
    state: 'waiting',
    settledAt: null,
    rejection: null,
    ...words,
  };
  // The row first: what cannot be written throws here, and must not leave a sequence that nothing has. A gap would block the queue forever.
  const added = transaction.objectStore('rows').add(row);
  await Promise.all([added, counter.put({ id: 'sequence', last: sequence }), transaction.done]);
  return row;
}
