import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { MutationKind } from '#contract/mutation.ts';

/** Where a row stands: not yet confirmed by the store, stored there, or refused by its rules. */
export type RowState = 'waiting' | 'sent' | 'refused';

/**
 * One thing the member did. `sequence` is this device's, without a gap, in the order of doing, and never used again.
 * `savedAt` is the device's clock. `label` (whom it is about) and `detail` (which of its kind) are for the person alone and are never sent.
 * `settledAt`: when the store confirmed or refused it; null while it waits.
 */
export interface OutboxRow {
  sequence: number;
  kind: MutationKind;
  body: unknown;
  savedAt: string;
  state: RowState;
  settledAt: string | null;
  rejection: { code: string; message: string } | null;
  label: string | null;
  detail: string | null;
}

/** The highest sequence ever given out, kept apart from the rows so that an emptied outbox does not begin again at 1. */
interface CounterRow {
  id: 'sequence';
  last: number;
}

interface OutboxSchema extends DBSchema {
  rows: { key: number; value: OutboxRow; indexes: { state: RowState } };
  counter: { key: string; value: CounterRow };
}
export type OutboxDatabase = IDBPDatabase<OutboxSchema>;

/** A database of its own: deleting or rebuilding the replica can never reach it. */
export const outboxName = 'baton-outbox';

/** Opens the outbox, making it when it is not there. `onLost`: it is being deleted or was closed by the browser; close it and open it anew. */
export async function openOutbox(
  name: string = outboxName,
  onLost: () => void = () => undefined,
): Promise<OutboxDatabase> {
  return openDB<OutboxSchema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('rows', { keyPath: 'sequence' }).createIndex('state', 'state');
      database.createObjectStore('counter', { keyPath: 'id' });
    },
    blocking: onLost,
    terminated: onLost,
  });
}

/** Everything that changes the outbox is on the disk, not only with the operating system, before it is called done. */
export function beginStrict(outbox: OutboxDatabase) {
  return outbox.transaction(['rows', 'counter'], 'readwrite', { durability: 'strict' });
}
