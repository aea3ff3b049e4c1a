import type { Bundle } from '#contract/bundle.ts';
import type { ContactId, IdentifierKey } from '#contract/ids.ts';
import { nameWords } from '../identity/similar-name.ts';
import { createAsk } from './ask-store.ts';
import { createCache } from './cache.ts';
import { type ReplicaDatabase, type ReplicaHead, storesOf } from './database.ts';
import type { PackedBase } from './packed/base.ts';
import { type Rescored, rescoreBundle } from './rescore.ts';
import { isRemoved } from './rows.ts';

const keptBundles = 64;
const keptFinds = 256;

/** What stands in every one of the lists, in the order of the first. */
function intersect([first = [], ...others]: readonly (readonly number[])[]): number[] {
  const sets = others.map((each) => new Set(each));
  return first.filter((number) => sets.every((set) => set.has(number)));
}

/** Whether the base holds a bundle with this id. */
async function isPacked(base: PackedBase, id: string): Promise<boolean> {
  return (await Promise.all((await base.numbersOfId(id)).map(base.idOf))).includes(id);
}

/**
 * Finds bundles among the rows of a generation and, under them, in its packed base; null: all is rows. Their scores are under the scorecard in force.
 * A base without blocks knows who is where, and holds nobody: `onAbsent` is told which bundle was wanted for who is in view, was chosen or was searched, also where
 * it is here and the store alone can make its scores; never for one that might be meant by name.
 */
