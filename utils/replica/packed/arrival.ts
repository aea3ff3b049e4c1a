import type { PackedHead } from '#contract/packed.ts';
import {
  type Arriving,
  otherGeneration,
  type ReplicaDatabase,
  readHead,
  type SectionRow,
  storesOf,
} from '../database.ts';
import { BrokenCopy } from './broken-copy.ts';
import { type Cutter, hashBytes } from './bytes.ts';
import { listSections, readPackedHead } from './sections.ts';

/** Sections are written in lots of about so many bytes, and of so many sections: a lot is what a cut can cost. */
const lotBytes = 1024 * 1024;
const lotSections = 128;
/** The length of the head stands in so many bytes before it. */
const lengthBytes = 4;
const mostHeadBytes = 32 * 1024 * 1024;

/** An arrival and how many of its sections are here. */
export interface Arrival {
  arriving: Arriving;
  stored: number;
}

/** What has come of a packed snapshot so far; null when none is on its way. */
export async function readArrival(replica: ReplicaDatabase): Promise<Arrival | null> {
  const arriving = await replica.get('arriving', 'arriving');
  if (arriving === undefined) return null;
  return { arriving, stored: await replica.count(storesOf(arriving.generation).sections) };
}

/** Forgets what has come so far: the next try begins anew. */
export async function dropArrival(replica: ReplicaDatabase): Promise<void> {
  await replica.clear('arriving');
}

/** Where the next try may go on: the first byte of the section after those that are here. Null when all are. */
export function nextByte({ arriving, stored }: Arrival): number | null {
  return listSections(arriving.head)[stored]?.at ?? null;
}

/** Reads the head from the beginning of a file. Null when the stream ends within it. Throws `BrokenCopy` when it is none. */
export async function takeHead(cutter: Cutter): Promise<PackedHead | null> {
  const first = await cutter.take(lengthBytes);
  if (first === null) return null;
  const length = new DataView(first.buffer).getUint32(0, true);
  if (length > mostHeadBytes) throw new BrokenCopy('The copy does not begin as one.');
  const bytes = await cutter.take(length);
  return bytes && readPackedHead(bytes, lengthBytes + length);
}

/** Begins to take a file in beside the copy that is read, and forgets any that came before in part. */
export async function beginArrival(replica: ReplicaDatabase, etag: string, head: PackedHead): Promise<Arrival> {
  const generation = otherGeneration((await readHead(replica))?.generation);
  const arriving: Arriving = { id: 'arriving', generation, etag, head };
  const names = Object.values(storesOf(generation));
  const transaction = replica.transaction(['arriving', ...names], 'readwrite', { durability: 'relaxed' });
  await Promise.all([
    ...names.map((name) => transaction.objectStore(name).clear()),
    transaction.objectStore('arriving').put(arriving),
    transaction.done,
  ]);
  return { arriving, stored: 0 };
}

async function storeLot(replica: ReplicaDatabase, { arriving, stored }: Arrival, lot: SectionRow[]): Promise<Arrival> {
  if (lot.length > 0) {
    const store = storesOf(arriving.generation).sections;
    const transaction = replica.transaction(store, 'readwrite', { durability: 'relaxed' });
    await Promise.all([...lot.map((row, index) => transaction.store.put(row, stored + index)), transaction.done]);
  }
  return { arriving, stored: stored + lot.length };
}

/**
 * Stores section after section as they come, each as it is, once it is known to be what the head says. `onStored` hears how many bytes of the file are here.
 * Answers how far it came: short of the end when the stream ended early. Throws `BrokenCopy` at a section that is another; those before it are kept.
 */
export async function takeSections(
  replica: ReplicaDatabase,
  begun: Arrival,
  cutter: Cutter,
  onStored: (bytes: number) => void,
): Promise<Arrival> {
  let arrival = begun;
  let lot: SectionRow[] = [];
  let size = 0;
  const store = async (end: number) => {
    arrival = await storeLot(replica, arrival, lot);
    lot = [];
    size = 0;
    onStored(end);
  };
  for (const { at, bytes: length, hash } of listSections(begun.arriving.head).slice(begun.stored)) {
    const bytes = await cutter.take(length).catch(() => null);
    const isWhole = bytes !== null && (await hashBytes(bytes)) === hash;
    if (isWhole) {
      lot.push({ bytes, hash });
      size += length;
    }
    if (!isWhole || size >= lotBytes || lot.length >= lotSections) await store(at + length);
    if (bytes === null) return arrival;
    if (!isWhole) throw new BrokenCopy('A section of the copy was changed on its way.');
  }
  const last = listSections(begun.arriving.head).at(-1);
  await store((last?.at ?? 0) + (last?.bytes ?? 0));
  return arrival;
}
