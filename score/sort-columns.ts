import { isDate, isInfinite, isMissing, toNumber } from './cells.ts';
import type { Note, Table } from './read-table.ts';

/** A column as a card can use it. Missing numbers are NaN, missing words ''. */
export type Column =
  | { name: string; kind: 'number'; numbers: Float64Array }
  | { name: string; kind: 'words'; words: readonly string[] };

const mostlyNumbers = 0.95;
const mostlyDates = 0.9;
/** A column counts as told apart by its gaps when at least so many rows have one. */
const leastGaps = 0.02;
const filled = 'filled in';

interface Profile {
  /** Each cell's number, or NaN. */
  values: Float64Array;
  filled: number;
  numbers: number;
  dates: number;
  infinite: number;
  distinct: number;
}

/** The columns that can carry a criterion, in the table's order; each that cannot is noted with its reason. `skip`: those that are something else. */
export function sortColumns(table: Table, skip: ReadonlySet<string>, note: Note): Column[] {
  const ignored = new Map<string, string[]>();
  const ignore = (why: string, name: string) => void ignored.set(why, [...(ignored.get(why) ?? []), name]);
  const columns = table.names.flatMap((name, index) => {
    if (skip.has(name)) return [];
    const cells = table.columns[index] ?? [];
    const profile = profileCells(cells);
    if (profile.infinite > 0)
      note(`${profile.infinite} cells of "${name}" are no finite numbers: they count as missing.`);
    const column = sortColumn(name, cells, profile);
    if (typeof column !== 'string') return [column];
    ignore(column, name);
    return [];
  });
  for (const [why, names] of ignored) note(`Not used, ${why}: ${listNames(names)}.`);
  return columns;
}

/** Up to ten names, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => `"${name.slice(0, 60)}"`);
  return shown.join(', ') + (names.length > 10 ? ` and ${names.length - 10} more` : '');
}

function profileCells(cells: readonly string[]): Profile {
  const values = Float64Array.from(cells, toNumber);
  const profile = { values, filled: 0, numbers: 0, dates: 0, infinite: 0 };
  const distinct = new Set<string>();
  for (const [row, cell] of cells.entries()) {
    const isNumber = !Number.isNaN(values[row]);
    if (!isNumber && isMissing(cell)) continue;
    if (!isNumber && isInfinite(cell)) {
      profile.infinite += 1;
      continue;
    }
    profile.filled += 1;
    distinct.add(cell);
    if (isNumber) profile.numbers += 1;
    else if (isDate(cell)) profile.dates += 1;
  }
  return { ...profile, distinct: distinct.size };
}

/** The column, or why it cannot be used. */
function sortColumn(name: string, cells: readonly string[], profile: Profile): Column | string {
  const gaps = cells.length - profile.filled;
  if (profile.filled === 0) return 'as nothing is in them';
  if (profile.distinct === 1 && gaps === 0) return 'as every row has the same value';
  const toGaps = (): Column => ({ name, kind: 'words', words: cells.map((cell) => (isMissing(cell) ? '' : filled)) });
  const hasGaps = gaps >= leastGaps * cells.length;
  if (profile.dates >= mostlyDates * profile.filled) {
    return hasGaps ? toGaps() : 'as a day says something of the leads of then, not of those to come';
  }
  if (profile.numbers >= mostlyNumbers * profile.filled) {
    if (!isNumbering(name, profile, gaps)) return { name, kind: 'number', numbers: profile.values };
    return 'as they number the rows';
  }
  const isUnique = profile.distinct > Math.max(20, 0.5 * profile.filled);
  if (isUnique) return hasGaps ? toGaps() : 'as nearly every row has a value of its own';
  return { name, kind: 'words', words: cells.map((cell) => (isMissing(cell) || isInfinite(cell) ? '' : cell)) };
}

const numberingName =
  /(^|[^a-z])(id|ids|no|nr|num|number|key|uuid|guid|index|row|phone|zip|postcode)([^a-z]|$)|[a-z]I[dD]$/i;

/** Whole numbers, all different, that rise or fall from row to row or say by their name that they are a number: they order the table, not the leads. */
function isNumbering(name: string, { values, distinct, filled: count }: Profile, gaps: number): boolean {
  if (gaps > 0 || count < 20 || distinct < 0.999 * count || !values.every((value) => Number.isInteger(value)))
    return false;
  if (numberingName.test(name)) return true;
  const rising = values.filter((value, row) => row > 0 && value > (values[row - 1] ?? value)).length;
  return rising >= 0.999 * (count - 1) || rising <= 0.001 * (count - 1);
}
