import type { ImportStatus } from '#contract/import.ts';
import { utf8Mark, writeRows } from '../../platform/csv.ts';

/**
 * The listed rows that did not go in as CSV (line, column, reason), for a spreadsheet: UTF-8 with its mark, so that Excel reads it as such.
 * Holds what the store keeps of them, the first 200.
 */
export function writeErrorTable(status: ImportStatus, header: readonly [string, string, string]): string {
  const rows = status.errors.map(({ line, column, reason }) => [String(line), column ?? '', reason]);
  return utf8Mark + writeRows([header, ...rows]);
}

/** What that file is called: the import's own name, told apart. */
export function nameErrorTable(status: ImportStatus): string {
  const name = status.fileName.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[^\p{L}\p{N} ._-]/gu, '-');
  return `${name} - left out.csv`;
}
