import type { PanelStatus } from '#contract/card.ts';
import { readRefused, readWaiting } from '../outbox/read.ts';
import { listUnsent } from '../outbox/words.ts';
import { toInstant } from '../platform/clock.ts';
import type { Copying } from '../replica/apply-snapshot.ts';
import { readHead } from '../replica/database.ts';
import { type Connection, type Reach, readLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';
import { isLeaseOver } from './lease.ts';

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

function shareOf({ copied, of }: Copying): number {
  return of === 0 ? 0 : Math.min(1, copied / of);
}

/** How things stand with this browser, from what is on its disk. */
export async function readStatus(ground: Ground): Promise<PanelStatus> {
  const now = ground.now();
  const [connection, reach, head, waiting, refused] = await Promise.all([
    readLocal(ground.local, 'connection'),
    readLocal(ground.local, 'reach'),
    readHead(ground.replica),
    readWaiting(ground.outbox),
    readRefused(ground.outbox),
  ]);
  const rows = [...refused, ...waiting].sort((a, b) => a.sequence - b.sequence);
  const isLoading = head === null && ground.copying !== null;
  const emptyState = isLoading ? 'loading' : 'empty';
  return {
    connection: connectionState(connection, now),
    store: storeState(reach),
    storeSince: reach === null ? null : toInstant(reach.since),
    replica: head === null ? emptyState : 'ready',
    progress: isLoading && ground.copying !== null ? shareOf(ground.copying) : null,
    asOf: head?.asOf ?? null,
    role: connection?.session.member.role ?? null,
    member: connection?.session.member.name ?? null,
    workspace: connection?.session.workspace.name ?? null,
    unsent: listUnsent(rows, ground.sendingUpTo, now),
  };
}