export function createBundleReader(
  replica: ReplicaDatabase,
  { generation, facts }: ReplicaHead,
  base: PackedBase | null,
  onAbsent: (id: string) => void,
) {
  const store = storesOf(generation).bundles;
  const ask = createAsk(replica, store);
  let changed: Promise<Set<string>> | null = null;

  /** What stands in rows: nothing of it may be read from the base. */
  function readChanged(): Promise<Set<string>> {
    changed ??= ask((each) => each.getAllKeys()).then((ids) => new Set(ids));
    return changed;
  }

  const rescore = (bundle: Bundle | null) => bundle && rescoreBundle(bundle, facts);
  const rows = createCache(keptBundles, async (id: string) => {
    const row = await ask((each) => each.get(id));
    return row === undefined || isRemoved(row) ? null : rescore(row);
  });
  const packed = createCache(keptBundles, async (number: number) => rescore((await base?.bundleAt(number)) ?? null));

  /** Those that are here, for who looks at them. */
  function lookAt(found: readonly (Rescored<Bundle> | null)[]): Bundle[] {
    return found.flatMap((each) => {
      if (each?.isBehind) onAbsent(each.bundle.id);
      return each?.bundle ?? [];
    });
  }

  /** Of these numbers those of bundles that have not changed since, at most `limit`. */
  async function stillPacked(numbers: readonly number[], limit = Number.POSITIVE_INFINITY): Promise<number[]> {
    if (base === null || numbers.length === 0) return [];
    const isChanged = await readChanged();
    const still: number[] = [];
    for (const number of numbers) {
      if (still.length >= limit) break;
      if (isChanged.size === 0 || !isChanged.has(await base.idOf(number))) still.push(number);
    }
    return still;
  }

  async function unpackAll(
    numbers: readonly number[],
    holds: (bundle: Bundle) => unknown = () => true,
  ): Promise<Bundle[]> {
    if (base?.isWhole === false) for (const id of await Promise.all(numbers.map(base.idOf))) onAbsent(id);
    const found = await Promise.all(numbers.map(packed.get));
    return lookAt(found.filter((each) => each !== null && holds(each.bundle)));
  }

  async function packedBundles(numbers: readonly number[], holds: (bundle: Bundle) => unknown): Promise<Bundle[]> {
    return unpackAll(await stillPacked(numbers), holds);
  }

  const idsBy = {
    keys: createCache(keptFinds, (key: string) => ask((each) => each.index('keys').getAllKeys(key))),
    contactIds: createCache(keptFinds, (id: string) => ask((each) => each.index('contactIds').getAllKeys(id))),
  };

  async function rowsBy(index: keyof typeof idsBy, value: string): Promise<Bundle[]> {
    const ids = await idsBy[index].get(value);
    return lookAt(await Promise.all(ids.map(rows.get)));
  }

  /** The rows in which every one of these words begins a word of a name, at most `limit`. */
  async function searchRows(longest: string, others: readonly string[], limit: number): Promise<Bundle[]> {
    const found = new Map<string, Rescored<Bundle>>();
    const range = IDBKeyRange.bound(longest, `${longest}\uffff`);
    for await (const { value } of replica.transaction(store).store.index('words').iterate(range)) {
      if (found.size >= limit) break;
      if (!isRemoved(value) && others.every((word) => value.words.some((each) => each.startsWith(word))))
        found.set(value.id, rescoreBundle(value, facts));
    }
    return lookAt([...found.values()]);
  }

  return {
    /** The bundle with this id; null when the replica has none. */
    bundleById: async (id: string): Promise<Bundle | null> => {
      const [row = null] = lookAt([await rows.get(id)]);
      if (row !== null || base === null) return row;
      const [bundle = null] = await packedBundles(await base.numbersOfId(id), (each) => each.id === id);
      return bundle;
    },
    /** The bundles in which this key stands, at the account or at a person. */
    bundlesWithKey: async (key: IdentifierKey): Promise<Bundle[]> => {
      const numbers = (await base?.numbersOfKey(key)) ?? [];
      const holds = ({ account, contacts }: Bundle) =>
        account?.keys.includes(key) || contacts.some((each) => each.keys.includes(key));
      return (await Promise.all([rowsBy('keys', key), packedBundles(numbers, holds)])).flat();
    },
    /** The bundle this person is in; null when the replica has none. */
    bundleOfContact: async (contactId: ContactId): Promise<Bundle | null> => {
      const [row] = await rowsBy('contactIds', contactId);
      if (row !== undefined || base === null) return row ?? null;
      const holds = (bundle: Bundle) => bundle.contacts.some((each) => each.id === contactId);
      return (await packedBundles(await base.numbersOfId(contactId), holds))[0] ?? null;
    },
    /** Bundles in whose names the first word stands whole, and one of the others, at most `limit`; none when there are more. In no order. */
    bundlesWithWords: async (first: string, others: readonly string[], limit: number): Promise<Bundle[]> => {
      const idsOf = (word: string) => ask((each) => each.index('words').getAllKeys(word));
      const numbersOf = async (word: string) => (await base?.numbersOfWord(word, false)) ?? [];
      const [ids = [], ...lists] = await Promise.all([first, ...others].map(idsOf));
      const [numbers = [], ...numberLists] = await Promise.all([first, ...others].map(numbersOf));
      const wanted = new Set(lists.flat());
      const found = ids.filter((id) => wanted.has(id));
      const still = await stillPacked(intersect([numbers, numberLists.flat()]), limit + 1);
      if (found.length + still.length > limit) return [];
      const bundles = await Promise.all([...found.map(rows.get), ...still.map(packed.get)]);
      return bundles.flatMap((each) => each?.bundle ?? []);
    },
    /** Bundles in which every one of these words begins a word of a name, at most `limit`, in no order. */
    search: async (words: string, limit: number): Promise<Bundle[]> => {
      const [longest, ...others] = nameWords(words).sort((a, b) => b.length - a.length);
      if (longest === undefined) return [];
      const found = await searchRows(longest, others, limit);
      if (base === null || found.length >= limit) return found;
      const lists = await Promise.all([longest, ...others].map((word) => base.numbersOfWord(word, true)));
      const still = await stillPacked(intersect(lists), limit - found.length);
      return [...found, ...(await unpackAll(still))];
    },
    /** How many bundles there are: one an account, one a lone contact. */
    count: async (): Promise<number> => {
      if (base === null) return replica.count(store);
      let count = base.facts.bundles;
      for (const row of await replica.getAll(store)) {
        const isNew = !(await isPacked(base, row.id));
        if (isNew && !isRemoved(row)) count += 1;
        if (!isNew && isRemoved(row)) count -= 1;
      }
      return count;
    },
  };
}
