import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import type { OwnAsk } from '#contract/ask.ts';
import type { Bundle, OwnOutcome, OwnVerdict, TalkingPoint, WorkspaceFacts } from '#contract/bundle.ts';
import type { Cursor } from '#contract/feed.ts';
import type { OwnHandOver } from '#contract/hand-over.ts';
import type { PackedHead } from '#contract/packed.ts';
import type { Receipt } from '#contract/receipt.ts';
import { log } from '../platform/log.ts';
import { createRemembered, watchWrites } from '../platform/remembered.ts';

/**
 * A bundle with what it is found by: `keys` of its account and people, `contactIds`, and the small-letter `words` of their names.
 * `seenAt`: it was fetched when it was first in view, and last looked at then; such a row may be let go of. Of all others the base knows nothing, or less.
 */
export interface BundleRow extends Bundle {
  seenAt?: number;
  keys: string[];
  contactIds: string[];
  words: string[];
}

/** Stands where a row was taken away: what the packed base still holds under this id counts no more. */
export interface RemovedRow {
  id: string;
  isRemoved: true;
}

/** An own outcome under a key of its own: a talking point at an account. */
export interface OutcomeRow extends OwnOutcome {
  id: string;
}

/**
 * What is known of a packed base without looking into it. `etag` names the file it came as; `tables`: how many tables of ids it has;
 * `firsts`: the number of each block's first bundle, empty when it came without blocks. `edition` counts how often people were taken out of it here.
 */
export interface BaseFacts {
  etag: string;
  edition: number;
  bundles: number;
  contacts: number;
  tables: number;
  firsts: number[];
}

/**
 * What is known of the whole copy. `generation` names the set of stores that is read; the other one is where a snapshot is being built.
 * `coveredSequence`: what this device did up to there is already in the copy, so the outbox need not be laid over it. `keyId`: the hash key of all its keys.
 * `base`: the packed snapshot under its rows; null when it came line by line, and all of it is rows. `isBroken`: something in it cannot be read, and another
 * is to be fetched. `seen` counts how often bundles were put in as they came into view. `receipts`: the member's that they have not put away; `asks`: those of the
 * member and those put to them; `handOvers`: what is offered to them. Copies of earlier versions have none of these.
 */
export interface ReplicaHead {
  id: 'head';
  generation: Generation;
  cursor: Cursor;
  facts: WorkspaceFacts;
  asOf: string;
  coveredSequence: number;
  keyId?: string;
  scope?: string;
  base?: BaseFacts | null;
  isBroken?: boolean;
  seen?: number;
  receipts?: Receipt[];
  asks?: OwnAsk[];
  handOvers?: OwnHandOver[];
}

/** A packed snapshot on its way in, to be gone on with after a cut: which file it is, and where it is being built. Its first sections are there already. */
export interface Arriving {
  id: 'arriving';
  generation: Generation;
  etag: string;
  head: PackedHead;
}

/** A section of a packed snapshot as it came, and the hash by which it is known to be whole. */
export interface SectionRow {
  bytes: Uint8Array<ArrayBuffer>;
  hash: string;
}

export type Generation = 'a' | 'b';
type Rows<Name extends string, Key extends IDBValidKey, Value, Indexes extends Record<string, string | number>> = {
  [K in `${Name}-${Generation}`]: { key: Key; value: Value; indexes: Indexes };
};

export interface ReplicaSchema
  extends DBSchema,
    Rows<
      'bundles',
      string,
      BundleRow | RemovedRow,
      { keys: string; contactIds: string; words: string; seenAt: number }
    >,
    Rows<'talkingPoints', string, TalkingPoint | RemovedRow, { accountIds: string }>,
    Rows<'verdicts', string, OwnVerdict, Record<never, never>>,
    Rows<'outcomes', string, OutcomeRow, { accountId: string }>,
    Rows<'sections', number, SectionRow, Record<never, never>> {
  head: { key: string; value: ReplicaHead };
  arriving: { key: string; value: Arriving };
}
export type ReplicaDatabase = IDBPDatabase<ReplicaSchema>;
export type ReplicaStore = StoreNames<ReplicaSchema>;

/** The copy can be deleted at any time: it is fetched again. Nothing that exists only here may be put in it. */
export const replicaName = 'baton-replica';
const version = 2;

/** The five stores of a generation. */
export function storesOf<G extends Generation>(generation: G) {
  return {
    bundles: `bundles-${generation}`,
    talkingPoints: `talkingPoints-${generation}`,
    verdicts: `verdicts-${generation}`,
    outcomes: `outcomes-${generation}`,
    sections: `sections-${generation}`,
  } as const;
}

