import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { ImportStatus, RowError } from '#contract/import.ts';
import { nameErrorTable, writeErrorTable } from './error-table.ts';

const write = (...errors: RowError[]) => writeErrorTable({ errors } as ImportStatus, ['Line', 'Column', 'Why']);
const read = (text: string) => parse(text, { bom: true }) as string[][];

test('every row that did not go in is one of the table, with its line, column and reason', () => {
  const table = write(
    { line: 3, column: 'E-mail', reason: '"dana at larkspur" is no address.' },
    { line: 7, column: null, reason: 'The row names nobody,\nneither by address nor by id.' },
  );
  expect(read(table)).toEqual([
    ['Line', 'Column', 'Why'],
    ['3', 'E-mail', '"dana at larkspur" is no address.'],
    ['7', '', 'The row names nobody,\nneither by address nor by id.'],
  ]);
  expect(table.charCodeAt(0)).toBe(0xfeff);
});

test.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\t=1', ' =cmd|x', '\r=1', '\n=1'])(
  'what a spreadsheet would take for a formula is text: %j',
  (dangerous) => {
    const [, row] = read(write({ line: 2, column: dangerous, reason: dangerous }));
    for (const cell of row?.slice(1) ?? []) expect(cell).toMatch(/^'/);
  },
);

test('the file’s name says of which import it is, and holds no sign that a system refuses', () => {
  expect(nameErrorTable({ fileName: 'Fair: visitors/2026.csv' } as ImportStatus)).toBe(
    'Fair- visitors-2026 - left out.csv',
  );
});
