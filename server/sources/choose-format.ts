import type { ImportFormat } from '#contract/import.ts';
import type { DateOrder, ImportMapping, SavedMapping } from '#contract/mapping.ts';
import { BlockRow } from './cells.ts';
import type { Columns } from './columns.ts';
import type { Format } from './formats/format.ts';
import { formats, refuseUnknown } from './formats/registry.ts';
import { createMappedFormat } from './mapping.ts';
import { listRows, type Row, type Table } from './read-rows.ts';
import { createReading, type Reading } from './reading.ts';
import type { RowPiece } from './split-rows.ts';

/** What was said of a file before it is read. Null: nothing. */
export interface FileWishes {
  /** An IANA name, for times that name no zone; null is UTC. */
  zone: string | null;
  dates: DateOrder | null;
  mapping: ImportMapping | null;
  /** Mappings kept by name, asked when no format knows the table. */
  saved: readonly SavedMapping[];
}

/** A table and how it is read. `savedMapping`: the kept mapping that knew it. */
export interface ChosenFormat {
  format: Format;
  mapping: ImportMapping | null;
  savedMapping: SavedMapping | null;
  /** The table to go on with: its first rows are back in their place. */
  table: Table;
}

/** How many rows are looked at before the first is read. */
const mostPeeked = 500;

/**
 * Chooses how a table is read: by the mapping that was given, else as a format that knows its columns, else by a kept mapping whose columns it has all.
 * Where nobody said the order of dates with slashes, the rows are watched for it as they are walked: `table.columns.reading` is settled at their end, and
 * no cell should be read as a date before. Throws a `FileRefusal` when nobody knows the table.
 */
export async function chooseFormat(table: Table, wishes: FileWishes): Promise<ChosenFormat> {
  const { sample, pieces } = await peek(table.pieces);
  const choice = recogniseTable(table.columns, sample, wishes);
  if (choice === null) throw refuseUnknown(table.columns);
  const reading = createReading(wishes.zone, wishes.dates ?? choice.mapping?.dates ?? null);
  return { ...choice, table: { ...table, columns: table.columns.readBy(reading), pieces: watch(pieces, reading) } };
}

/** How a table would be read, by its columns and first rows; null when nobody knows it. */
export function recogniseTable(
  columns: Columns,
  sample: readonly Row[],
  { mapping, saved }: Pick<FileWishes, 'mapping' | 'saved'>,
): Omit<ChosenFormat, 'table'> | null {
  if (mapping !== null) return { format: createMappedFormat(mapping), mapping, savedMapping: null };
  const format = formats.find((each) => each.recognise(columns, sample));
  if (format !== undefined) return { format, mapping: null, savedMapping: null };
  const kept = findSaved(columns, saved);
  if (kept === null) return null;
  return { format: createMappedFormat(kept.mapping), mapping: kept.mapping, savedMapping: kept };
}

async function* watch(pieces: AsyncIterable<RowPiece>, reading: Reading): AsyncGenerator<RowPiece> {
  const isAsked = reading.dates === null;
  try {
    for await (const piece of pieces) {
      if (isAsked) for (const row = new BlockRow(piece.bytes); row.next(); ) reading.note(row);
      yield piece;
    }
  } finally {
    // Also when the file breaks off: what came before goes in.
    reading.settle();
  }
}

/** The format of an import that was begun before, by its name and mapping. Throws when there is none. */
export function findFormat(id: ImportFormat, mapping: ImportMapping | null): Format {
  const format =
    id === 'mapped' && mapping !== null ? createMappedFormat(mapping) : formats.find((each) => each.id === id);
  if (format === undefined) throw new Error(`There is no import format ${id}.`);
  return format;
}

/** The kept mapping whose columns the table has all; of several the one with the most columns, then the newest. */
function findSaved(columns: Columns, saved: readonly SavedMapping[]): SavedMapping | null {
  const fitting = saved.filter(
    ({ mapping }) => mapping.columns.length > 0 && mapping.columns.every(({ column }) => columns.has(column)),
  );
  const [best = null] = fitting.sort(
    (a, b) => b.mapping.columns.length - a.mapping.columns.length || b.savedAt.localeCompare(a.savedAt),
  );
  return best;
}

async function peek(pieces: AsyncIterable<RowPiece>): Promise<{ sample: Row[]; pieces: AsyncIterable<RowPiece> }> {
  const source = pieces[Symbol.asyncIterator]();
  const seen: RowPiece[] = [];
  let fault: unknown = null;
  for (let rows = 0; rows < mostPeeked; rows += seen.at(-1)?.rows ?? 0) {
    const next = await source.next().catch((error: unknown) => {
      fault = error;
      return null;
    });
    if (next === null || next.done) break;
    seen.push(next.value);
  }
  const all = async function* () {
    try {
      yield* seen;
      // Rows before a fault are read; then it is told.
      if (fault !== null) throw fault;
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    } finally {
      // Whoever stops early lets go of the file as well.
      await source.return?.();
    }
  };
  return { sample: seen.flatMap(listRows), pieces: all() };
}
