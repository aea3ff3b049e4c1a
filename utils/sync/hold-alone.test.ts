import { expect, test, vi } from 'vitest';
import { holdAlone } from './hold-alone.ts';

test('of two under one name the second begins when the first has ended, whatever the end', async () => {
  const heard: string[] = [];
  const work = (name: string) => async () => {
    heard.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    heard.push(`${name} ends`);
    throw new Error(name);
  };
  await Promise.allSettled([holdAlone('one', work('first')), holdAlone('one', work('second'))]);
  expect(heard).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('where the browser has no locks the work is done all the same', async () => {
  const request = vi.spyOn(navigator.locks, 'request');
  expect(await holdAlone('one', async () => 7, null)).toBe(7);
  expect(request).not.toHaveBeenCalled();
});
