import type { ImportFormat } from '#contract/import.ts';
import type { Cells } from '../cells.ts';
import type { Columns } from '../columns.ts';
import type { Row } from '../read-rows.ts';
import type { RowRecord } from '../record.ts';

/** What a row says, its line left out. Throws a `RowFault`. */
export type ReadRow = (row: Cells) => Omit<RowRecord, 'line'>;

/** A table that Baton knows by its columns. */
export interface Format {
  id: ImportFormat;
  /** Names it in a sentence. */
  label: string;
  /** The columns it is known by, for people. */
  knownBy: string;
  /** Which of a campaign's or an event's ids are the same: one source names each of them once. */
  source: string;
  /** The counts that are about this table's rows; only for these is "unchanged" told. */
  subjects: readonly ('accounts' | 'contacts' | 'touches' | 'planned' | 'opportunities' | 'insights')[];
  /** Whether the table is one of these. `sample`: its first rows. */
  recognise(columns: Columns, sample: readonly Row[]): boolean;
  /** Binds the columns once, for all rows. */
  open(columns: Columns): ReadRow;
}
