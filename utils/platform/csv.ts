/** What a spreadsheet would take for a formula: a leading sign of one, in its wide form and behind blanks or unseen characters as well. */
const formula = /^[\s\p{Cf}]*[=+\-@\t\r＝＋－＠]/u;

/** One cell of typed text: always in quotes, and with an apostrophe before what a spreadsheet would run. */
export function writeCell(text: string): string {
  const line = text.replace(/\r\n?/g, '\n');
  return `"${(formula.test(line) ? `'${line}` : line).replaceAll('"', '""')}"`;
}

/** Rows as lines of CSV (RFC 4180), each ended. */
export function writeRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

/** The mark that a file is UTF-8, so that Excel reads it as such. */
export const utf8Mark = '\ufeff';
