/** What was made lately, by what it was made from; the least recently used goes first. What could not be made is not remembered. */
export interface Cache<Key, Value> {
  get(key: Key): Promise<Value>;
}

/** Makes a cache of at most `limit` things. Who asks for one that is being made waits for the same. */
export function createCache<Key, Value>(limit: number, make: (key: Key) => Promise<Value>): Cache<Key, Value> {
  const kept = new Map<Key, Promise<Value>>();
  return {
    get(key) {
      const value = kept.get(key) ?? make(key);
      kept.delete(key);
      kept.set(key, value);
      value.catch(() => kept.get(key) === value && kept.delete(key));
      if (kept.size > limit) kept.delete(kept.keys().next().value as Key);
      return value;
    },
  };
}
