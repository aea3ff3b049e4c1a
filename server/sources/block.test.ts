import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeBlock, openBlock } from './block.ts';
import { type BlockRow, type Cells, cellEnd, rowEnd } from './cells.ts';
import { Columns } from './columns.ts';
import { remember } from './formats/remember.ts';
import type { Row } from './read-rows.ts';

const [endOfCell, endOfRow] = [String.fromCharCode(cellEnd), String.fromCharCode(rowEnd)];
/** A row as the splitter writes it. */
const write = ({ line, cells }: Row) => ({
  rows: 1,
  bytes: Buffer.from([line, ...cells].join(endOfCell) + endOfRow),
});
const open = async (rows: readonly Row[]) => openBlock((await encodeBlock(1, rows.map(write))).body);

function walk<T>(block: BlockRow, read: (row: BlockRow) => T): T[] {
  const all: T[] = [];
  while (block.next()) all.push(read(block));
  return all;
}

const cellsOf = (row: BlockRow) => Array.from({ length: row.length }, (_, place) => row.at(place));

test('rows that were set aside come back as they were, however many cells they have and whatever is in them', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no cell keeps them.
  const cell = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\u001e\u001f]/g, ''));
  const row = fc.record({
    line: fc.integer({ min: 1, max: 9_999_999 }),
    cells: fc.array(cell, { minLength: 1, maxLength: 150, size: 'max' }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      expect(walk(await open(rows), (each) => ({ line: each.line, cells: cellsOf(each) }))).toEqual(rows);
    }),
  );
});

test('a row has no cell behind its last', async () => {
  const block = await open([
    { line: 2, cells: ['a', 'b', 'c'] },
    { line: 3, cells: ['d'] },
  ]);
  expect(walk(block, (row) => row.at(1))).toEqual(['b', undefined]);
});

/** Reads the columns One and Two of rows into an object, by `remember`; counts how often it really read. */
function bindPair() {
  const columns = new Columns(['One', 'Other', 'Two']);
  let reads = 0;
  const read = remember(columns, () => {
    const [one, two] = [columns.bind('One'), columns.bind('Two')];
    return (row: Cells) => {
      reads += 1;
      if (one.text(row) === 'bad') throw new Error('not readable');
      return { pair: [one.text(row), two.text(row)] };
    };
  });
  return { read, count: () => reads };
}

test('the same cells are read once and give the very same value, whatever stands beside them and in whichever block', async () => {
  const { read, count } = bindPair();
  const rows = Array.from({ length: 5000 }, (_, number) => ({
    line: number + 2,
    cells: [`person ${number % 2500}`, `${number}`, 'ä'],
  }));
  const values = walk(await open(rows), read);
  expect(count()).toBe(2500);
  expect(new Set(values).size).toBe(2500);
  expect(values.map(({ pair }) => pair)).toEqual(rows.map(({ cells: [one, , two] }) => [one, two]));
  expect(walk(await open(rows), read)).toEqual(values);
  expect(walk(await open(rows), read)[17]).toBe(values[17]);
  expect(count()).toBe(2500);
});

test('cells that only look alike when they are joined are told apart', async () => {
  const { read } = bindPair();
  const pairs = [['a', '', 'bc'], ['ab', '', 'c'], ['abc', '', ''], ['', '', 'abc'], ['abc'], ['abc ', '', '']];
  const values = walk(await open(pairs.map((cells, at) => ({ line: at + 2, cells }))), read);
  expect(values.map(({ pair }) => pair)).toEqual([
    ['a', 'bc'],
    ['ab', 'c'],
    ['abc', null],
    [null, 'abc'],
    ['abc', null],
    ['abc', null],
  ]);
});

test('what cannot be read is tried again each time', async () => {
  const { read, count } = bindPair();
  const rows = [2, 3].map((line) => ({ line, cells: ['bad', '', ''] }));
  const block = await open(rows);
  while (block.next()) expect(() => read(block)).toThrow('not readable');
  expect(count()).toBe(2);
});
