import { indexShards } from '#contract/packed.ts';
import { type IndexEntry, packShard, shardOfPrefix } from '../../../utils/identity/packed-index.ts';

/** Entries of an index as they come, twelve bytes each: a large workspace has millions. */
export interface Pile {
  add(prefix: number, number: number): void;
  /** The shards in order, packed one at a time. */
  packShards(): Generator<Uint8Array>;
}

/** Makes an empty pile. */
export function createPile(): Pile {
  let prefixes = new Float64Array(1024);
  let numbers = new Uint32Array(1024);
  let count = 0;

  function grow(): void {
    const more = new Float64Array(count * 2);
    more.set(prefixes);
    const moreNumbers = new Uint32Array(count * 2);
    moreNumbers.set(numbers);
    [prefixes, numbers] = [more, moreNumbers];
  }

  /** Where the entries of each shard are, shard after shard, and where each shard begins. */
  function sortToShards(): { places: Uint32Array; begins: Uint32Array } {
    const begins = new Uint32Array(indexShards + 1);
    for (let at = 0; at < count; at++) {
      const next = shardOfPrefix(prefixes[at] ?? 0) + 1;
      begins[next] = (begins[next] ?? 0) + 1;
    }
    for (let shard = 0; shard < indexShards; shard++)
      begins[shard + 1] = (begins[shard + 1] ?? 0) + (begins[shard] ?? 0);
    const free = begins.slice();
    const places = new Uint32Array(count);
    for (let at = 0; at < count; at++) {
      const shard = shardOfPrefix(prefixes[at] ?? 0);
      const place = free[shard] ?? 0;
      places[place] = at;
      free[shard] = place + 1;
    }
    return { places, begins };
  }

  return {
    add(prefix, number) {
      if (count === prefixes.length) grow();
      prefixes[count] = prefix;
      numbers[count] = number;
      count += 1;
    },
    *packShards() {
      const { places, begins } = sortToShards();
      for (let shard = 0; shard < indexShards; shard++) {
        const entries: IndexEntry[] = [];
        for (const at of places.subarray(begins[shard], begins[shard + 1]))
          entries.push({ prefix: prefixes[at] ?? 0, number: numbers[at] ?? 0 });
        yield entries.length === 0 ? new Uint8Array() : packShard(entries);
      }
    },
  };
}
