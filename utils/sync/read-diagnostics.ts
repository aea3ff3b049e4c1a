import type { DiagnosticsFacts } from '#contract/diagnostics.ts';
import { countBundles, type ReplicaDatabase, type ReplicaHead, readHead, storesOf } from '../replica/database.ts';
import { readLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/** The contacts of the copy, counted by the index they are found by. */
async function countContacts(replica: ReplicaDatabase, { generation }: ReplicaHead): Promise<number> {
  return replica.countFromIndex(storesOf(generation).bundles, 'contactIds');
}

async function readCopy(ground: Ground): Promise<DiagnosticsFacts['copy']> {
  const head = await readHead(ground.replica);
  if (head === null) return null;
  const connection = await readLocal(ground.local, 'connection');
  return {
    accounts: await countBundles(ground.replica, head.generation),
    contacts: await countContacts(ground.replica, head),
    feed: Number.parseInt(head.cursor, 10),
    keyId: connection?.session.hashing.keyId ?? null,
    asOf: head.asOf,
  };
}

/** How the copy stands, and what Baton takes on this disk. Where the browser does not tell, null. */
export async function readCopyFacts(ground: Ground): Promise<Omit<DiagnosticsFacts, 'live' | 'timings'>> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  const [copy, estimate, isPersisted] = await Promise.all([
    readCopy(ground),
    storage?.estimate?.().catch(() => null),
    storage?.persisted?.().catch(() => null),
  ]);
  return { copy, bytes: estimate?.usage ?? null, quota: estimate?.quota ?? null, isPersisted: isPersisted ?? null };
}
