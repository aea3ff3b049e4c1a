import type { ImportStatus } from '#contract/import.ts';

/** How imports can stand: newest first, by file, by what kind of table it was, by who brought it in, or those with most rows or most left out first. */
export const importSortings = ['newest', 'file', 'table', 'by', 'rows', 'errors'] as const;
export type ImportSorting = (typeof importSortings)[number];

const byName = (a: string | null, b: string | null) =>
  Number(a === null) - Number(b === null) || (a ?? '').localeCompare(b ?? '', undefined, { numeric: true });

const compare: Record<Exclude<ImportSorting, 'newest'>, (a: ImportStatus, b: ImportStatus) => number> = {
  file: (a, b) => byName(a.fileName, b.fileName),
  table: (a, b) => byName(a.mapping ?? a.format, b.mapping ?? b.format),
  by: (a, b) => byName(a.by, b.by),
  rows: (a, b) => b.rows - a.rows,
  errors: (a, b) => b.errorCount - a.errorCount,
};

/** In the order asked for; those that nobody here brought in, or of which the table is not known yet, last. Equal ones stay in the store's order, newest first. Pure. */
export function sortImports(imports: readonly ImportStatus[], sorting: ImportSorting): ImportStatus[] {
  return sorting === 'newest' ? [...imports] : [...imports].sort(compare[sorting]);
}
