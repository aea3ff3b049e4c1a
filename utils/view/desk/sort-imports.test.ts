import { expect, test } from 'vitest';
import type { ImportStatus } from '#contract/import.ts';
import { type ImportSorting, sortImports } from './sort-imports.ts';

const kept = (fileName: string, more: Partial<ImportStatus>) =>
  ({ id: fileName, fileName, mapping: null, format: null, by: null, rows: 0, errorCount: 0, ...more }) as ImportStatus;
const imports = [
  kept('week 10', { format: 'touches', by: 'Nora', rows: 12, errorCount: 1 }),
  kept('week 9', { format: 'contacts', rows: 40 }),
  kept('fair', { mapping: 'Badges', by: 'Ines', rows: 3, errorCount: 7 }),
  kept('broken', { by: 'Ines' }),
];

test.each<[ImportSorting, string]>([
  ['newest', 'week 10, week 9, fair, broken'],
  ['file', 'broken, fair, week 9, week 10'],
  ['table', 'fair, week 9, week 10, broken'],
  ['by', 'fair, broken, week 10, week 9'],
  ['rows', 'week 9, week 10, fair, broken'],
  ['errors', 'fair, week 10, week 9, broken'],
])('imports by %s stand as %s', (sorting, names) => {
  expect(
    sortImports(imports, sorting)
      .map(({ fileName }) => fileName)
      .join(', '),
  ).toBe(names);
});
