import { type IDBPDatabase, unwrap } from 'idb';

/** A write that has begun stands in `begun`, and in `open` until its transaction is over. Both by store. */
interface Writes {
  begun: Map<string, number>;
  open: Map<string, number>;
}

const watched = new WeakMap<IDBDatabase, Writes>();

function add(counts: Map<string, number>, stores: readonly string[], by: 1 | -1): void {
  for (const store of stores) counts.set(store, (counts.get(store) ?? 0) + by);
}

/**
 * Sees every write to this database from now on, whoever begins it: each needs a transaction, and none can be had in another way. Only for a database that nobody
 * else has open: what another writes is not seen.
 */
export function watchWrites<Schema>(database: IDBPDatabase<Schema>): IDBPDatabase<Schema> {
  const plain = unwrap(database);
  const writes: Writes = { begun: new Map(), open: new Map() };
  plain.transaction = (...how) => {
    const transaction = IDBDatabase.prototype.transaction.apply(plain, how);
    const [, mode] = how;
    if (mode !== 'readwrite') return transaction;
    const stores = [...transaction.objectStoreNames];
    const end = () => add(writes.open, stores, -1);
    add(writes.begun, stores, 1);
    add(writes.open, stores, 1);
    transaction.addEventListener('complete', end);
    transaction.addEventListener('abort', end);
    return transaction;
  };
  watched.set(plain, writes);
  return database;
}

/**
 * Reads something of one store, once for as long as nobody writes to it: even the shortest transaction costs a browser a walk to another process. While a write is
 * under way the disk is asked, behind it. What is answered is shared: nobody changes it. A database that is not watched is asked each time.
 */
export function createRemembered<Schema, Value>(
  store: string,
  read: (database: IDBPDatabase<Schema>) => Promise<Value>,
): (database: IDBPDatabase<Schema>) => Promise<Value> {
  const kept = new WeakMap<IDBDatabase, { begun: number; value: Promise<Value> }>();
  return (database) => {
    const plain = unwrap(database);
    const writes = watched.get(plain);
    if (writes === undefined || (writes.open.get(store) ?? 0) > 0) {
      kept.delete(plain);
      return read(database);
    }
    const begun = writes.begun.get(store) ?? 0;
    const last = kept.get(plain);
    if (last?.begun === begun) return last.value;
    const value = read(database);
    kept.set(plain, { begun, value });
    value.catch(() => kept.get(plain)?.value === value && kept.delete(plain));
    return value;
  };
}
