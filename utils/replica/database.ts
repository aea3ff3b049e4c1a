import { type DBSchema, type IDBPDatabase, openDB, type StoreNames } from 'idb';
import type { Bundle, OwnOutcome, OwnVerdict, TalkingPoint, WorkspaceFacts } from '#contract/bundle.ts';
import type { Cursor } from '#contract/feed.ts';

/** A bundle with what it is found by: `keys` of its account and people, `contactIds`, and the small-letter `words` of their names. */
export interface BundleRow extends Bundle {
  keys: string[];
  contactIds: string[];
  words: string[];
}

/** An own outcome under a key of its own: a talking point at an account. */
export interface OutcomeRow extends OwnOutcome {
  id: string;
}

/**
 * What is known of the whole copy. `generation` names the set of stores that is read; the other one is where a snapshot is being built.
 * `keyId`: the hash key of all keys in the copy; missing where neither store nor extension told. `coveredSequence`: what this device did up to there is already in the copy, so the outbox need not be laid over it.
 */
export interface ReplicaHead {
  id: 'head';
  generation: Generation;
  cursor: Cursor;
  facts: WorkspaceFacts;
  asOf: string;
  coveredSequence: number;
  keyId?: string;
}

export type Generation = 'a' | 'b';
type Rows<Name extends string, Value, Indexes extends Record<string, string>> = {
  [K in `${Name}-${Generation}`]: { key: string; value: Value; indexes: Indexes };
};

export interface ReplicaSchema
  extends DBSchema,
    Rows<'bundles', BundleRow, { keys: string; contactIds: string; words: string }>,
    Rows<'talkingPoints', TalkingPoint, { accountIds: string }>,
    Rows<'verdicts', OwnVerdict, Record<never, never>>,
    Rows<'outcomes', OutcomeRow, { accountId: string }> {
  head: { key: string; value: ReplicaHead };
}
export type ReplicaDatabase = IDBPDatabase<ReplicaSchema>;
export type ReplicaStore = StoreNames<ReplicaSchema>;

/** The copy can be deleted at any time: it is fetched again. Nothing that exists only here may be put in it. */
export const replicaName = 'baton-replica';

/** The four stores of a generation. */
export function storesOf<G extends Generation>(generation: G) {
  return {
    bundles: `bundles-${generation}`,
    talkingPoints: `talkingPoints-${generation}`,
    verdicts: `verdicts-${generation}`,
    outcomes: `outcomes-${generation}`,
  } as const;
}

/** Opens the replica, making it when it is not there. `onLost`: it is being deleted or was closed by the browser; close it and open it anew. */
export async function openReplica(
  name: string = replicaName,
  onLost: () => void = () => undefined,
): Promise<ReplicaDatabase> {
  return openDB<ReplicaSchema>(name, 1, {
    upgrade(database) {
      for (const generation of ['a', 'b'] as const) {
        const bundles = database.createObjectStore(`bundles-${generation}`, { keyPath: 'id' });
        for (const index of ['keys', 'contactIds', 'words'] as const)
          bundles.createIndex(index, index, { multiEntry: true });
        database
          .createObjectStore(`talkingPoints-${generation}`, { keyPath: 'id' })
          .createIndex('accountIds', 'accountIds', { multiEntry: true });
        database.createObjectStore(`verdicts-${generation}`, { keyPath: 'contactId' });
        database.createObjectStore(`outcomes-${generation}`, { keyPath: 'id' }).createIndex('accountId', 'accountId');
      }
      database.createObjectStore('head', { keyPath: 'id' });
    },
    blocking: onLost,
    terminated: onLost,
  });
}

/** What is known of the copy; null when none was ever taken whole. */
export async function readHead(replica: ReplicaDatabase): Promise<ReplicaHead | null> {
  return (await replica.get('head', 'head')) ?? null;
}

/** How many bundles the copy that is read holds: one an account. */
export async function countBundles(replica: ReplicaDatabase, generation: Generation): Promise<number> {
  return replica.count(storesOf(generation).bundles);
}

/** Empties the copy, so that a snapshot must be taken. The outbox is elsewhere and stays. */
export async function emptyReplica(replica: ReplicaDatabase): Promise<void> {
  const names = [...replica.objectStoreNames];
  const transaction = replica.transaction(names, 'readwrite');
  await Promise.all([...names.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}
