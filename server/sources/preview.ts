import type { ImportPreview } from '#contract/import.ts';
import type { DateOrder, ImportMapping, MappingSubject, SavedMapping } from '#contract/mapping.ts';
import { recogniseTable } from './choose-format.ts';
import type { Columns } from './columns.ts';
import { decodeText, type EncodingName } from './decode-text.ts';
import { describeRecord } from './describe-record.ts';
import { FileRefusal } from './fault.ts';
import type { Format } from './formats/format.ts';
import { suggestMapping } from './mapping-suggestion.ts';
import { readRecords } from './read-records.ts';
import { listRows, openTable, type Row, type Table } from './read-rows.ts';
import { createReading, type Reading } from './reading.ts';
import type { RowPiece } from './split-rows.ts';

const mostRows = 10;
const longestCell = 200;
const longestName = 200;

/** What is known of a file whose beginning is looked at. */
export interface PreviewWishes {
  /** Whether the head is the whole file: otherwise its last row is left out. */
  isWhole: boolean;
  /** An IANA name, for times that name no zone; null is UTC. */
  zone: string | null;
  dates: DateOrder | null;
  mapping: ImportMapping | null;
  /** What a row is about, when somebody said it: a mapping for that is suggested. */
  subject?: MappingSubject | null;
  saved: readonly SavedMapping[];
  now: Date;
}

const nothing: ImportPreview = {
  encoding: 'utf-8',
  separator: ',',
  columns: [],
  rows: [],
  format: null,
  savedMapping: null,
  suggestion: null,
  readings: [],
  hasZonelessTimes: false,
  slashedDates: 'none',
  failure: null,
};

/**
 * What the beginning of a file holds and how it would be read, as `importPreviewSchema` says. Pure: nothing is stored or looked up.
 * A file that cannot be read at all is answered too, with the reason in `failure`. The order of dates with slashes is what the head shows: the rest of the file may say more.
 */
export async function previewImport(head: Uint8Array, wishes: PreviewWishes): Promise<ImportPreview> {
  let encoding: EncodingName = 'utf-8';
  const text = decodeText(
    chunksOf(head),
    () => undefined,
    (name) => {
      encoding = name;
    },
  );
  try {
    const table = await openTable(text);
    const rows = await collect(table.pieces, wishes.isWhole);
    return { ...nothing, encoding, ...describeTable(table, rows, wishes) };
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return { ...nothing, failure: error.message.slice(0, 500) };
  }
}

async function* chunksOf(head: Uint8Array): AsyncGenerator<Uint8Array> {
  yield head;
}

/** The head's rows; of a head that is not the whole file not the last one, which may be cut. */
async function collect(pieces: AsyncIterable<RowPiece>, isWhole: boolean): Promise<Row[]> {
  const all: Row[] = [];
  try {
    for await (const piece of pieces) all.push(...listRows(piece));
  } catch (error) {
    // A cell that opens in the head and closes behind it. The rows before it are whole.
    if (isWhole || !(error instanceof FileRefusal)) throw error;
    return all;
  }
  return isWhole ? all : all.slice(0, -1);
}

function describeTable(table: Table, rows: readonly Row[], wishes: PreviewWishes): Partial<ImportPreview> {
  const known = recogniseTable(table.columns, rows, wishes);
  const shown = createReading();
  for (const { cells } of rows) shown.note(cells);
  shown.settle();
  const reading = createReading(wishes.zone, wishes.dates ?? known?.mapping?.dates ?? shown.dates);
  const read = known && readRows(known.format, table.columns.readBy(reading), rows, wishes.now);
  return {
    separator: table.separator,
    columns: table.columns.names.map((name) => name.slice(0, longestName)),
    rows: rows.slice(0, mostRows).map(({ cells }) => cells.map((cell) => cell.slice(0, longestCell))),
    format: known?.format.id ?? null,
    savedMapping: known?.savedMapping ?? null,
    suggestion: suggestMapping(table.columns, rows, suggestDates(shown), wishes.subject ?? null),
    readings: read ?? [],
    hasZonelessTimes: reading.hasZoneless,
    slashedDates: describeSlashed(shown, wishes.dates ?? known?.mapping?.dates ?? null),
  };
}

/** The order that the file shows; month first where it can be read either way, as imports read it. */
function suggestDates({ dates, hasSlashed }: Reading): DateOrder {
  return dates ?? (hasSlashed ? 'mdy' : 'ymd');
}

function describeSlashed(shown: Reading, said: DateOrder | null): ImportPreview['slashedDates'] {
  if (!shown.hasSlashed) return 'none';
  const order = said ?? shown.dates;
  return order === 'dmy' || order === 'mdy' ? order : 'unsure';
}

/** What the first rows mean. All of the head is read, to see whether its times name a zone. */
function readRows(format: Format, columns: Columns, rows: readonly Row[], now: Date): ImportPreview['readings'] {
  const { records, errors } = readRecords(rows, { read: format.open(columns), width: columns.names.length, now });
  const faults = new Map(errors.map((error) => [error.line, error]));
  const texts = new Map(records.map((record) => [record.line, record]));
  return rows.slice(0, mostRows).map(({ line }) => {
    const record = texts.get(line);
    const fault = faults.get(line) ?? null;
    return { line, text: record ? describeRecord(record) : (fault?.reason ?? ''), fault };
  });
}
