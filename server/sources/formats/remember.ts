import { CellMemory } from '../cell-memory.ts';
import { BlockRow, type Cells } from '../cells.ts';
import type { Columns } from '../columns.ts';

/** Reads one value of a row. */
type Read<T> = (row: Cells) => T;

/**
 * As the reader that `bind` makes, but the same cells are read once and give the very same value again: rows name the same person many times,
 * and reading an address is dearer than all the rest of a row. Values must not be changed by whoever gets them. What throws is not remembered, nor what is read
 * of rows that were not set aside: there are few of those.
 */
export function remember<T extends object | null>(columns: Columns, bind: () => Read<T>): Read<T> {
  const { bound, places } = columns.track(bind);
  const memory = new CellMemory<T>(places);
  return (row) => (row instanceof BlockRow ? memory.recall(row, bound) : bound(row));
}
