import type { PanelStatus } from '#contract/card.ts';
import { layReceipts } from '../outbox/overlay.ts';
import { readUnsentRows } from '../outbox/read.ts';
import { listUnsent } from '../outbox/words.ts';
import { toInstant } from '../platform/clock.ts';
import { readHead } from '../replica/database.ts';
import { type Connection, type Reach, readLocal } from '../settings/local-state.ts';
import { shareOf } from './copying.ts';
import { hasNoRoom } from './give-way.ts';
import type { Ground } from './ground.ts';
import { isLeaseOver } from './lease.ts';
import { readStandingRows } from './read-rows.ts';
import { readClockOffset } from './store-clock.ts';

function connectionState(connection: Connection | null, now: number): PanelStatus['connection'] {
  if (connection === null) return 'never';
  if (connection.state === 'signedOut') return 'signedOut';
  return isLeaseOver(connection, now) ? 'leaseEnded' : 'connected';
}

/** The browser is asked only once the store was not reached: a store on this very machine needs no network. */
function storeState(reach: Reach | null): PanelStatus['store'] {
  if (reach === null) return 'reached';
  if (reach.store !== 'unreachable') return reach.store;
  return globalThis.navigator?.onLine === false ? 'offline' : 'unreachable';
}

function replicaState(isHere: boolean, isLoading: boolean, isFull: boolean): PanelStatus['replica'] {
  if (isHere) return 'ready';
  if (isLoading) return 'loading';
  return isFull ? 'noRoom' : 'empty';
}

/** How things stand with this browser, from what is on its disk. */
export async function readStatus(ground: Ground): Promise<PanelStatus> {
  const now = ground.now();
  const [connection, reach, head, unsent, rows, isFull, clockOffset] = await Promise.all([
    readLocal(ground.local, 'connection'),
    readLocal(ground.local, 'reach'),
    readHead(ground.replica),
    readUnsentRows(ground.outbox),
    readStandingRows(ground),
    hasNoRoom(ground),
    readClockOffset(ground),
  ]);
  const isLoading = head === null && ground.copying !== null;
  return {
    connection: connectionState(connection, now),
    store: storeState(reach),
    storeSince: reach === null ? null : toInstant(reach.since),
    replica: replicaState(head !== null, isLoading, isFull),
    progress: isLoading && ground.copying !== null ? shareOf(ground.copying) : null,
    asOf: head?.asOf ?? null,
    clockOffset,
    role: connection?.session.member.role ?? null,
    member: connection?.session.member.name ?? null,
    workspace: connection?.session.workspace.name ?? null,
    unsent: listUnsent(unsent, ground.sendingUpTo, now),
    receipts: layReceipts(head?.receipts ?? [], rows),
  };
}
