import type { RowError } from '#contract/import.ts';
import { RowFault } from './fault.ts';
import type { Format } from './formats/format.ts';
import type { Table } from './read-rows.ts';
import type { RowRecord } from './record.ts';

/** A row that has cells the header does not name, or lacks some: what stands where cannot be known. Blank cells too many do no harm. */
function checkWidth(cells: readonly string[], width: number): void {
  const isWider = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
  if (cells.length >= width && !isWider) return;
  throw new RowFault(
    null,
    `The row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, the header names ${width}.`,
  );
}

/**
 * The table's rows as records, in batches of at most `size` rows, in the file's order. `rows` counts those at fault as well;
 * what is wrong with them goes to `onError`.
 */
export async function* readRecords(
  table: Table,
  format: Format,
  size: number,
  onError: (error: RowError) => void,
): AsyncGenerator<{ records: RowRecord[]; rows: number }> {
  const read = format.open(table.columns);
  const width = table.columns.names.length;
  let records: RowRecord[] = [];
  let rows = 0;
  let fault: unknown = null;
  try {
    for await (const { line, cells } of table.rows) {
      rows += 1;
      try {
        checkWidth(cells, width);
        records.push({ line, ...read(cells) });
      } catch (error) {
        if (!(error instanceof RowFault)) throw error;
        onError({ line, column: error.column, reason: error.message.slice(0, 500) });
      }
      if (rows < size) continue;
      yield { records, rows };
      records = [];
      rows = 0;
    }
  } catch (error) {
    fault = error;
  }
  // What stands before the place where the file breaks off goes in.
  if (rows > 0) yield { records, rows };
  if (fault !== null) throw fault;
}
