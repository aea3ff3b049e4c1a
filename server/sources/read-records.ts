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

/** A store's clock and a source's may differ, and days without a zone are a few hours off. */
const mostAheadMs = 86_400_000;

/** What is said to have happened cannot lie in the future: it would sit in the card as if it had. */
function checkPast(record: Pick<RowRecord, 'touches'>, now: Date): void {
  const early = record.touches.find((touch) => touch.at.getTime() > now.getTime() + mostAheadMs);
  if (early)
    throw new RowFault(
      null,
      `It is said to have happened on ${early.at.toISOString().slice(0, 10)}, which is still to come. What is planned goes into a column "Planned For".`,
    );
}

/**
 * The table's rows as records, in batches of at most `size` rows, in the file's order. `rows` counts those at fault as well;
 * what is wrong with them goes to `onError`.
 */
export async function* readRecords(
  table: Table,
  format: Format,
  options: { size: number; now: Date },
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
        const record = { line, ...read(cells) };
        checkPast(record, options.now);
        records.push(record);
      } catch (error) {
        if (!(error instanceof RowFault)) throw error;
        onError({ line, column: error.column, reason: error.message.slice(0, 500) });
      }
      if (rows < options.size) continue;
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
  table.columns.reading.refuseContradiction();
}
