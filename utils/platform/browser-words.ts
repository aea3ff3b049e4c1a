import { browser } from 'wxt/browser';
import { type Lookup, provideWords } from './words.ts';

/** Stand in for what goes into a word's places, so that a word is looked up once and filled in here. From the private use area: nobody types them. */
const marks = Array.from({ length: 9 }, (_, index) => String.fromCharCode(0xe001 + index));

/** Makes a lookup that remembers every word it found and goes on with those when `find` throws, as it does in a page whose extension was updated. */
export function rememberWords(find: Lookup): Lookup {
  const known = new Map<string, string>();

  function templateOf(key: string): string {
    const template = known.get(key);
    if (template !== undefined) return template;
    try {
      const found = find(key, marks);
      if (found !== '') known.set(key, found);
      return found;
    } catch {
      return '';
    }
  }

  return (key, substitutions) =>
    marks.reduce((text, mark, index) => text.replaceAll(mark, () => substitutions[index] ?? ''), templateOf(key));
}

/**
 * Takes the words from the extension's `_locales`. Each entrypoint calls this once, before it draws.
 * `needed` are looked up now: a page script names those it must still have when its extension is gone, and words can no longer be asked for.
 */
export function provideBrowserWords(needed: readonly string[] = []): void {
  const { getMessage } = browser.i18n as unknown as { getMessage: Lookup };
  const lookUp = rememberWords((key, substitutions) => getMessage(key, substitutions));
  for (const key of needed) lookUp(key, []);
  provideWords(lookUp);
}
