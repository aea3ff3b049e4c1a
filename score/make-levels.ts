import type { Column } from './sort-columns.ts';

/** A column cut into levels, one of which holds for a row. */
export interface Levelled {
  name: string;
  /** What each level is called. */
  names: string[];
  /** Each row's level; -1 where none holds: a value that the rows it was cut on do not have. */
  levels: Int16Array;
  /** How many of the levels, from the first on, are ranges of a number in order. */
  ranges: number;
  /** Which level means that nothing is there; null: always something is. */
  missing: number | null;
}

/** How finely columns are cut. */
export interface Cut {
  mostRanges: number;
  mostWords: number;
  /** A word on fewer rows goes with the other rare ones. */
  leastRows: number;
}

/** Cuts a column by what stands in `rows`, and says for every row which level holds. */
export function makeLevels(column: Column, rows: readonly number[], cut: Cut): Levelled {
  return column.kind === 'number' ? cutNumbers(column, rows, cut) : sortWords(column, rows, cut);
}

function cutNumbers({ name, numbers }: Column & { kind: 'number' }, rows: readonly number[], cut: Cut): Levelled {
  const sorted = Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const most = Math.min(cut.mostRanges - 4, Math.floor(sorted.length / cut.leastRows / 2));
  const edges = findEdges(sorted, Math.max(2, most), cut.leastRows);
  const ranges = edges.length + 1;
  const hasMissing = numbers.some((value) => Number.isNaN(value));
  return {
    name,
    names: [...nameRanges(edges), ...(hasMissing ? ['missing'] : [])],
    levels: Int16Array.from(numbers, (value) => (Number.isNaN(value) ? ranges : findRange(edges, value))),
    ranges,
    missing: hasMissing ? ranges : null,
  };
}

/** The upper ends of all ranges but the last, so that each holds about as many values, the outermost fewer: there a slope reaches furthest. A value that fills a range alone has it for itself. */
function findEdges(sorted: Float64Array, count: number, leastRows: number): number[] {
  const edges = new Set<number>();
  const size = sorted.length / count;
  const tail = [size / 5, size / 2].filter((rows) => rows >= leastRows / 2);
  const evenly = Array.from({ length: count - 1 }, (_, k) => (k + 1) * size);
  for (const place of [...tail, ...evenly, ...tail.map((rows) => sorted.length - rows)]) {
    const edge = sorted[Math.ceil(place) - 1];
    if (edge === undefined) continue;
    edges.add(edge);
    const first = findFirst(sorted, edge);
    if (findFirst(sorted, edge, true) - first >= size && first > 0) edges.add(sorted[first - 1] ?? edge);
  }
  edges.delete(sorted.at(-1) ?? Number.NaN);
  return [...edges].sort((a, b) => a - b);
}

/** Where `value` first stands in what is sorted, or (`isAfter`) what is larger. */
function findFirst(sorted: ArrayLike<number>, value: number, isAfter = false): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const here = sorted[middle] as number;
    if (here < value || (isAfter && here === value)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** An edge belongs to the range below it. */
function findRange(edges: readonly number[], value: number): number {
  return findFirst(edges, value);
}

function nameRanges(edges: readonly number[]): string[] {
  if (edges.length === 0) return ['any number'];
  const middle = edges.slice(1).map((edge, k) => `over ${edges[k]} to ${edge}`);
  return [`up to ${edges[0]}`, ...middle, `over ${edges.at(-1)}`];
}

function sortWords({ name, words }: Column & { kind: 'words' }, rows: readonly number[], cut: Cut): Levelled {
  const counts = new Map<string, number>();
  const spelling = new Map<string, string>();
  const keys = words.map(spell);
  for (const row of rows) {
    const key = keys[row] ?? '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (!spelling.has(key)) spelling.set(key, words[row] ?? '');
  }
  const common = [...counts]
    .filter(([key, count]) => key !== '' && count >= cut.leastRows)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, cut.mostWords)
    .map(([key]) => key);
  const kept = new Set(common);
  const rare = [...counts.keys()].filter((key) => key !== '' && !kept.has(key));
  const names = common.map((key) => (spelling.get(key) ?? key).slice(0, 80));
  const levelOf = new Map(common.map((key, level) => [key, level]));
  const rareName =
    rare.length === 1 ? (spelling.get(rare[0] ?? '') ?? '').slice(0, 80) : `one of ${rare.length} rarer values`;
  const rareLevel = rare.length > 0 ? names.push(rareName) - 1 : -1;
  const missing = keys.includes('') ? names.push('missing') - 1 : null;
  if (missing !== null) levelOf.set('', missing);
  return { name, names, levels: Int16Array.from(keys, (key) => levelOf.get(key) ?? rareLevel), ranges: 0, missing };
}

function spell(word: string): string {
  return word.toLowerCase().replace(/\s+/g, ' ');
}
