import type { OwnPart } from '#contract/packed.ts';
import { clearGeneration, otherGeneration, type ReplicaDatabase, type ReplicaHead, storesOf } from './database.ts';
import { toOutcomeRow } from './rows.ts';

/**
 * Puts a copy that has been built beside the present one in its place, with the member's own part, in one transaction: no reader ever sees half of it.
 * What was there before is emptied after it.
 */
export async function swapIn(
  replica: ReplicaDatabase,
  head: Omit<ReplicaHead, 'id'>,
  own: Pick<OwnPart, 'verdicts' | 'outcomes' | 'receipts' | 'asks' | 'handOvers'>,
): Promise<void> {
  const stores = storesOf(head.generation);
  const transaction = replica.transaction(['head', 'arriving', stores.verdicts, stores.outcomes], 'readwrite');
  const verdicts = transaction.objectStore(stores.verdicts);
  const outcomes = transaction.objectStore(stores.outcomes);
  await Promise.all([
    ...own.verdicts.map((each) => verdicts.put(each)),
    ...own.outcomes.map((each) => outcomes.put(toOutcomeRow(each))),
    transaction.objectStore('head').put({
      ...head,
      receipts: own.receipts ?? [],
      asks: own.asks ?? [],
      handOvers: own.handOvers ?? [],
      id: 'head',
    }),
    transaction.objectStore('arriving').clear(),
    transaction.done,
  ]);
  await clearGeneration(replica, otherGeneration(head.generation));
}
