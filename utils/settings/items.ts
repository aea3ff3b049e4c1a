import { browser } from 'wxt/browser';

/** A setting in `storage.local`, kept with the version of its form. Content scripts can read these: nothing secret goes in. */
export interface Item<Value> {
  read: () => Promise<Value>;
  write: (value: Value) => Promise<void>;
}

interface Stored {
  version: number;
  value: unknown;
}

function isStored(raw: unknown): raw is Stored {
  return typeof raw === 'object' && raw !== null && 'version' in raw && 'value' in raw;
}

/**
 * Makes a setting. `parse` checks what was stored, throwing when it is not of this form; then, and when nothing was stored, it is `fallback`.
 * What a newer extension stored (a higher version) is not touched by reading.
 */
export function createItem<Value>(
  key: string,
  version: number,
  fallback: Value,
  parse: (raw: unknown) => Value,
): Item<Value> {
  return {
    read: async () => {
      const raw: unknown = (await browser.storage.local.get(key))[key];
      if (!isStored(raw) || raw.version !== version) return fallback;
      try {
        return parse(raw.value);
      } catch {
        return fallback;
      }
    },
    write: (value) => browser.storage.local.set({ [key]: { version, value } }),
  };
}
