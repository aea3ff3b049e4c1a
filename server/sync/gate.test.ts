import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('a gate lets so many in at a time, the others in their order, also past one that fails', async () => {
  const gate = createGate(2);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  const work = (index: number) =>
    gate.pass(async () => {
      inside++;
      most = Math.max(most, inside);
      order.push(index);
      await new Promise((done) => setTimeout(done, 2));
      inside--;
      if (index === 3) throw new Error('stumbled');
      return index;
    });
  const all = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(work));
  expect(all.map((each) => each.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5, 6]]);
});
