import { type Bundle, bundleSchema, type TalkingPoint } from '#contract/bundle.ts';
import type { IdentifierKey } from '#contract/ids.ts';
import { idsATable } from '#contract/packed.ts';
import { findNumbers, prefixOfId, prefixOfKey, shardOfPrefix, unpackShard } from '../../identity/packed-index.ts';
import { findWord, shardOfWord, unpackWords } from '../../identity/packed-words.ts';
import { createCache } from '../cache.ts';
import { type BaseFacts, type Generation, type ReplicaDatabase, storesOf } from '../database.ts';
import { isDamage } from '../trouble.ts';
import { BrokenCopy } from './broken-copy.ts';
import { hashBytes, unzip } from './bytes.ts';
import { blockOf, sectionPlace } from './sections.ts';

/** How much is kept unpacked: of 100,000 contacts a shard takes some 10 kB, a table 64 kB, a shard of words some 100 kB, a block as much as its bundles. */
const keptShards = 128;
const keptTables = 16;
const keptWords = 12;
const keptBlocks = 8;

/** Unpacks by a function that says by `RangeError` that the bytes make no sense. */
function unpack<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new BrokenCopy('A section of the copy makes no sense.', { cause });
  }
}

function parseList(text: string): unknown[] {
  const list = unpack(() => JSON.parse(text) as unknown);
  if (!Array.isArray(list)) throw new BrokenCopy('A section of the copy is no list.');
  return list;
}

function isTalkingPoint(raw: unknown): raw is TalkingPoint {
  const point = raw as Partial<TalkingPoint> | null;
  return typeof point?.id === 'string' && typeof point.title === 'string' && Array.isArray(point.accountIds);
}

function writeId(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Reads a packed snapshot: from keys, ids and words of names to the numbers of bundles, from numbers to ids and bundles. Sections are read when they are first
 * needed, held against their hash, and kept unpacked for a while. The indexes lead by 48 bits: who finds a bundle confirms it by the whole of what was looked for.
 * Every function rejects with `BrokenCopy` when what it needs is damaged.
 */
export function createPackedBase(replica: ReplicaDatabase, generation: Generation, facts: BaseFacts) {
  const store = storesOf(generation).sections;

  async function readSection(place: number): Promise<Uint8Array<ArrayBuffer>> {
    const row = await replica.get(store, place).catch((error: unknown) => {
      if (isDamage(error)) throw new BrokenCopy('A section of the copy cannot be read.', { cause: error });
      throw error;
    });
    if (row === undefined || (await hashBytes(row.bytes)) !== row.hash)
      throw new BrokenCopy('A section of the copy is missing or damaged.');
    return row.bytes;
  }

  const shards = createCache(keptShards, async (place: number) => {
    const bytes = await readSection(place);
    return unpack(() => unpackShard(bytes));
  });
  /** Each number once, also where two keys of one bundle begin alike. */
  async function lookUp(place: number, prefix: number): Promise<number[]> {
    return [...new Set(findNumbers(await shards.get(place), prefix))];
  }

  const words = createCache(keptWords, async (shard: number) => {
    const text = await unzip(await readSection(sectionPlace.words(shard)));
    return unpack(() => unpackWords(text));
  });
  const tables = createCache(keptTables, (table: number) => readSection(sectionPlace.table(table)));
  const blocks = createCache(keptBlocks, async (block: number) =>
    parseList(await unzip(await readSection(sectionPlace.block(facts, block)))),
  );
  const points = createCache(1, async (place: number) => {
    const list = parseList((await unzip(await readSection(place))) || '[]');
    if (!list.every(isTalkingPoint)) throw new BrokenCopy('A talking point of the copy is none.');
    return list;
  });

  return {
    facts,
    /** Whether it holds the bundles themselves. */
    isWhole: facts.firsts.length > 0 || facts.bundles === 0,
    /** The numbers of the bundles that may hold this key, ascending. */
    numbersOfKey: async (key: IdentifierKey): Promise<number[]> => {
      const prefix = prefixOfKey(key);
      return lookUp(sectionPlace.keys(shardOfPrefix(prefix)), prefix);
    },
    /** The numbers of the bundles that may hold the account or contact with this id, ascending. */
    numbersOfId: async (id: string): Promise<number[]> => {
      const prefix = prefixOfId(id);
      return lookUp(sectionPlace.ids(shardOfPrefix(prefix)), prefix);
    },
    /** The numbers of the bundles in whose names this word stands, or with `isBeginning` one that begins so, ascending. */
    numbersOfWord: async (word: string, isBeginning: boolean): Promise<number[]> =>
      findWord(await words.get(shardOfWord(word)), word, isBeginning),
    /** The id of the bundle with this number. */
    idOf: async (number: number): Promise<string> => {
      const table = await tables.get(Math.floor(number / idsATable));
      const at = (number % idsATable) * 16;
      if (table.length < at + 16) throw new BrokenCopy('The copy names a bundle that it has not.');
      return writeId(table.subarray(at, at + 16));
    },
    /** The bundle with this number; null when it was taken out, or the base came without blocks. */
    bundleAt: async (number: number): Promise<Bundle | null> => {
      const at = blockOf(facts.firsts, number);
      if (at < 0) return null;
      const raw = (await blocks.get(at))[number - (facts.firsts[at] ?? 0)];
      if (raw === null) return null;
      const bundle = bundleSchema.safeParse(raw);
      if (!bundle.success) throw new BrokenCopy('A bundle of the copy is none.', { cause: bundle.error });
      return bundle.data;
    },
    /** All talking points, in no order. */
    talkingPoints: (): Promise<TalkingPoint[]> => points.get(sectionPlace.talkingPoints(facts)),
  };
}
export type PackedBase = ReturnType<typeof createPackedBase>;
