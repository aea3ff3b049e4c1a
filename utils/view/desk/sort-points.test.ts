import { expect, test } from 'vitest';
import type { TalkingPointResult } from '#contract/desk.ts';
import { type PointSorting, sortPoints } from './sort-points.ts';

const point = (title: string, landed: number, fellFlat: number, expiresOn: string | null) =>
  ({ title, landed, fellFlat, expiresOn }) as TalkingPointResult;
const points = [
  point('Item 10', 12, 8, null),
  point('Item 9', 30, 10, '2026-12-20'),
  point('also', 1, 0, '2026-12-01'),
  point('Beta', 6, 14, null),
];

test.each<[PointSorting, string[]]>([
  ['newest', ['Item 10', 'Item 9', 'also', 'Beta']],
  // Of one answer it is too early to say: it is last, though all of it landed.
  ['landed', ['Item 9', 'Item 10', 'Beta', 'also']],
  ['expires', ['also', 'Item 9', 'Item 10', 'Beta']],
  ['title', ['also', 'Beta', 'Item 9', 'Item 10']],
])('talking points by %s', (sorting, titles) => {
  expect(sortPoints(points, sorting).map(({ title }) => title)).toEqual(titles);
  expect(points[0]?.title).toBe('Item 10');
});
