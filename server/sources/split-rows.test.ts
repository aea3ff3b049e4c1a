import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowSplitter } from './split-rows.ts';

function split(text: string, cuts: readonly number[] = [], separator = ','): { rows: string[][]; lines: number[] } {
  const splitter = new RowSplitter(separator, 1);
  const places = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])].sort((a, b) => a - b);
  const rows = places.slice(1).flatMap((to, index) => splitter.push(text.slice(places[index], to)));
  rows.push(...splitter.end());
  expect(splitter.pending).toBe(0);
  return { rows: rows.map((row) => row.cells), lines: rows.map((row) => row.line) };
}

/** What RFC 4180 makes of cells. */
const write = (rows: readonly (readonly string[])[], lineEnd: string, isQuoted: boolean) =>
  rows
    .map((row) =>
      row.map((cell) => (isQuoted || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','),
    )
    .join(lineEnd);

const cell = fc.string({ unit: fc.constantFrom('a', 'ß', ' ', '"', ',', ';', '\n', '\r\n'), maxLength: 8 });
const rowsOf = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 6 });

describe('rows are split', () => {
  test('as they were written, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        rowsOf,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat(80)),
        (rows, end, isQuoted, cuts) => {
          expect(split(write([['h', 'i', 'j'], ...rows], end, isQuoted), cuts).rows.slice(1)).toEqual(rows);
        },
      ),
    );
  });

  test('as the parser of reference does, quotes inside cells included', () => {
    const part = fc.constantFrom('a', '"', '""', ',', 'b c', '"d"', 'e"f', '"g,h"', '"i\nj"');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const text = `h,i\nz,${parts.join('')}\nlast,one\n`;
        let wanted: string[][];
        try {
          wanted = parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
        } catch {
          return;
        }
        expect(split(text).rows).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  test('told by the line where they begin, blank ones left out', () => {
    expect(split('h,i\r\n\r\n"a\r\nb",c\r\n , \r\nd,"e\n\nf"\r\ng,h', [5, 6, 9, 13, 14])).toEqual({
      rows: [
        ['h', 'i'],
        ['a\r\nb', 'c'],
        ['d', 'e\n\nf'],
        ['g', 'h'],
      ],
      lines: [1, 3, 6, 9],
    });
  });

  test('where lines end with \\r alone', () => {
    expect(split('h,i\ra,"b"\rc,d').rows).toEqual([
      ['h', 'i'],
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('without the signs that stand between rows and cells that were set aside', () => {
    expect(split('h,i\na\u001e,\u001fb').rows[1]).toEqual(['a', 'b']);
  });
});

test('a quote that is never closed leaves its row pending', () => {
  const splitter = new RowSplitter(',', 1);
  expect(splitter.push('h,i\na,b\n"c,d\ne,f\n').map((row) => row.cells[0])).toEqual(['h', 'a']);
  expect(splitter.end()).toEqual([]);
  expect(splitter.line).toBe(3);
  expect(splitter.pending).toBeGreaterThan(0);
});
