import { expect, test } from 'vitest';
import { rowBeside } from './row-beside.ts';

const rows = ['a', 'b', 'c'].map((id) => ({ id }));
const beside = (id: string | undefined, step: number) => rowBeside(rows, id, step)?.id;

test('goes so many places, and no further than the list does', () => {
  expect([beside('a', 1), beside('b', -1), beside('a', 9), beside('c', 1), beside('a', -1)]).toEqual([
    'b',
    'a',
    'c',
    'c',
    'a',
  ]);
});

test('begins with the first, whichever way', () => {
  expect([beside(undefined, 1), beside('gone', -1)]).toEqual(['a', 'a']);
});

test('of an empty list is nothing', () => {
  expect(rowBeside([], undefined, 1)).toBeUndefined();
});
