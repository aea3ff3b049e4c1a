import type { DiagnosticsFacts } from '#contract/diagnostics.ts';
import { type ReplicaDatabase, type ReplicaHead, storesOf } from '../replica/database.ts';
import type { Reading } from '../replica/reader.ts';
import type { Ground } from './ground.ts';

/** How many contacts the copy holds. Of a packed one, as many as came with it or, where that is more, with what changed since: a workspace begins empty. */
async function countContacts(replica: ReplicaDatabase, { generation, base }: ReplicaHead): Promise<number> {
  const changed = await replica.countFromIndex(storesOf(generation).bundles, 'contactIds');
  return Math.max(base?.contacts ?? 0, changed);
}

async function readCopy(ground: Ground, reading: Reading | null): Promise<DiagnosticsFacts['copy']> {
  if (reading === null) return null;
  const { head } = reading;
  return {
    // Of a copy that is damaged and will be replaced, what it said of itself.
    accounts: await reading.count().catch(() => head.base?.bundles ?? 0),
    contacts: await countContacts(ground.replica, head),
    feed: Number.parseInt(head.cursor, 10),
    keyId: head.keyId ?? null,
    asOf: head.asOf,
  };
}

/** How the copy stands, and what Baton takes on this disk. Where the browser does not tell, null. */
export async function readCopyFacts(
  ground: Ground,
  reading: Reading | null,
): Promise<Omit<DiagnosticsFacts, 'live' | 'timings'>> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  const [copy, estimate, isPersisted] = await Promise.all([
    readCopy(ground, reading),
    storage?.estimate?.().catch(() => null),
    storage?.persisted?.().catch(() => null),
  ]);
  return { copy, bytes: estimate?.usage ?? null, quota: estimate?.quota ?? null, isPersisted: isPersisted ?? null };
}
