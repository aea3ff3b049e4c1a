import { wordShards } from '#contract/packed.ts';

/** One shard of the index of words as it is searched: words in ascending order of code units, and beside each the numbers of its bundles, ascending. */
export interface WordShard {
  words: string[];
  numbers: number[][];
}

/** Which shard a word of a name belongs to, by its first letter, so that all words with the same beginning lie together. `word` comes from `nameWords`. */
export function shardOfWord(word: string): number {
  return (word.codePointAt(0) ?? 0) % wordShards;
}

/** Packs the words of one shard: a line each, the word and the differences of its numbers in base 36, parted by spaces. */
export function packWords(words: ReadonlyMap<string, readonly number[]>): string {
  return [...words]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([word, numbers]) => {
      const sorted = [...new Set(numbers)].sort((a, b) => a - b);
      return [word, ...sorted.map((number, at) => (number - (sorted[at - 1] ?? 0)).toString(36))].join(' ');
    })
    .join('\n');
}

/** Unpacks a shard to be searched. Throws `RangeError` when the text is not a shard's. */
export function unpackWords(text: string): WordShard {
  const shard: WordShard = { words: [], numbers: [] };
  for (const line of text === '' ? [] : text.split('\n')) {
    const [word = '', ...steps] = line.split(' ');
    let number = 0;
    const numbers = steps.map((step) => {
      number += Number.parseInt(step, 36);
      return number;
    });
    if (word === '' || numbers.length === 0 || !Number.isSafeInteger(number))
      throw new RangeError('A shard of the index of words makes no sense.');
    shard.words.push(word);
    shard.numbers.push(numbers);
  }
  return shard;
}

/** Where the first word that is not before `word` stands; the number of words when all are. By halving. */
function firstNotBefore(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] ?? '') < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The numbers of the bundles in whose names a word stands, or with `isBeginning` a word begins so; each once, ascending. */
export function findWord({ words, numbers }: WordShard, word: string, isBeginning: boolean): number[] {
  const found = new Set<number>();
  for (let at = firstNotBefore(words, word); at < words.length; at++) {
    const here = words[at] ?? '';
    if (isBeginning ? !here.startsWith(word) : here !== word) break;
    for (const number of numbers[at] ?? []) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}
