import {
  idsATable,
  indexShards,
  type PackedHead,
  packedHeadSchema,
  type Section,
  wordShards,
} from '#contract/packed.ts';
import type { BaseFacts } from '../database.ts';
import { BrokenCopy } from './broken-copy.ts';

/** Sections are kept under their places in the file, counted from 0: by these a shard, a table or a block is found. */
export const sectionPlace = {
  keys: (shard: number) => shard,
  ids: (shard: number) => indexShards + shard,
  words: (shard: number) => 2 * indexShards + shard,
  table: (table: number) => 2 * indexShards + wordShards + table,
  talkingPoints: (base: BaseFacts) => 2 * indexShards + wordShards + base.tables,
  block: (base: BaseFacts, block: number) => 2 * indexShards + wordShards + base.tables + 1 + block,
};

/** All sections in the order of the file. */
export function listSections({ sections }: PackedHead): Section[] {
  const { keys, ids, words, tables, talkingPoints, blocks } = sections;
  return [...keys, ...ids, ...words, ...tables, talkingPoints, ...blocks];
}

/** Which block a bundle is in: the last that does not begin after it; -1 when there are none. */
export function blockOf(firsts: readonly number[], number: number): number {
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((firsts[middle] ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What is kept of a head for as long as its base is read. */
export function toBaseFacts(head: PackedHead, etag: string): BaseFacts {
  const { tables, blocks } = head.sections;
  const firsts = blocks.map((each) => each.first);
  const { bundles, contacts } = head;
  return { etag, edition: 0, bundles, contacts, tables: tables.length, firsts };
}

/** Blocks begin at the first bundle, and each after the one before it; there may be none at all. */
function areInOrder({ bundles, sections }: PackedHead): boolean {
  const firsts = sections.blocks.map((each) => each.first);
  return firsts.every((first, at) => first < bundles && (at === 0 ? first === 0 : first > (firsts[at - 1] ?? 0)));
}

/** The head of a packed snapshot from its bytes. `from`: where the first section begins. Throws `BrokenCopy` when it is none, or its parts do not fit together. */
export function readPackedHead(bytes: Uint8Array, from: number): PackedHead {
  const head = packedHeadSchema.safeParse(parse(new TextDecoder().decode(bytes)));
  if (!head.success) throw new BrokenCopy('The copy does not begin as one.', { cause: head.error });
  let end = from;
  for (const { at, bytes: length } of listSections(head.data)) {
    if (at !== end) throw new BrokenCopy('The copy has gaps.');
    end += length;
  }
  const isWhole = head.data.sections.tables.length === Math.ceil(head.data.bundles / idsATable);
  if (!isWhole || !areInOrder(head.data)) throw new BrokenCopy('The copy contradicts itself.');
  return head.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
