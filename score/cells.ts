/** Ways of saying that a value is not there. */
const missingWords = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', '(null)', 'nil', '-', '--', '?', '\\n']);

/** True for a cell that says nothing. */
export function isMissing(cell: string): boolean {
  return cell.length <= 6 && missingWords.has(cell.toLowerCase());
}

const plainNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const grouped = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const decimalComma = /^[-+]?\d*,\d+$/;
const dressed = /^([-+]?)[$€£]?\s?([-+\d.,]+)\s?[%€]?$/;

/** A cell's number: also with a currency or a percent sign, thousands in groups, a decimal comma. NaN when it is none, or none that is finite. */
export function toNumber(cell: string): number {
  if (plainNumber.test(cell)) {
    const value = Number(cell);
    return Number.isFinite(value) ? value : Number.NaN;
  }
  if (cell.length > 40) return Number.NaN;
  const [, sign = '', bare = ''] = dressed.exec(cell) ?? [];
  const text = sign + bare;
  if (plainNumber.test(text)) return Number(text);
  if (grouped.test(text)) return Number(text.replaceAll(',', ''));
  return decimalComma.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

const infinite = /^[-+]?(inf|infinity|1\.#inf)$/i;

/** True for a cell that a program wrote for a number beyond all numbers. */
export function isInfinite(cell: string): boolean {
  return cell.length <= 9 && (infinite.test(cell) || (plainNumber.test(cell) && !Number.isFinite(Number(cell))));
}

const date =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[- ][a-z]{3,9}[- ]\d{2,4}|[a-z]{3,9} \d{1,2},? \d{4})([T ,].{0,24})?$/i;

/** True for a cell that looks like a day, with or without a time. */
export function isDate(cell: string): boolean {
  return cell.length <= 40 && date.test(cell);
}
