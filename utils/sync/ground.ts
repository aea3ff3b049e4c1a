import { type OutboxDatabase, openOutbox } from '../outbox/database.ts';
import type { Clock } from '../platform/clock.ts';
import { openReplica, type ReplicaDatabase } from '../replica/database.ts';
import { type LocalState, openLocalState } from '../settings/local-state.ts';
import type { Copying } from './copying.ts';

/** What the background stands on: its three databases, its clock, its way to the network, and whom to tell that something changed. */
export interface Ground {
  outbox: OutboxDatabase;
  replica: ReplicaDatabase;
  local: LocalState;
  now: Clock;
  fetch: typeof fetch;
  /** Called when something that a card or a status shows may have changed. Cheap; the callee gathers. */
  changed: () => void;
  /** Called when what the store gave was wiped: what else tells of people, in the browser's memory for one, has to go too. */
  wiped: () => void;
  /** How far the snapshot that is being taken has come; null when none is. Lost with the background; what has come is not. */
  copying: Copying | null;
  /** The last sequence of the push that is on its way; 0 when none is. */
  sendingUpTo: number;
}

/**
 * Opens all three databases. `names` sets them apart in tests. `onLost` is called once when one of them is deleted from under the extension or closed by
 * the browser; by then all three are closed, and what still runs on this ground fails: open another.
 */
export async function openGround(
  means: Pick<Ground, 'now' | 'fetch' | 'changed'> & Partial<Pick<Ground, 'wiped'>>,
  names: { outbox?: string; replica?: string; local?: string } = {},
  onLost: () => void = () => undefined,
): Promise<Ground> {
  const databases: { close: () => void }[] = [];
  let isLost = false;
  const lose = () => {
    if (isLost) return;
    isLost = true;
    for (const database of databases) database.close();
    onLost();
  };
  const [outbox, replica, local] = await Promise.all([
    openOutbox(names.outbox, lose),
    openReplica(names.replica, lose),
    openLocalState(names.local, lose),
  ]);
  databases.push(outbox, replica, local);
  return { wiped: () => undefined, ...means, outbox, replica, local, copying: null, sendingUpTo: 0 };
}
