import { browser } from 'wxt/browser';

/** A setting in `storage.local`, kept with the version of its form. Content scripts can read these: nothing secret goes in. */
export interface Item<Value> {
  read: () => Promise<Value>;
  write: (value: Value) => Promise<void>;
  /** Changes the setting as it stands. Two changes at once in one script cannot lose each other. */
  change: (change: (value: Value) => Value) => Promise<void>;
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
 * `migrate` takes what an older version stored to this form, or leaves it to `parse` to refuse. What a newer extension stored (a higher
 * version) is not touched by reading.
 */
export function createItem<Value>(
  key: string,
  version: number,
  fallback: Value,
  parse: (raw: unknown) => Value,
  migrate: (raw: unknown, from: number) => unknown = () => undefined,
): Item<Value> {
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Value> {
    const raw: unknown = (await browser.storage.local.get(key))[key];
    if (!isStored(raw) || raw.version > version) return fallback;
    try {
      return parse(raw.version === version ? raw.value : migrate(raw.value, raw.version));
    } catch {
      return fallback;
    }
  }

  const write = (value: Value) => browser.storage.local.set({ [key]: { version, value } });

  return {
    read,
    write,
    change(change) {
      const changed = last.then(async () => write(change(await read())));
      last = changed.catch(() => undefined);
      return changed;
    },
  };
}
