import { ScoreError } from './arguments.ts';
import { isMissing, toNumber } from './cells.ts';
import type { Note } from './read-table.ts';

const positives = new Set([
  '1',
  'true',
  'yes',
  'y',
  't',
  'won',
  'strong',
  'converted',
  'positive',
  'good',
  'qualified',
  'hot',
  'success',
]);
const negatives = new Set(['0', 'false', 'no', 'n', 'f', 'lost', 'weak', 'negative', 'bad', 'failure']);

/**
 * What came of each row: 1, 0, or -1 where the cell says nothing. Of two values the larger number is taken, else the one that means yes, else the rarer; which, is
 * noted. Throws a ScoreError that says what is wrong for a column with one value, or more than two.
 */
export function readLabel(cells: readonly string[], name: string, note: Note): Int8Array {
  const counts = new Map<string, number>();
  const spelled = cells.map((cell) => (isMissing(cell) ? '' : spell(cell)));
  for (const value of spelled) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = [...counts.keys()];
  if (values.length === 0) throw new ScoreError(`The label column "${name}" is empty.`);
  if (values.length === 1) {
    throw new ScoreError(
      `The label column "${name}" has one value, "${values[0]}", on every row: there is nothing to tell apart.`,
    );
  }
  if (values.length > 2) throw new ScoreError(describeMany(name, values));
  const [one = '', other = ''] = values;
  const positive = choosePositive(one, other, counts);
  const missing = spelled.filter((value) => value === '').length;
  if (missing > 0) note(`${missing} rows without a label are left out.`);
  note(`"${positive}" in "${name}" is taken as strong, "${positive === one ? other : one}" as weak.`);
  return Int8Array.from(spelled, (value) => (value === '' ? -1 : Number(value === positive)));
}

/** Case, and 1 or 1.0, make no difference. */
function spell(cell: string): string {
  const number = toNumber(cell);
  return Number.isNaN(number) ? cell.toLowerCase().slice(0, 200) : String(number);
}

function describeMany(name: string, values: readonly string[]): string {
  const some = values.slice(0, 4).map((value) => `"${value.slice(0, 30)}"`);
  return `The label column "${name}" has ${values.length} values (${some.join(', ')}${values.length > 4 ? ', …' : ''}): it takes two.`;
}

function choosePositive(one: string, other: string, counts: ReadonlyMap<string, number>): string {
  const [first, second] = [toNumber(one), toNumber(other)];
  if (!Number.isNaN(first) && !Number.isNaN(second)) return first > second ? one : other;
  if (positives.has(one) || negatives.has(other)) return one;
  if (positives.has(other) || negatives.has(one)) return other;
  const rarer = (counts.get(one) ?? 0) - (counts.get(other) ?? 0);
  if (rarer !== 0) return rarer < 0 ? one : other;
  return one > other ? one : other;
}
