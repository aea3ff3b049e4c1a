import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { MutationKind, Refusal } from '#contract/mutation.ts';
import { watchWrites } from '../platform/remembered.ts';

/** Where a row stands: not yet confirmed by the store, stored there, or refused by its rules. */
export type RowState = 'waiting' | 'sent' | 'refused';

/** How often a row was tried, when last (null: never yet), and when it will be next, by the device's clock. `nextAt` null: it is on its way. */
export interface Tries {
  count: number;
  lastAt: string | null;
  nextAt: string | null;
}

/**
 * One thing the member did. `sequence` is this device's, without a gap, in the order of doing, and never used again; below 1 it is of an earlier device of the
 * same member, and kept for the person to read. `savedAt` is the device's clock. `label` (whom it is about) and `detail` (which of its kind) are for the person
 * alone and are never sent. `settledAt`: when the store confirmed or refused it; null while it waits.
 * What only some rows have, and rows of earlier versions never: `tries`; `discardedAt`, when the person discarded it; `withheld`, why the store would not even
 * look at it, so that only its number is sent.
 */
export interface OutboxRow {
  sequence: number;
  kind: MutationKind;
  body: unknown;
  savedAt: string;
  state: RowState;
  settledAt: string | null;
  rejection: Refusal | null;
  label: string | null;
  detail: string | null;
  tries?: Tries;
  discardedAt?: string;
  withheld?: Refusal;
}

/** The highest sequence ever given out, kept apart from the rows so that an emptied outbox does not begin again at 1. */
interface CounterRow {
  id: 'sequence';
  last: number;
}

/** Whose rows these are, and by which device of theirs the sequences count. Kept beside the rows: what else this browser knows may be lost without them. */
export interface Owner {
  workspaceId: string;
  deviceId: string;
  address: string;
  name: string;
}

interface OutboxSchema extends DBSchema {
  rows: { key: number; value: OutboxRow; indexes: { state: RowState } };
  counter: { key: string; value: CounterRow | ({ id: 'owner' } & Owner) };
}
export type OutboxDatabase = IDBPDatabase<OutboxSchema>;

/** A database of its own: deleting or rebuilding the replica can never reach it. */
export const outboxName = 'baton-outbox';

/** Opens the outbox, making it when it is not there. `onLost`: it is being deleted or was closed by the browser; close it and open it anew. */
export async function openOutbox(
  name: string = outboxName,
  onLost: () => void = () => undefined,
): Promise<OutboxDatabase> {
  const outbox = await openDB<OutboxSchema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('rows', { keyPath: 'sequence' }).createIndex('state', 'state');
      database.createObjectStore('counter', { keyPath: 'id' });
    },
    blocking: onLost,
    terminated: onLost,
  });
  return watchWrites(outbox);
}

/** The highest sequence ever given out, 0 when none was. */
export async function readLastSequence(counter: {
  get: (key: 'sequence') => Promise<OutboxSchema['counter']['value'] | undefined>;
}): Promise<number> {
  const row = await counter.get('sequence');
  return row?.id === 'sequence' ? row.last : 0;
}

/** Everything that changes the outbox is on the disk, not only with the operating system, before it is called done. */
export function beginStrict(outbox: OutboxDatabase) {
  return outbox.transaction(['rows', 'counter'], 'readwrite', { durability: 'strict' });
}
