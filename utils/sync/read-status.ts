import type { PanelStatus } from '#contract/card.ts';
import type { OutboxRow } from '../outbox/database.ts';
import { layAsks } from '../outbox/lay-asks.ts';
import { layHandOvers, layReceipts } from '../outbox/overlay.ts';
import { readRowsAfter, standingOf, unsentOf } from '../outbox/read.ts';
import { listUnsent } from '../outbox/words.ts';
import { toInstant } from '../platform/clock.ts';
import { type ReplicaHead, readHead } from '../replica/database.ts';
import { type Connection, type LocalMemory, type Reach, readAllLocal } from '../settings/local-state.ts';
import { shareOf } from './copying.ts';
import { isWithoutRoom } from './give-way.ts';
import type { Ground } from './ground.ts';
import { isLeaseOver } from './lease.ts';
import { clockOffsetOf } from './store-clock.ts';

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

/** What a status is made of: the background's memory, what is known of the copy, and the whole outbox in order. */
export interface OnDisk {
  memory: LocalMemory;
  head: ReplicaHead | null;
  rows: readonly OutboxRow[];
}

/** How things stand with this browser. */
export function statusOf(ground: Ground, { memory, head, rows }: OnDisk): PanelStatus {
  const now = ground.now();
  const { connection = null, reach = null, noRoomUntil = null } = memory;
  const isLoading = head === null && ground.copying !== null;
  return {
    connection: connectionState(connection, now),
    store: storeState(reach),
    storeSince: reach === null ? null : toInstant(reach.since),
    replica: replicaState(head !== null, isLoading, isWithoutRoom(noRoomUntil, now)),
    progress: isLoading && ground.copying !== null ? shareOf(ground.copying) : null,
    asOf: head?.asOf ?? null,
    clockOffset: clockOffsetOf(memory, now),
    role: connection?.session.member.role ?? null,
    member: connection?.session.member.name ?? null,
    workspace: connection?.session.workspace.name ?? null,
    unsent: listUnsent(unsentOf(rows), ground.sendingUpTo, now),
    receipts: layReceipts(head?.receipts ?? [], standingOf(rows)),
    asks: layAsks(head?.asks ?? [], standingOf(rows), {
      coveredSequence: head?.coveredSequence ?? 0,
      by: connection?.session.member.name ?? '',
      sendingUpTo: ground.sendingUpTo,
    }),
    handOvers: layHandOvers(
      head?.handOvers ?? [],
      standingOf(rows),
      head?.coveredSequence ?? 0,
      ground.sendingUpTo,
    ).filter(({ state }) => state === 'offered'),
  };
}

/** As `statusOf`, by what is on the disk. */
export async function readStatus(ground: Ground): Promise<PanelStatus> {
  const [memory, head, rows] = await Promise.all([
    readAllLocal(ground.local),
    readHead(ground.replica),
    readRowsAfter(ground.outbox, 0),
  ]);
  return statusOf(ground, { memory, head, rows });
}
