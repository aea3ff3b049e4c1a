import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { idsATable, wordShards } from '#contract/packed.ts';
import { prefixOfId, prefixOfKey } from '../../../utils/identity/packed-index.ts';
import { packWords, shardOfWord } from '../../../utils/identity/packed-words.ts';
import { nameWords } from '../../../utils/identity/similar-name.ts';
import type { Face } from '../../store/face.ts';
import { createPile } from './pile.ts';

const compress = promisify(gzip);

/** The parts of a packed snapshot by which its bundles are found, as they grow. */
export interface IndexBuilder {
  /** Enters the next bundle: they are numbered from 0 as they come. */
  add(face: Face): void;
  packKeys(): Generator<Uint8Array>;
  packIds(): Generator<Uint8Array>;
  packWords(): AsyncGenerator<Uint8Array>;
  packTables(): Generator<Uint8Array>;
}

/** Makes an index with nothing in it. */
export function createIndexBuilder(): IndexBuilder {
  const keys = createPile();
  const ids = createPile();
  const words: Map<string, number[]>[] = Array.from({ length: wordShards }, () => new Map());
  const own: string[] = [];

  return {
    add(face) {
      const number = own.length;
      own.push(face.id);
      for (const key of face.keys) keys.add(prefixOfKey(key), number);
      for (const id of face.ids) ids.add(prefixOfId(id), number);
      for (const word of nameWords(...face.names)) {
        const shard = words[shardOfWord(word)];
        const known = shard?.get(word);
        if (known) known.push(number);
        else shard?.set(word, [number]);
      }
    },
    packKeys: keys.packShards,
    packIds: ids.packShards,
    async *packWords() {
      for (const shard of words)
        yield shard.size === 0 ? new Uint8Array() : await compress(packWords(shard), { level: constants.Z_BEST_SPEED });
    },
    *packTables() {
      for (let at = 0; at < own.length; at += idsATable)
        yield Buffer.from(
          own
            .slice(at, at + idsATable)
            .join('')
            .replaceAll('-', ''),
          'hex',
        );
    },
  };
}
