import type { RowError } from '#contract/import.ts';
import type { BlockRow, Cells } from './cells.ts';
import { RowFault } from './fault.ts';
import type { ReadRow } from './formats/format.ts';
import type { Row } from './read-rows.ts';
import type { RowRecord } from './record.ts';

/** A row that has cells the header does not name, or lacks some: what stands where cannot be known. */
function checkWidth(cells: Cells, width: number): void {
  let last = cells.length;
  // Blank cells too many do no harm.
  while (last > width && (cells.at(last - 1) ?? '').trim() === '') last -= 1;
  if (last === width) return;
  throw new RowFault(
    null,
    `The row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, the header names ${width}.`,
  );
}

/** A store's clock and a source's may differ, and days without a zone are a few hours off. */
const mostAheadMs = 86_400_000;

/** What is said to have happened cannot lie in the future: it would sit in the card as if it had. */
function checkPast({ touches, insight }: Pick<RowRecord, 'touches' | 'insight'>, now: Date): void {
  if (insight?.at) refuseFuture(insight.at, now);
  else for (const { at } of touches) refuseFuture(at, now);
}

function refuseFuture(at: Date, now: Date): void {
  if (at.getTime() <= now.getTime() + mostAheadMs) return;
  throw new RowFault(
    null,
    `It is said to have happened on ${at.toISOString().slice(0, 10)}, which is still to come. What is planned goes into a column "Planned For".`,
  );
}

/** How a table's rows are read. `width`: how many columns the header names. */
interface TableReader {
  read: ReadRow;
  width: number;
  now: Date;
}

interface RecordsRead {
  records: RowRecord[];
  errors: RowError[];
}

/** Rows as records, in the file's order, and what is wrong with those that are none. */
export function readRecords(rows: readonly Row[], table: TableReader): RecordsRead {
  const read: RecordsRead = { records: [], errors: [] };
  for (const { line, cells } of rows) readRecord(line, cells, table, read);
  return read;
}

/** The same of a block's rows, added to what was read before. */
export function readBlockRecords(row: BlockRow, table: TableReader, into: RecordsRead): void {
  while (row.next()) readRecord(row.line, row, table, into);
}

function readRecord(line: number, cells: Cells, table: TableReader, into: RecordsRead): void {
  try {
    checkWidth(cells, table.width);
    // What was read is this row's own: a copy of each of a million rows is what this saves.
    const record = table.read(cells) as RowRecord;
    record.line = line;
    checkPast(record, table.now);
    into.records.push(record);
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    into.errors.push({ line, column: error.column, reason: error.message.slice(0, 500) });
  }
}
