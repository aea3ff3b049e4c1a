import type { RowError } from '#contract/import.ts';
import { RowFault } from './fault.ts';
import type { ReadRow } from './formats/format.ts';
import type { Row } from './read-rows.ts';
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

/** Rows as records, in the file's order, and what is wrong with those that are none. `width`: how many columns the header names. */
export function readRecords(
  rows: readonly Row[],
  table: { read: ReadRow; width: number; now: Date },
): { records: RowRecord[]; errors: RowError[] } {
  const records: RowRecord[] = [];
  const errors: RowError[] = [];
  for (const { line, cells } of rows) {
    try {
      checkWidth(cells, table.width);
      const record: RowRecord = { line, ...table.read(cells) };
      checkPast(record, table.now);
      records.push(record);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      errors.push({ line, column: error.column, reason: error.message.slice(0, 500) });
    }
  }
  return { records, errors };
}
