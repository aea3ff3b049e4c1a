import type { SnapshotLine } from '#contract/feed.ts';
import type { Progress } from '../outbox/settle.ts';
import { type Generation, type ReplicaDatabase, type ReplicaStore, readHead, storesOf } from './database.ts';
import { toBundleRow, toOutcomeRow } from './rows.ts';

/** The snapshot ended early or contradicts itself. What was there before stays as it was. */
export class BrokenSnapshot extends Error {
  override name = 'BrokenSnapshot';
}

/** How many accounts of a snapshot are in, of how many. */
export interface Copying {
  copied: number;
  of: number;
}

type Head = Extract<SnapshotLine, { line: 'head' }>;

/** A snapshot on its way in. Feed it every line in order, then `finish`. */
interface Building {
  generation: Generation;
  head: Head | null;
  bundles: number;
  device: Progress | null;
  erased: readonly string[];
  ended: boolean;
}

async function clear(replica: ReplicaDatabase, generation: Generation): Promise<void> {
  const names: ReplicaStore[] = Object.values(storesOf(generation));
  const transaction = replica.transaction(names, 'readwrite', { durability: 'relaxed' });
  await Promise.all([...names.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}

async function takeLine(replica: ReplicaDatabase, building: Building, line: SnapshotLine): Promise<void> {
  if (building.ended) throw new BrokenSnapshot('The copy goes on after its end.');
  if ((line.line === 'head') !== (building.head === null)) throw new BrokenSnapshot('The copy has no one beginning.');
  const stores = storesOf(building.generation);
  if (line.line === 'head') building.head = line;
  if (line.line === 'end') building.ended = true;
  if (line.line === 'bundles') {
    building.bundles += line.bundles.length;
    const transaction = replica.transaction(stores.bundles, 'readwrite', { durability: 'relaxed' });
    await Promise.all([...line.bundles.map((each) => transaction.store.put(toBundleRow(each))), transaction.done]);
  }
  if (line.line === 'talkingPoints') {
    const transaction = replica.transaction(stores.talkingPoints, 'readwrite', { durability: 'relaxed' });
    await Promise.all([...line.talkingPoints.map((each) => transaction.store.put(each)), transaction.done]);
  }
  if (line.line === 'mine') {
    building.device = line.device;
    building.erased = line.erasedContacts;
    const transaction = replica.transaction([stores.verdicts, stores.outcomes], 'readwrite', { durability: 'relaxed' });
    const verdicts = transaction.objectStore(stores.verdicts);
    const outcomes = transaction.objectStore(stores.outcomes);
    await Promise.all([
      ...line.verdicts.map((each) => verdicts.put(each)),
      ...line.outcomes.map((each) => outcomes.put(toOutcomeRow(each))),
      transaction.done,
    ]);
  }
}

/**
 * Builds a whole new copy beside the present one and, when its last line has come and its count is right, puts it in the other's place in one
 * transaction: no reader ever sees half of it. `prepare` is told before that of the contacts that are gone for good, and of the key of the copy. `onProgress` hears after each line how far it has come. Answers what the store knows of this device.
 * Throws `BrokenSnapshot` when it was cut off or contradicts itself; the copy that was there before is untouched.
 */
export async function applySnapshot(
  replica: ReplicaDatabase,
  lines: AsyncIterable<SnapshotLine>,
  settledSequence: number,
  prepare: (erased: readonly string[], keyId: string | undefined) => Promise<unknown>,
  onProgress: (progress: Copying) => void,
): Promise<Progress> {
  const generation = (await readHead(replica))?.generation === 'a' ? 'b' : 'a';
  await clear(replica, generation);
  const building: Building = { generation, head: null, bundles: 0, device: null, erased: [], ended: false };
  for await (const line of lines) {
    await takeLine(replica, building, line);
    if (building.head !== null) onProgress({ copied: building.bundles, of: building.head.bundles });
  }
  const { head, device } = building;
  if (head === null || device === null || !building.ended || building.bundles !== head.bundles)
    throw new BrokenSnapshot('The copy of the store was cut off on its way. It will be fetched again.');
  await prepare(building.erased, head.keyId);
  await replica.put('head', {
    id: 'head',
    generation,
    cursor: head.cursor,
    facts: head.workspace,
    asOf: head.storeTime,
    coveredSequence: Math.min(device.lastSequence, settledSequence),
    ...(head.keyId === undefined ? {} : { keyId: head.keyId }),
  });
  await clear(replica, generation === 'a' ? 'b' : 'a');
  return device;
}
