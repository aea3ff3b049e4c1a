import { expect, test } from 'vitest';
import type { NotedLook } from '#contract/look.ts';
import { addLook } from './looks.ts';

const look = (site: NotedLook['site'], tookMs: number): NotedLook => ({
  ...{ site, view: 'thread', people: 1, signals: ['url'], isReadable: true, tookMs },
  at: '2026-11-20T10:31:00Z',
});

test('the newest looks of each site are kept, and one busy site does not drive out another', () => {
  let looks = [look('linkedin', 0)];
  for (let count = 1; count <= 40; count += 1) looks = addLook(looks, look('gmail', count));
  expect(looks.filter(({ site }) => site === 'gmail').map(({ tookMs }) => tookMs)).toEqual([
    40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29,
  ]);
  expect(looks.at(-1)?.site).toBe('linkedin');
});
