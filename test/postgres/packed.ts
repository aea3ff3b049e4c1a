import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { type Bundle, bundleSchema, type TalkingPoint, talkingPointSchema } from '../../utils/contract/bundle.ts';
import type { IdentifierKey } from '../../utils/contract/ids.ts';
import { indexShards, type PackedHead, packedHeadSchema, type Section } from '../../utils/contract/packed.ts';
import { findNumbers, prefixOfId, prefixOfKey, shardOfPrefix, unpackShard } from '../../utils/identity/packed-index.ts';
import { findWord, shardOfWord, unpackWords } from '../../utils/identity/packed-words.ts';
import type { WholeCopy } from './copy.ts';
import type { TestDevice } from './store.ts';

/** A packed snapshot, read as the contract describes it. Numbers are those of bundles. */
export interface ReadPacked {
  head: PackedHead;
  /** The bundles' own ids, by number. */
  ids: string[];
  bundles: Bundle[];
  talkingPoints: TalkingPoint[];
  findKey(key: IdentifierKey): number[];
  findId(id: string): number[];
  findWord(word: string): number[];
}

/** Reads a file from its first byte to its last. Throws where it is not what the contract says: a hash, a gap, a shard, a schema. */
export function readPacked(bytes: Uint8Array): ReadPacked {
  const buffer = Buffer.from(bytes);
  const begin = 4 + buffer.readUInt32LE(0);
  const head = packedHeadSchema.parse(JSON.parse(buffer.toString('utf8', 4, begin)));
  const { keys, ids, words, tables, talkingPoints, blocks } = head.sections;
  let end = begin;
  for (const section of [...keys, ...ids, ...words, ...tables, talkingPoints, ...blocks]) {
    if (section.at !== end) throw new Error(`A section begins at ${section.at} and not at ${end}.`);
    end += section.bytes;
  }
  if (end !== buffer.length) throw new Error(`The file has ${buffer.length} bytes and not ${end}.`);
  const take = ({ at, bytes: length, hash }: Section): Buffer => {
    const part = buffer.subarray(at, at + length);
    if (createHash('sha256').update(part).digest('base64url') !== hash) throw new Error('A section is not its hash.');
    return part;
  };
  const takeText = (section: Section) => (section.bytes === 0 ? '' : gunzipSync(take(section)).toString('utf8'));
  const [keyShards, idShards] = [keys, ids].map((each) => each.map((section) => unpackShard(take(section)))) as [
    ReturnType<typeof unpackShard>[],
    ReturnType<typeof unpackShard>[],
  ];
  const wordShards = words.map((section) => unpackWords(takeText(section)));
  const bundles: Bundle[] = [];
  for (const block of blocks) {
    if (block.first !== bundles.length)
      throw new Error(`A block begins with ${block.first} and not ${bundles.length}.`);
    bundles.push(...bundleSchema.array().parse(JSON.parse(takeText(block))));
  }
  const find = (shards: ReturnType<typeof unpackShard>[], prefix: number) => {
    const shard = shards[shardOfPrefix(prefix)];
    if (!shard || shards.length !== indexShards) throw new Error('There is no such shard.');
    return findNumbers(shard, prefix);
  };
  return {
    head,
    ids: tables.flatMap((table) => readIds(take(table))),
    bundles,
    talkingPoints: talkingPointSchema.array().parse(JSON.parse(takeText(talkingPoints))),
    findKey: (key) => find(keyShards, prefixOfKey(key)),
    findId: (id) => find(idShards, prefixOfId(id)),
    findWord: (word) => findWord(wordShards[shardOfWord(word)] ?? { words: [], numbers: [] }, word, false),
  };
}

function readIds(table: Buffer): string[] {
  return Array.from({ length: table.length / 16 }, (_, at) => {
    const hex = table.toString('hex', at * 16, at * 16 + 16);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  });
}

/** Asks for the packed snapshot until it is there; `conditions` are header fields. */
export async function fetchPacked(
  ask: (headers: Record<string, string>) => Response | Promise<Response>,
  conditions: Record<string, string> = {},
): Promise<Response> {
  for (let turn = 0; turn < 600; turn++) {
    const response = await ask(conditions);
    if (response.status !== 202) return response;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('The snapshot is never packed.');
}

/** The copy of a packed snapshot. */
export async function takePacked(device: TestDevice): Promise<WholeCopy & ReadPacked> {
  const response = await fetchPacked(() => device.request('GET', '/v1/snapshot/packed'));
  if (response.status !== 200) throw new Error(`The packed snapshot was answered by ${response.status}.`);
  const packed = readPacked(new Uint8Array(await response.arrayBuffer()));
  return { ...packed, cursor: packed.head.cursor };
}
