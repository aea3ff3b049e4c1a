import { createRemembered } from '../platform/remembered.ts';
import { type OutboxDatabase, type OutboxRow, type Owner, readLastSequence } from './database.ts';

/** The oldest rows that wait, in order, at most `limit`. */
export async function readWaiting(outbox: OutboxDatabase, limit?: number): Promise<OutboxRow[]> {
  const rows = await outbox.getAllFromIndex('rows', 'state', 'waiting', limit);
  return rows.sort((a, b) => a.sequence - b.sequence);
}

/** How many rows wait that the person wants to be sent. */
export async function countWaiting(outbox: OutboxDatabase): Promise<number> {
  return (await readWaiting(outbox)).filter((row) => row.discardedAt === undefined).length;
}

/** Whose rows these are; null when nobody has joined since they were last emptied, or an earlier version made them. */
export async function readOwner(outbox: OutboxDatabase): Promise<Owner | null> {
  const row = await outbox.get('counter', 'owner');
  return row?.id === 'owner' ? row : null;
}

/** Of these rows those that still hold: what was refused or discarded never happened. Pure. */
export function standingOf(rows: readonly OutboxRow[]): OutboxRow[] {
  return rows.filter((row) => row.state !== 'refused' && row.discardedAt === undefined);
}

/** Of these rows those that the store has not got or has refused. Pure. */
export function unsentOf(rows: readonly OutboxRow[]): OutboxRow[] {
  return rows.filter((row) => row.state !== 'sent');
}

const readRows = createRemembered(
  'rows',
  (outbox: OutboxDatabase): Promise<readonly OutboxRow[]> => outbox.getAll('rows'),
);

/** All rows after a sequence, in order. Asked with every card: what nobody has changed since is not read again. */
export async function readRowsAfter(outbox: OutboxDatabase, sequence: number): Promise<OutboxRow[]> {
  return (await readRows(outbox)).filter((row) => row.sequence > sequence);
}

/** All refused rows, in order. */
export async function readRefused(outbox: OutboxDatabase): Promise<OutboxRow[]> {
  return outbox.getAllFromIndex('rows', 'state', 'refused');
}

/** All that the store has not got or has refused, in order. */
export async function readUnsentRows(outbox: OutboxDatabase): Promise<OutboxRow[]> {
  const [refused, waiting] = await Promise.all([readRefused(outbox), readWaiting(outbox)]);
  return [...refused, ...waiting].sort((a, b) => a.sequence - b.sequence);
}

/** The highest sequence that the store has confirmed, 0 when none. Rows settle in order, so all before it are settled too. */
export async function readLastSettled(outbox: OutboxDatabase): Promise<number> {
  const [first] = await readWaiting(outbox, 1);
  if (first !== undefined) return first.sequence - 1;
  return readLastSequence({ get: (key) => outbox.get('counter', key) });
}
