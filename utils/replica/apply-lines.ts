import type { SnapshotLine } from '#contract/feed.ts';
import type { Progress } from '../outbox/settle.ts';
import {
  clearGeneration,
  type Generation,
  otherGeneration,
  type ReplicaDatabase,
  readHead,
  storesOf,
} from './database.ts';
import { toBundleRow } from './rows.ts';
import { swapIn } from './swap.ts';

/** The snapshot ended early or contradicts itself. What was there before stays as it was. */
export class BrokenSnapshot extends Error {
  override name = 'BrokenSnapshot';
}

type LineOf<Name extends SnapshotLine['line']> = Extract<SnapshotLine, { line: Name }>;

/** A snapshot on its way in. */
interface Building {
  generation: Generation;
  head: LineOf<'head'> | null;
  bundles: number;
  mine: LineOf<'mine'> | null;
  ended: boolean;
}

async function takeLine(replica: ReplicaDatabase, building: Building, line: SnapshotLine): Promise<void> {
  if (building.ended) throw new BrokenSnapshot('The copy goes on after its end.');
  if ((line.line === 'head') !== (building.head === null)) throw new BrokenSnapshot('The copy has no one beginning.');
  const stores = storesOf(building.generation);
  if (line.line === 'head') building.head = line;
  if (line.line === 'mine') building.mine = line;
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
}

/**
 * What `applyLines` needs besides the lines. `keyId`: the hash key of the copy, where the store does not say. `prepare` is told before the swap of the contacts that
 * are gone for good, and of the copy's key.
 */
export interface Taking {
  keyId: string;
  settledSequence: number;
  prepare: (erased: readonly string[], keyId: string) => Promise<unknown>;
  onProgress: (copied: number, of: number) => void;
}

/**
 * Takes the snapshot of a store that does not pack: all of it as rows, beside the present copy, in whose place it is put when its last line has come and its
 * count is right. Answers what the store knows of this device.
 * Throws `BrokenSnapshot` when it was cut off or contradicts itself; the copy that was there before is untouched.
 */
export async function applyLines(
  replica: ReplicaDatabase,
  lines: AsyncIterable<SnapshotLine>,
  taking: Taking,
): Promise<Progress> {
  const generation = otherGeneration((await readHead(replica))?.generation);
  await replica.clear('arriving');
  await clearGeneration(replica, generation);
  const building: Building = { generation, head: null, bundles: 0, mine: null, ended: false };
  for await (const line of lines) {
    await takeLine(replica, building, line);
    if (building.head !== null) taking.onProgress(building.bundles, building.head.bundles);
  }
  const { head, mine } = building;
  if (head === null || mine === null || !building.ended || building.bundles !== head.bundles)
    throw new BrokenSnapshot('The copy of the store was cut off on its way. It will be fetched again.');
  const keyId = head.keyId ?? taking.keyId;
  await taking.prepare(mine.erasedContacts, keyId);
  const facts = {
    generation,
    cursor: head.cursor,
    facts: head.workspace,
    asOf: head.storeTime,
    coveredSequence: Math.min(mine.device.lastSequence, taking.settledSequence),
    keyId,
    base: null,
  };
  await swapIn(replica, facts, mine);
  return mine.device;
}
