import type { ImportStatus } from '#contract/import.ts';

/** What a spreadsheet would take for a formula: a leading sign of one, behind blanks as well. */
const formula = /^[\s]*[=+\-@\t\r]/;

/** One cell: always in quotes, and with an apostrophe before what a spreadsheet would run. */
function writeCell(text: string): string {
  const line = text.replace(/\r\n?/g, '\n');
  return `"${(formula.test(line) ? `'${line}` : line).replaceAll('"', '""')}"`;
}

/**
 * The listed rows that did not go in as CSV (line, column, reason), for a spreadsheet: UTF-8 with its mark, so that Excel reads it as such.
 * Holds what the store keeps of them, the first 200.
 */
export function writeErrorTable(status: ImportStatus, header: readonly [string, string, string]): string {
  const rows = status.errors.map(({ line, column, reason }) => [String(line), column ?? '', reason]);
  return `\ufeff${[header, ...rows].map((row) => row.map(writeCell).join(',')).join('\r\n')}\r\n`;
}

/** What that file is called: the import's own name, told apart. */
export function nameErrorTable(status: ImportStatus): string {
  const name = status.fileName.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[^\p{L}\p{N} ._-]/gu, '-');
  return `${name} - left out.csv`;
}
