import { browser } from 'wxt/browser';
import { type Lookup, provideWords } from './words.ts';

/** Takes the words from the extension's `_locales`. Each entrypoint calls this once, before it draws. */
export function provideBrowserWords(): void {
  const { getMessage } = browser.i18n as unknown as { getMessage: Lookup };
  provideWords((key, substitutions) => getMessage(key, substitutions));
}
