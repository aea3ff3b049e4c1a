import type { Bundle } from '#contract/bundle.ts';
import type { ContactId, IdentifierKey } from '#contract/ids.ts';
import {
  type IndexEntry,
  packShard,
  prefixOfId,
  prefixOfKey,
  shardOfPrefix,
  unpackShard,
} from '../../identity/packed-index.ts';
import { packWords, shardOfWord, unpackWords } from '../../identity/packed-words.ts';
import {
  type BaseFacts,
  type Generation,
  markBroken,
  type ReplicaDatabase,
  type SectionRow,
  storesOf,
} from '../database.ts';
import { toBundleRow } from '../rows.ts';
import { createPackedBase, type PackedBase } from './base.ts';
import { BrokenCopy } from './broken-copy.ts';
import { hashBytes, unzip, zip } from './bytes.ts';
import { blockOf, sectionPlace } from './sections.ts';

/** The bundle without these people, and without what they said; null when nobody is left that it could be about. */
function leaveOut(bundle: Bundle, erased: ReadonlySet<string>): Bundle | null {
  const contacts = bundle.contacts.filter((each) => !erased.has(each.id));
  if (bundle.account === null && contacts.length === 0) return null;
  return { ...bundle, contacts, insights: bundle.insights.filter((each) => !erased.has(each.contactId ?? '')) };
}

/** What a bundle is found by and its successor is not. */
function listLost(before: Bundle, after: Bundle | null) {
  const [had, has] = [toBundleRow(before), after && toBundleRow(after)];
  const lost = (of: 'keys' | 'contactIds' | 'words') => had[of].filter((each) => !has?.[of].includes(each));
  return { keys: lost('keys'), ids: lost('contactIds'), words: lost('words') };
}

/** Sections that are being rewritten, each read when it is first touched. */
function createRewriting(replica: ReplicaDatabase, generation: Generation) {
  const store = storesOf(generation).sections;
  const written = new Map<number, SectionRow['bytes']>();
  return {
    /** Puts in a section's place what `change` makes of it. */
    async rewrite(
      place: number,
      change: (bytes: SectionRow['bytes']) => Promise<SectionRow['bytes']> | SectionRow['bytes'],
    ): Promise<void> {
      const bytes = written.get(place) ?? (await replica.get(store, place))?.bytes;
      if (bytes === undefined) throw new BrokenCopy('A section of the copy is missing.');
      written.set(place, await change(bytes));
    },
    /** The rows that are to be stored. */
    rows: (): Promise<[number, SectionRow][]> =>
      Promise.all(
        [...written].map(
          async ([place, bytes]): Promise<[number, SectionRow]> => [place, { bytes, hash: await hashBytes(bytes) }],
        ),
      ),
  };
}
type Rewriting = ReturnType<typeof createRewriting>;

function dropEntry(rewriting: Rewriting, place: number, dropped: IndexEntry): Promise<void> {
  return rewriting.rewrite(place, (bytes) => {
    const { prefixes, numbers } = unpackShard(bytes);
    const entries = Array.from(prefixes, (prefix, at) => ({ prefix, number: numbers[at] ?? 0 }));
    return packShard(entries.filter((each) => each.prefix !== dropped.prefix || each.number !== dropped.number));
  });
}

function dropWord(rewriting: Rewriting, word: string, number: number): Promise<void> {
  return rewriting.rewrite(sectionPlace.words(shardOfWord(word)), async (bytes) => {
    const { words, numbers } = unpackWords(await unzip(bytes));
    const left = words.map((each, at): [string, number[]] => [
      each,
      (numbers[at] ?? []).filter((one) => each !== word || one !== number),
    ]);
    return zip(packWords(new Map(left.filter(([, own]) => own.length > 0))));
  });
}

async function leaveOutOf(
  rewriting: Rewriting,
  facts: BaseFacts,
  number: number,
  before: Bundle,
  after: Bundle | null,
): Promise<void> {
  const block = blockOf(facts.firsts, number);
  await rewriting.rewrite(sectionPlace.block(facts, block), async (bytes) => {
    const bundles = JSON.parse(await unzip(bytes)) as (Bundle | null)[];
    return zip(JSON.stringify(bundles.with(number - (facts.firsts[block] ?? 0), after)));
  });
  const lost = listLost(before, after);
  for (const id of lost.ids) {
    const prefix = prefixOfId(id);
    await dropEntry(rewriting, sectionPlace.ids(shardOfPrefix(prefix)), { prefix, number });
  }
  for (const key of lost.keys) {
    const prefix = prefixOfKey(key as IdentifierKey);
    await dropEntry(rewriting, sectionPlace.keys(shardOfPrefix(prefix)), { prefix, number });
  }
  for (const word of lost.words) await dropWord(rewriting, word, number);
}

async function holdsAny(base: PackedBase, ids: ReadonlySet<string>): Promise<boolean> {
  const found = await Promise.all([...ids].map(base.numbersOfId));
  return found.some((numbers) => numbers.length > 0);
}

async function findHolders(base: PackedBase, erased: ReadonlySet<string>): Promise<Map<number, Bundle>> {
  const holders = new Map<number, Bundle>();
  for (const id of erased)
    for (const number of await base.numbersOfId(id)) {
      const bundle = await base.bundleAt(number);
      if (bundle?.contacts.some((each) => each.id === id)) holders.set(number, bundle);
    }
  return holders;
}

/**
 * Takes people who were erased out of a packed base itself, with the keys and words by which they were found: what only hides them is not enough.
 * A base without blocks is marked instead, so that another is fetched. Answers the facts of the base as it then stands; the same object when none of them is in it. Rejects with `BrokenCopy` when the base is damaged.
 */
export async function forgetContacts(
  replica: ReplicaDatabase,
  generation: Generation,
  facts: BaseFacts,
  contactIds: readonly ContactId[],
): Promise<BaseFacts> {
  if (contactIds.length === 0) return facts;
  const erased = new Set<string>(contactIds);
  const base = createPackedBase(replica, generation, facts);
  // Without the bundles nobody here can say by which keys and words they are found.
  if (!base.isWhole && (await holdsAny(base, erased))) await markBroken(replica);
  const holders = await findHolders(base, erased);
  if (holders.size === 0) return facts;
  const rewriting = createRewriting(replica, generation);
  let { bundles, contacts } = facts;
  for (const [number, bundle] of holders) {
    const after = leaveOut(bundle, erased);
    await leaveOutOf(rewriting, facts, number, bundle, after);
    contacts -= bundle.contacts.length - (after?.contacts.length ?? 0);
    if (after === null) bundles -= 1;
  }
  const rows = await rewriting.rows();
  const next = { ...facts, bundles, contacts, edition: facts.edition + 1 };
  const store = storesOf(generation).sections;
  const transaction = replica.transaction(['head', store], 'readwrite');
  const head = await transaction.objectStore('head').get('head');
  if (head?.generation === generation) await transaction.objectStore('head').put({ ...head, base: next });
  const sections = transaction.objectStore(store);
  await Promise.all([...rows.map(([place, row]) => sections.put(row, place)), transaction.done]);
  return next;
}
