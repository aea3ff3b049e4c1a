/** Finds the words for a key, with what to put into its places; empty when the key has none. `browser.i18n.getMessage` is one. */
export type Lookup = (key: string, substitutions: string[]) => string;

let lookUp: Lookup = () => '';

/** Tells where words come from. Each entrypoint calls this once, before it draws; without it every word is its own key. */
export function provideWords(lookup: Lookup): void {
  lookUp = lookup;
}

/** The words people see for a key of `_locales`, places filled in order. An unknown key stands for itself, so that nothing is ever blank. */
export function word(key: string, ...substitutions: (string | number)[]): string {
  return lookUp(key, substitutions.map(String)) || key;
}

/** The words for a count: the key ends in `_one` for 1, in `_other` for all else; the count, as people write it, fills the first place. */
export function countWord(key: string, count: number, ...substitutions: (string | number)[]): string {
  const written = count.toLocaleString(globalThis.navigator?.language || 'en');
  return word(`${key}_${count === 1 ? 'one' : 'other'}`, written, ...substitutions);
}
