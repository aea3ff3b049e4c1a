import { chanceOf } from '../utils/scoring/refit/calibrate.ts';
import { type Measured, measureAuc, measureEce, measureLogLoss } from '../utils/scoring/refit/metrics.ts';
import { type Request, ScoreError } from './arguments.ts';
import { findLeak, type Leak } from './find-leaks.ts';
import { type FittedCard, fitCard, mostTried, sumLevels } from './fit-card.ts';
import { type Cut, type Levelled, makeLevels } from './make-levels.ts';
import { readLabel } from './read-label.ts';
import type { Note, Table } from './read-table.ts';
import { listNames, sortColumns } from './sort-columns.ts';
import { hashToShare, heldOutShare } from './split.ts';

/** How a card does on rows that it was not fitted on. */
export interface Figures {
  auc: Measured;
  logLoss: Measured;
  ece: Measured;
}

/** One line of a card. A column with several lines has one that holds. */
export interface CardLine {
  column: string;
  criterion: string;
  points: number;
}

export interface Report {
  figures: Figures;
  regression: Figures;
  leaks: Leak[];
  card: CardLine[];
  fittedOn: number;
  heldOut: number;
  strongShare: number;
}

/** Fewer of each outcome than this tell nothing. */
const leastOfEach = 10;
const mostColumns = 100;
/** In standard deviations: of 1,000 columns that say nothing hardly one gets so far. */
const leastSurprise = 4;

/** Fits a card on four fifths of a table and measures it on the rest. Throws a ScoreError that says what is missing. */
export function fitTable(table: Table, request: Request, note: Note): Report {
  const skip = listSkipped(table, request);
  const labels = readLabel(columnOf(table, request.label), request.label, note);
  const { known, heldOut, places } = splitRows(table, labels, request);
  requireBoth(labels, known, heldOut);

  const usable = sortColumns(table, skip, note);
  if (usable.length === 0) throw new ScoreError('No column is left that a criterion could be made of.');
  const all = usable.map((column) =>
    makeLevels(column, known, cutFor(Math.min(usable.length, mostColumns), known.length)),
  );
  const leaks = all.flatMap((column) => findLeak(column, labels, known) ?? []);
  const isLeak = new Set(request.areLeaksKept ? [] : leaks.map(({ column }) => column));
  const honest = all.filter(({ name }) => !isLeak.has(name));
  if (honest.length === 0) {
    throw new ScoreError(
      `Every column seems to be known only after the outcome (${listNames([...isLeak])}). With --keep-leaks they are used.`,
    );
  }
  const columns = chooseColumns(honest, labels, known, note);
  // Trials cost by the square of the columns: of wide tables they look at fewer rows.
  const tried = thin(known, Math.max(3000, Math.min(mostTried, 2e7 / columns.length ** 2)));
  const fitted = fitCard(columns, labels, known, { rows: tried, places });
  return {
    ...measureBoth(columns, fitted, labels, heldOut),
    leaks,
    card: writeCard(columns, fitted.points),
    fittedOn: known.length,
    heldOut: heldOut.length,
    strongShare: known.filter((row) => labels[row] === 1).length / known.length,
  };
}

function columnOf(table: Table, name: string): string[] {
  return table.columns[table.names.indexOf(name)] ?? [];
}

/** The columns that no criterion may be made of. */
function listSkipped(table: Table, { label, id, exclude }: Request): Set<string> {
  const asked = [label, ...(id === null ? [] : [id]), ...exclude];
  const unknown = asked.find((name) => !table.names.includes(name));
  if (unknown !== undefined) {
    throw new ScoreError(`There is no column "${unknown}". The table has: ${listNames(table.names)}.`);
  }
  if (exclude.includes(label) || id === label)
    throw new ScoreError(`The label column "${label}" cannot be left out, or name the rows.`);
  return new Set(asked);
}

/** Which rows are for what; `places`: where each of the known stands from 0 to 1, by which they are parted further. */
interface Split {
  known: number[];
  heldOut: number[];
  places: Float64Array;
}

/** By the row's name where it has one, else by what stands in it but for the label: rows that are alike are never on both sides, of this and every later parting. */
function splitRows(table: Table, labels: Int8Array, { id, label }: Request): Split {
  const ids = id === null ? null : columnOf(table, id);
  const others = table.names.flatMap((name, index) => (name === label ? [] : [table.columns[index] ?? []]));
  const split: Split = { known: [], heldOut: [], places: new Float64Array(table.rows) };
  for (let row = 0; row < table.rows; row++) {
    if (labels[row] === -1) continue;
    const text = ids === null ? others.map((cells) => cells[row]).join('\u001f') : (ids[row] ?? '');
    const share = hashToShare(text);
    (share < heldOutShare ? split.heldOut : split.known).push(row);
    split.places[row] = (share - heldOutShare) / (1 - heldOutShare);
  }
  return split;
}

function requireBoth(labels: Int8Array, known: readonly number[], heldOut: readonly number[]): void {
  const countOf = (rows: readonly number[], label: number) => rows.filter((row) => labels[row] === label).length;
  const [strong, weak] = [countOf(known, 1), countOf(known, 0)];
  if (strong < leastOfEach || weak < leastOfEach) {
    throw new ScoreError(
      `Not enough yet: ${strong} strong and ${weak} weak rows to fit on, and it takes ${leastOfEach} of each.`,
    );
  }
  if (countOf(heldOut, 1) === 0 || countOf(heldOut, 0) === 0) {
    throw new ScoreError('Not enough yet: the fifth that is held out has not both outcomes.');
  }
}

