import type { Bundle } from '#contract/bundle.ts';
import type { ContactId, IdentifierKey } from '#contract/ids.ts';
import { nameWords } from '../identity/similar-name.ts';
import { type BundleRow, type ReplicaDatabase, type ReplicaHead, readHead, storesOf } from './database.ts';
import { outcomeKey } from './rows.ts';

const keptBundles = 64;

/** Reads one state of the replica: taken at one moment, thrown away when the replica has moved on. */
export function createReading(replica: ReplicaDatabase, head: ReplicaHead) {
  const stores = storesOf(head.generation);
  const kept = new Map<string, Bundle>();

  function keep(id: string, bundle: Bundle | undefined): Bundle | null {
    if (bundle === undefined) return null;
    if (kept.size >= keptBundles) kept.delete(kept.keys().next().value ?? '');
    kept.set(id, bundle);
    return bundle;
  }

  async function bundleById(id: string): Promise<Bundle | null> {
    return kept.get(id) ?? keep(id, await replica.get(stores.bundles, id));
  }

  async function bundlesOf(index: 'keys' | 'contactIds', value: string): Promise<Bundle[]> {
    const ids = await replica.getAllKeysFromIndex(stores.bundles, index, value);
    const bundles = await Promise.all(ids.map(bundleById));
    return bundles.filter((each) => each !== null);
  }

  return {
    head,
    /** The bundle with this id; null when the replica has none. */
    bundleById,
    /** The bundles in which this key stands, at the account or at a person. */
    bundlesWithKey: (key: IdentifierKey) => bundlesOf('keys', key),
    /** The bundle this person is in; null when the replica has none. */
    bundleOfContact: async (contactId: ContactId) => (await bundlesOf('contactIds', contactId))[0] ?? null,
    /** What was pushed to this account, in no order. */
    talkingPointsAt: (accountId: string) => replica.getAllFromIndex(stores.talkingPoints, 'accountIds', accountId),
    /** The member's own verdict as the store has it; null when there is none. */
    verdictOn: async (contactId: ContactId) => (await replica.get(stores.verdicts, contactId)) ?? null,
    /** The member's own outcome of a talking point as the store has it; null when there is none. */
    outcomeOf: async (key: Parameters<typeof outcomeKey>[0]) =>
      (await replica.get(stores.outcomes, outcomeKey(key))) ?? null,
    /** Bundles in whose names the first word stands whole, and one of the others, at most `limit`; none when there are more. In no order. */
    bundlesWithWords: async (first: string, others: readonly string[], limit: number): Promise<Bundle[]> => {
      const idsOf = (word: string) => replica.getAllKeysFromIndex(stores.bundles, 'words', word);
      const [ids, ...lists] = await Promise.all([first, ...others].map(idsOf));
      const wanted = new Set(lists.flat());
      const found = (ids ?? []).filter((id) => wanted.has(id));
      if (found.length > limit) return [];
      return (await Promise.all(found.map(bundleById))).filter((each) => each !== null);
    },
    /** Bundles in which every one of these words begins a word of a name, at most `limit`, in no order. */
    search: async (words: string, limit: number): Promise<BundleRow[]> => {
      const [longest, ...others] = nameWords(words).sort((a, b) => b.length - a.length);
      if (longest === undefined) return [];
      const found = new Map<string, BundleRow>();
      const range = IDBKeyRange.bound(longest, `${longest}\uffff`);
      const index = replica.transaction(stores.bundles).store.index('words');
      for await (const { value } of index.iterate(range)) {
        if (others.every((word) => value.words.some((each) => each.startsWith(word)))) found.set(value.id, value);
        if (found.size >= limit) break;
      }
      return [...found.values()];
    },
  };
}
export type Reading = ReturnType<typeof createReading>;

/** Hands out readings of the replica; the same one, with what it keeps in memory, for as long as the replica stands where it stood. */
export function createReader(replica: ReplicaDatabase): () => Promise<Reading | null> {
  let last: Reading | null = null;
  return async () => {
    const head = await readHead(replica);
    if (head === null) {
      last = null;
      return null;
    }
    if (last?.head.cursor !== head.cursor || last.head.generation !== head.generation)
      last = createReading(replica, head);
    else last.head = head;
    return last;
  };
}
