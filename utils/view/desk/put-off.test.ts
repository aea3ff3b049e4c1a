import { expect, test } from 'vitest';
import { listWaiting, putOff, readPutOff } from './put-off.ts';
import type { Todo } from './todos.ts';

const at = (text: string) => new Date(text).getTime();
const now = at('2026-11-17T08:52:00');
const lines = ['one', 'two'].map((id) => ({ id }) as Todo);

function createShelf() {
  const held = new Map<string, string>();
  return {
    read: (key: string) => held.get(key) ?? null,
    write: (key: string, value: string | null) => void (value === null ? held.delete(key) : held.set(key, value)),
  };
}

test('what is put off until later comes back the next morning, what is done does not, and either can be taken back', () => {
  const shelf = createShelf();
  const off = putOff(shelf, putOff(shelf, {}, 'one', 'later', now), 'two', 'done', now);
  const waiting = (moment: number) => listWaiting(lines, readPutOff(shelf, moment), moment).map(({ id }) => id);
  expect(waiting(now)).toEqual([]);
  expect(waiting(at('2026-11-17T23:59:00'))).toEqual([]);
  expect(waiting(at('2026-11-18T06:00:00'))).toEqual(['one']);
  expect(waiting(at('2026-12-18T06:00:00'))).toEqual(['one', 'two']);
  putOff(shelf, off, 'two', null, now);
  expect(waiting(now)).toEqual(['two']);
});

test('a shelf that cannot be read puts nothing off', () => {
  const shelf = createShelf();
  for (const kept of ['{', '[1]', '{"one":"soon"}']) {
    shelf.write('today-put-off', kept);
    expect(readPutOff(shelf, now)).toEqual({});
  }
});
