import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listRows } from './read-rows.ts';
import { RowSplitter } from './split-rows.ts';

function split(text: string, cuts: readonly number[] = [], separator = ','): { rows: string[][]; lines: number[] } {
  const splitter = new RowSplitter(separator, 1);
  const bytes = Buffer.from(text);
  const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
  const pieces = places.slice(1).flatMap((to, index) => {
    const piece = Buffer.from(bytes.subarray(places[index], to));
    const rows = [...splitter.push(piece)];
    // Whoever gave the bytes takes their memory back.
    piece.fill(0);
    return rows;
  });
  pieces.push(...splitter.end());
  const rows = pieces.flatMap(listRows);
  expect(rows.length).toBe(pieces.reduce((sum, piece) => sum + piece.rows, 0));
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
      fc.property(fc.array(part, { maxLength: 10 }), fc.array(fc.nat(40)), (parts, cuts) => {
        const text = `h,i\nz,${parts.join('')}\nlast,one\n`;
        let wanted: string[][];
        try {
          wanted = parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
        } catch {
          return;
        }
        expect(split(text, cuts).rows).toEqual(wanted);
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

  test('blank where they hold no more than blanks of any kind, and only there', () => {
    expect(split('h,i\n\u00a0,\u3000 \n\ufeff\t,\n\u0001,\n\u00a0,ß\n').rows).toEqual([
      ['h', 'i'],
      ['\u0001', ''],
      ['\u00a0', 'ß'],
    ]);
  });

  test('of any length and any number, in pieces that are never much larger than they need be', () => {
    const rows = Array.from({ length: 5000 }, (_, number) => [`${number}`, 'long '.repeat(number % 500)]);
    const splitter = new RowSplitter(',', 1);
    const pieces = [...splitter.push(Buffer.from(`${write(rows, '\n', false)}\n`)), ...splitter.end()];
    expect(pieces.flatMap(listRows).map(({ cells }) => cells)).toEqual(rows);
    expect(Math.max(...pieces.map(({ bytes }) => bytes.length))).toBeLessThan(270_000);
    expect(Math.max(...pieces.map((piece) => piece.rows))).toBeLessThanOrEqual(1000);
  });

  test('without the signs that stand between rows and cells that were set aside', () => {
    expect(split('h,i\na\u001e,\u001fb').rows[1]).toEqual(['a', 'b']);
  });
});

test('a quote that is never closed leaves its row pending', () => {
  const splitter = new RowSplitter(',', 1);
  const pieces = [...splitter.push(Buffer.from('h,i\na,b\n"c,d\ne,f\n'))];
  expect(pieces.flatMap(listRows).map((row) => row.cells[0])).toEqual(['h', 'a']);
  expect([...splitter.end()]).toEqual([]);
  expect(splitter.line).toBe(3);
  expect(splitter.pending).toBeGreaterThan(0);
});
