import type { PullAnswer } from '#contract/feed.ts';
import { type ReplicaDatabase, storesOf } from './database.ts';
import { toBundleRow, toOutcomeRow, toRemovedRow } from './rows.ts';

type Changes = Extract<PullAnswer, { status: 'changes' }>;

/** The changes do not join on to what the replica holds: something in between would be missing. */
export class HoleInFeed extends Error {
  override name = 'HoleInFeed';
}

/**
 * Writes what changed and the new cursor in one transaction: all of it or nothing. What is gone leaves a row that says so where a packed base may still hold it.
 * `coveredSequence`: this device's mutations up to there are in the answer; it never goes back.
 * Throws `HoleInFeed`, having changed nothing, when `from` is not the replica's cursor (also when there is no replica).
 */
export async function applyPull(replica: ReplicaDatabase, changes: Changes, coveredSequence: number): Promise<void> {
  const transaction = replica.transaction([...replica.objectStoreNames], 'readwrite');
  const head = await transaction.objectStore('head').get('head');
  if (head === undefined || head.cursor !== changes.from) {
    transaction.abort();
    await transaction.done.catch(() => undefined);
    throw new HoleInFeed('The changes begin elsewhere than this copy ends: it must be fetched again.');
  }
  const stores = storesOf(head.generation);
  const bundles = transaction.objectStore(stores.bundles);
  const talkingPoints = transaction.objectStore(stores.talkingPoints);
  const verdicts = transaction.objectStore(stores.verdicts);
  const outcomes = transaction.objectStore(stores.outcomes);
  const remove = (from: typeof bundles | typeof talkingPoints, id: string): Promise<unknown> =>
    head.base ? from.put(toRemovedRow(id)) : from.delete(id);
  const handOvers = changes.handOvers ?? head.handOvers ?? [];
  const writes: Promise<unknown>[] = [
    ...changes.bundles.map((each) => bundles.put(toBundleRow(each))),
    ...changes.removedBundles.map((id) => remove(bundles, id)),
    ...changes.talkingPoints.map((each) => talkingPoints.put(each)),
    ...changes.removedTalkingPoints.map((id) => remove(talkingPoints, id)),
    ...changes.erasedContacts.map((id) => verdicts.delete(id)),
    ...changes.verdicts.map((each) => verdicts.put(each)),
    ...changes.outcomes.map((each) => outcomes.put(toOutcomeRow(each))),
    transaction.objectStore('head').put({
      ...head,
      cursor: changes.to,
      facts: changes.workspace ?? head.facts,
      receipts: changes.receipts ?? head.receipts ?? [],
      asks: changes.asks ?? head.asks ?? [],
      handOvers: handOvers.filter(({ contactId }) => !changes.erasedContacts.includes(contactId)),
      asOf: changes.storeTime,
      coveredSequence: Math.max(head.coveredSequence, coveredSequence),
    }),
  ];
  await Promise.all([...writes, transaction.done]);
}