/** Makes what a version is the first to have. What an earlier one holds stays and is read as it is, until another copy takes its place. */
function upgrade(
  database: ReplicaDatabase,
  from: number,
  _to: number | null,
  transaction: IDBPTransaction<ReplicaSchema, ReplicaStore[], 'versionchange'>,
): void {
  for (const generation of ['a', 'b'] as const) {
    if (from < 1) {
      const bundles = database.createObjectStore(`bundles-${generation}`, { keyPath: 'id' });
      for (const index of ['keys', 'contactIds', 'words'] as const)
        bundles.createIndex(index, index, { multiEntry: true });
      database
        .createObjectStore(`talkingPoints-${generation}`, { keyPath: 'id' })
        .createIndex('accountIds', 'accountIds', { multiEntry: true });
      database.createObjectStore(`verdicts-${generation}`, { keyPath: 'contactId' });
      database.createObjectStore(`outcomes-${generation}`, { keyPath: 'id' }).createIndex('accountId', 'accountId');
    }
    if (from >= 2) continue;
    database.createObjectStore(`sections-${generation}`);
    transaction.objectStore(`bundles-${generation}`).createIndex('seenAt', 'seenAt');
  }
  if (from < 1) database.createObjectStore('head', { keyPath: 'id' });
  if (from < 2) database.createObjectStore('arriving', { keyPath: 'id' });
}

/**
 * Opens the replica, making it when it is not there. One that cannot be opened (damaged, or of a newer version) is thrown away and made anew.
 * `onLost`: it is being deleted or was closed by the browser; close it and open it anew.
 */
export async function openReplica(
  name: string = replicaName,
  onLost: () => void = () => undefined,
): Promise<ReplicaDatabase> {
  const open = () => openDB<ReplicaSchema>(name, version, { upgrade, blocking: onLost, terminated: onLost });
  const replica = await open().catch(async (error: unknown) => {
    log.warn('replica', 'the copy did not open and is thrown away', { error });
    await deleteDB(name);
    return open();
  });
  return watchWrites(replica);
}

/** What is known of the copy; null when none was ever taken whole. */
export const readHead = createRemembered(
  'head',
  async (replica: ReplicaDatabase): Promise<Readonly<ReplicaHead> | null> =>
    (await replica.get('head', 'head')) ?? null,
);

/** Notes that something in the copy cannot be read. Answers whether that is news. */
export async function markBroken(replica: ReplicaDatabase): Promise<boolean> {
  const transaction = replica.transaction('head', 'readwrite');
  const head = await transaction.store.get('head');
  const isNews = head !== undefined && !head.isBroken;
  if (isNews) await transaction.store.put({ ...head, isBroken: true });
  await transaction.done;
  return isNews;
}

/** Where the next copy is built: beside the one that is read. */
export function otherGeneration(generation: Generation | undefined): Generation {
  return generation === 'a' ? 'b' : 'a';
}

/** How many rows of bundles stand over the base because something changed. */
export async function countRows(replica: ReplicaDatabase, generation: Generation): Promise<number> {
  const { bundles } = storesOf(generation);
  const [all, seen] = await Promise.all([replica.count(bundles), replica.countFromIndex(bundles, 'seenAt')]);
  return all - seen;
}

const emptyings = new WeakMap<ReplicaDatabase, number>();

/**
 * How often something was emptied through this opening of the copy, which only one background has open. Where it is the same after reading as it was before, nothing
 * was taken away from under what was read.
 */
export function countEmptyings(replica: ReplicaDatabase): number {
  return emptyings.get(replica) ?? 0;
}

function noteEmptying(replica: ReplicaDatabase): void {
  emptyings.set(replica, countEmptyings(replica) + 1);
}

/** Empties the stores of a generation. */
export async function clearGeneration(replica: ReplicaDatabase, generation: Generation): Promise<void> {
  noteEmptying(replica);
  const names: ReplicaStore[] = Object.values(storesOf(generation));
  const transaction = replica.transaction(names, 'readwrite', { durability: 'relaxed' });
  await Promise.all([...names.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}

/** Empties the copy, so that a snapshot must be taken. The outbox is elsewhere and stays. */
export async function emptyReplica(replica: ReplicaDatabase): Promise<void> {
  noteEmptying(replica);
  const names = [...replica.objectStoreNames];
  const transaction = replica.transaction(names, 'readwrite');
  await Promise.all([...names.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}

/** Deletes a copy whose database is damaged. Who has it open is told, as `openReplica` says, and opens it anew. */
export async function deleteReplica(replica: ReplicaDatabase): Promise<void> {
  await deleteDB(replica.name);
}
