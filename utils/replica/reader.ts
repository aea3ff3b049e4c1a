import type { OwnOutcome, TalkingPoint } from '#contract/bundle.ts';
import type { AccountId, ContactId, TalkingPointId } from '#contract/ids.ts';
import { createAsk } from './ask-store.ts';
import { createCache } from './cache.ts';
import { type Generation, type ReplicaDatabase, type ReplicaHead, readHead, storesOf } from './database.ts';
import { createPackedBase, type PackedBase } from './packed/base.ts';
import { createBundleReader } from './read-bundles.ts';
import { isRemoved } from './rows.ts';

/** Of so many people and accounts is remembered what stands beside their bundles. */
const keptSubjects = 64;

/**
 * Reads one state of the replica: taken at one moment, thrown away when the replica has moved on. What came since the packed base stands in rows, and a row
 * takes the place of what the base holds under its id. `base` null: all is rows. Rejects with `BrokenCopy` when what is wanted is damaged.
 */
export function createReading(replica: ReplicaDatabase, head: ReplicaHead, base: PackedBase | null) {
  const absent = new Set<string>();
  const stores = storesOf(head.generation);
  const askPoints = createAsk(replica, stores.talkingPoints);

  const points = createCache(keptSubjects, async (accountId: string): Promise<readonly TalkingPoint[]> => {
    const [rows, changed, packed] = await Promise.all([
      askPoints((store) => store.index('accountIds').getAll(accountId)),
      base === null ? [] : askPoints((store) => store.getAllKeys()),
      base === null ? [] : base.talkingPoints(),
    ]);
    const isChanged = new Set(changed);
    const still = packed.filter(({ id, accountIds }) => !isChanged.has(id) && accountIds.includes(accountId as never));
    return [...rows.filter((row): row is TalkingPoint => !isRemoved(row)), ...still];
  });
  const verdicts = createCache(
    keptSubjects,
    async (contactId: ContactId) => (await replica.get(stores.verdicts, contactId)) ?? null,
  );
  const outcomes = createCache(
    keptSubjects,
    async (accountId: AccountId): Promise<ReadonlyMap<TalkingPointId, OwnOutcome>> => {
      const found = await replica.getAllFromIndex(stores.outcomes, 'accountId', accountId);
      return new Map(found.map((each) => [each.talkingPointId, each]));
    },
  );

  return {
    head,
    base,
    ...createBundleReader(replica, head, base, (id) => absent.add(id)),
    /** The ids of bundles that were wanted and are not here, or not as they stand, though the store has them; each told once. */
    takeAbsent: (): string[] => {
      const ids = [...absent];
      absent.clear();
      return ids;
    },
    /** What was pushed to this account, in no order. */
    talkingPointsAt: points.get,
    /** The member's own verdict as the store has it; null when there is none. */
    verdictOn: verdicts.get,
    /** The member's own outcomes at an account as the store has them, by talking point. */
    outcomesAt: outcomes.get,
  };
}
export type Reading = ReturnType<typeof createReading>;

/** Hands out readings of the replica; the same one, with what it keeps in memory, for as long as the replica stands where it stood. What is unpacked of a base is kept for as long as it is the base. */
export function createReader(replica: ReplicaDatabase): () => Promise<Reading | null> {
  let last: Reading | null = null;
  let base: { generation: Generation; packed: PackedBase } | null = null;

  function baseOf({ generation, base: facts }: ReplicaHead): PackedBase | null {
    if (!facts) return null;
    const kept = base?.generation === generation ? base.packed : null;
    if (kept !== null && kept.facts.etag === facts.etag && kept.facts.edition === facts.edition) return kept;
    base = { generation, packed: createPackedBase(replica, generation, facts) };
    return base.packed;
  }

  return async () => {
    const head = await readHead(replica);
    if (head === null) {
      last = null;
      base = null;
      return null;
    }
    const packed = baseOf(head);
    const isSame = last?.head.cursor === head.cursor && last.head.generation === head.generation;
    if (last === null || !isSame || last.base !== packed || last.head.seen !== head.seen)
      last = createReading(replica, head, packed);
    else last.head = head;
    return last;
  };
}
