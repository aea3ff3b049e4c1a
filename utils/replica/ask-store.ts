import type { IDBPObjectStore } from 'idb';
import type { ReplicaDatabase, ReplicaSchema, ReplicaStore } from './database.ts';

type Readable<Name extends ReplicaStore> = IDBPObjectStore<ReplicaSchema, [Name], Name, 'readonly'>;

/**
 * Makes what asks one store of the replica. What is asked in one go shares a transaction: beginning one costs the browser more than a read. What is asked of it
 * must be begun at once, not after waiting for something else.
 */
export function createAsk<Name extends ReplicaStore>(replica: ReplicaDatabase, name: Name) {
  let last: Readable<Name> | null = null;
  return function ask<T>(question: (store: Readable<Name>) => Promise<T>): Promise<T> {
    if (last !== null)
      try {
        return question(last);
      } catch {
        // Its transaction is over, or is at work for another: that shows in no other way.
      }
    last = replica.transaction(name).store;
    return question(last);
  };
}
