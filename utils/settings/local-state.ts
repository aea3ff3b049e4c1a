import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Session } from '#contract/session.ts';
import { createRemembered, watchWrites } from '../platform/remembered.ts';

/**
 * This browser's place at a store. `state`: `signedOut` once the store refused the token. `leaseEndsAt`: until then, by the device's own clock,
 * the replica may be read without the store. `clockAt`: the latest that clock was seen to stand at since; absent in what an older version kept.
 * `checkedAt`: when the session was last fetched.
 */
export interface Connection {
  storeUrl: string;
  token: string;
  session: Session;
  state: 'connected' | 'signedOut';
  leaseEndsAt: number;
  clockAt?: number;
  checkedAt: number;
}

/** Whether the store answers, and in a version that this extension speaks. `since`: when that began. `failures` and `retryAt` space the next tries; `busySince`: since when it says "later". */
export interface Reach {
  store: 'reached' | 'unreachable' | 'storeTooOld' | 'extensionTooOld';
  since: number;
  failures: number;
  retryAt: number;
  busySince?: number;
}

/** Somebody whose card was opened. */
export interface Opened {
  contactId: string | null;
  accountId: string | null;
}

interface LocalValues {
  connection: Connection;
  reach: Reach;
  /** The last three opened, newest first. */
  recent: Opened[];
  /** The talking points this member has seen, each with the day it was last counted. */
  seen: Record<string, string>;
  /** The newest version of the contract that the store was last heard to speak. */
  storeSpeaks: number;
  /** The store's time when it last told, and the device's at that moment: only the length between them counts. */
  storeClock: { store: number; device: number };
  /** Until when no copy is fetched, by the device's clock: there was no room for the last one. */
  noRoomUntil: number;
  /** The hash keys in use, by their ids: the newest, and the one that the copy is under. Base64url. Missing: the session's own is the only one. */
  hashKeys: Record<string, string>;
  /** When this browser takes its copy under the key with that id. */
  keyMove: { keyId: string; at: number };
  /** Until when live streams are known not to lead through to here, by the device's clock. */
  streamsHeldUntil: number;
  /** When old rows were last cleared away. */
  tidiedAt: number;
}

interface LocalSchema extends DBSchema {
  values: { key: string; value: LocalValues[keyof LocalValues] };
}
/** The background's own memory. In IndexedDB of the extension's origin, not in `storage.local`: content scripts can read that one. */
export type LocalState = IDBPDatabase<LocalSchema>;

/** Opens the background's memory, making it when it is not there. `onLost`: it is being deleted or was closed by the browser; close it and open it anew. */
export async function openLocalState(name = 'baton-local', onLost: () => void = () => undefined): Promise<LocalState> {
  const local = await openDB<LocalSchema>(name, 1, {
    upgrade: (database) => void database.createObjectStore('values'),
    blocking: onLost,
    terminated: onLost,
  });
  return watchWrites(local);
}

/** A value of the background's memory; null when it was never set. */
export async function readLocal<K extends keyof LocalValues>(
  local: LocalState,
  key: K,
): Promise<LocalValues[K] | null> {
  return ((await readAllLocal(local))[key] as LocalValues[K] | undefined) ?? null;
}

/** All of the background's memory at one moment; what was never set is missing. */
export type LocalMemory = Partial<LocalValues>;

/** Reads all of the background's memory. */
export const readAllLocal = createRemembered('values', async (local: LocalState): Promise<Readonly<LocalMemory>> => {
  const { store } = local.transaction('values');
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return Object.fromEntries(keys.map((key, at) => [key, values[at]])) as LocalMemory;
});

/** Sets a value of the background's memory. */
export async function writeLocal<K extends keyof LocalValues>(
  local: LocalState,
  key: K,
  value: LocalValues[K],
): Promise<void> {
  const transaction = local.transaction('values', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.put(value, key), transaction.done]);
}

/** Changes a value as it stands, in one transaction: two changes at once cannot lose each other. `change` gets null when it was never set. */
export async function changeLocal<K extends keyof LocalValues>(
  local: LocalState,
  key: K,
  change: (value: LocalValues[K] | null) => LocalValues[K] | null,
): Promise<void> {
  const transaction = local.transaction('values', 'readwrite');
  const present = ((await transaction.store.get(key)) as LocalValues[K] | undefined) ?? null;
  const next = change(present);
  const write = next === null ? transaction.store.delete(key) : transaction.store.put(next, key);
  await Promise.all([write, transaction.done]);
}

/** Forgets everything but what is named: the person signed out, or the store refused this browser. */
export async function emptyLocal(local: LocalState, ...kept: (keyof LocalValues)[]): Promise<void> {
  const transaction = local.transaction('values', 'readwrite', { durability: 'strict' });
  const keys = (await transaction.store.getAllKeys()).filter((key) => !(kept as string[]).includes(key));
  await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
}
