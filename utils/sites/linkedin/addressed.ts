import { flatten } from './profile.ts';

/** So many words of a name are held against an address. */
const mostNameWords = 8;

/** The words of an address that say something: no numbers, and nothing that was added to tell two apart (`5a7b19`). */
function wordsOfAddress(id: string): string[] {
  return decodeSafely(id)
    .split(/[-_.\s]+/)
    .map((word) => flatten(word).replace(/\d+$/, ''))
    .filter((word) => word.length > 1 && !/\d/.test(word));
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a word consists of these, each whole or by its first letter, each once at most, one of them whole. */
function isMadeOf(word: string, words: readonly string[], hasWhole = false): boolean {
  if (word === '') return hasWhole;
  return words.some((each, index) => {
    const others = words.filter((_, other) => other !== index);
    if (word.startsWith(each)) return isMadeOf(word.slice(each.length), others, hasWhole || each.length > 2);
    return word.startsWith(each.slice(0, 1)) && isMadeOf(word.slice(1), others, hasWhole);
  });
}

/** So many of an address's first words must be the name's: first names are common, and a company's first word is its own; what follows can be a legal form or a place. */
const asked = { person: 2, company: 1 } as const;

/**
 * Whether an address can be that of the person or company of this name: its first words are words of the name, set apart or run together. A name and a
 * title can still be those of the page before. An address chosen freely is not known for it.
 */
export function canBeNamed(kind: keyof typeof asked, id: string, name: string): boolean {
  const words = name
    .split(/[\s,./&-]+/)
    .map(flatten)
    .filter((word) => word !== '')
    .slice(0, mostNameWords);
  const said = wordsOfAddress(id).slice(0, asked[kind]);
  return said.length > 0 && said.every((word) => isMadeOf(word, words));
}