/** Many columns are cut less finely: what a fit costs goes by the number of levels. */
function cutFor(columns: number, rows: number): Cut {
  return {
    mostRanges: Math.max(8, Math.min(24, Math.floor(640 / columns))),
    mostWords: Math.max(8, Math.min(60, Math.floor(800 / columns))),
    leastRows: Math.max(10, Math.min(50, Math.round(rows / 200))),
  };
}

/** At most so many of the rows, evenly spread. */
function thin(rows: readonly number[], most: number): number[] {
  const step = Math.max(1, rows.length / most);
  return Array.from({ length: Math.floor(rows.length / step) }, (_, k) => rows[Math.floor(k * step)] ?? 0);
}

/** Of very many columns those that say more than chance would have them say, the best first. */
function chooseColumns(columns: Levelled[], labels: Int8Array, rows: readonly number[], note: Note): Levelled[] {
  if (columns.length <= mostColumns) return columns;
  const strong = rows.filter((row) => labels[row] === 1).length;
  const scale = (strong * (rows.length - strong)) / rows.length;
  const ranked = columns.map((column) => {
    // Of a column that says nothing the information times `scale` is distributed as χ² with a degree less than it has levels.
    const degrees = Math.max(1, column.names.length - 1);
    return { column, surprise: (informationOf(column, labels, rows) * scale - degrees) / Math.sqrt(2 * degrees) };
  });
  ranked.sort((a, b) => b.surprise - a.surprise);
  const telling = ranked.filter(({ surprise }) => surprise > leastSurprise).length;
  const chosen = new Set(ranked.slice(0, Math.max(5, Math.min(mostColumns, telling))).map(({ column }) => column));
  note(
    `Of ${columns.length} columns ${chosen.size} are used: those that say more by themselves than chance would have them say, ${mostColumns} at most.`,
  );
  return columns.filter((column) => chosen.has(column));
}

/** The information value of a column: Σ (share of strong − share of weak) · ln of their ratio, over its levels. */
function informationOf({ names, levels }: Levelled, labels: Int8Array, rows: readonly number[]): number {
  const strong = new Float64Array(names.length).fill(0.5);
  const weak = new Float64Array(names.length).fill(0.5);
  for (const row of rows) {
    const level = levels[row] ?? -1;
    const counts = labels[row] === 1 ? strong : weak;
    if (level >= 0) counts[level] = (counts[level] ?? 0) + 1;
  }
  const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
  const [allStrong, allWeak] = [sum(strong), sum(weak)];
  return names.reduce((total, _, level) => {
    const [one, other] = [(strong[level] ?? 0) / allStrong, (weak[level] ?? 0) / allWeak];
    return total + (one - other) * Math.log(one / other);
  }, 0);
}

function measureBoth(
  columns: readonly Levelled[],
  fitted: FittedCard,
  labels: Int8Array,
  rows: readonly number[],
): Pick<Report, 'figures' | 'regression'> {
  const strong = Uint8Array.from(rows, (row) => labels[row] ?? 0);
  const measure = (points: readonly (readonly number[])[], calibration: FittedCard['calibration']): Figures => {
    const sums = Float64Array.from(rows, (row) => sumLevels(columns, points, row));
    const chances = sums.map((sum) => chanceOf(sum, calibration));
    return {
      auc: measureAuc(sums, strong),
      logLoss: measureLogLoss(chances, strong),
      ece: measureEce(chances, strong),
    };
  };
  return {
    figures: measure(fitted.points, fitted.calibration),
    regression: measure(fitted.real, fitted.realCalibration),
  };
}

/** The lines that count for anything, neighbouring ranges with the same points as one. */
function writeCard(columns: readonly Levelled[], points: readonly (readonly number[])[]): CardLine[] {
  return columns.flatMap(({ name, names, ranges }, index) =>
    joinRanges(names, points[index] ?? [], ranges).flatMap(({ level, points: worth }) =>
      worth === 0 ? [] : [{ column: name, criterion: `${name}: ${level}`, points: worth }],
    ),
  );
}

function joinRanges(
  names: readonly string[],
  points: readonly number[],
  ranges: number,
): { level: string; points: number }[] {
  const lines: { level: string; points: number }[] = [];
  for (let from = 0; from < names.length; ) {
    let to = from;
    while (to + 1 < ranges && points[to + 1] === points[from]) to += 1;
    lines.push({ level: joinNames(names[from] ?? '', names[to] ?? ''), points: points[from] ?? 0 });
    from = to + 1;
  }
  return lines;
}

/** "over 3 to 5" and "over 5 to 8" are "over 3 to 8"; all there is, is any number. */
function joinNames(first: string, last: string): string {
  if (first === last) return first;
  const from = /^over (\S+)/.exec(first)?.[1];
  const to = /(?:^up| to) (?:to )?(\S+)$/.exec(last)?.[1];
  if (from === undefined) return to === undefined ? 'any number' : `up to ${to}`;
  return to === undefined ? `over ${from}` : `over ${from} to ${to}`;
}
