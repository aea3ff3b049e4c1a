import type { Columns } from '../columns.ts';

/** Reads one value of a row. */
type Read<T> = (row: readonly string[]) => T;

/** So many values are remembered twice over: of those not asked for again the older half goes. Enough for the people of most files. */
const mostKept = 100_000;

/**
 * As the reader that `bind` makes, but the same cells are read once and give the very same value again: rows name the same person many times,
 * and reading an address is dearer than all the rest of a row. Values must not be changed by whoever gets them. What throws is not remembered.
 */
export function remember<T>(columns: Columns, bind: () => Read<T>): Read<T> {
  const { bound, places } = columns.track(bind);
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (row) => {
    let key = '';
    for (const place of places) key += `${row[place] ?? ''}\u001f`;
    const known = young.get(key);
    if (known !== undefined) return known;
    const value = old.get(key) ?? bound(row);
    if (young.size >= mostKept) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
    return value;
  };
}
