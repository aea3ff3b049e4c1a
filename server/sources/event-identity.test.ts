import { expect, test } from 'vitest';
import { touchIdSchema } from '#contract/ids.ts';
import { createTimedId, eventIdentity } from './event-identity.ts';

test('ids are valid, never the same, and in the order of their time', () => {
  const ids = Array.from({ length: 5000 }, (_, index) => createTimedId(1_790_000_000_000 + index));
  for (const id of ids) expect(touchIdSchema.safeParse(id).success, id).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test('an event is told apart by its own id, else by its place, and never mistaken for the other kind', () => {
  expect(eventIdentity('T-1', 'ignored')).toBe('id:T-1');
  expect(eventIdentity(null, 'a')).toBe(eventIdentity(null, 'a'));
  expect(eventIdentity(null, 'a')).not.toBe(eventIdentity(null, 'b'));
  expect(eventIdentity('x'.repeat(61), 'a')).not.toBe(eventIdentity('x'.repeat(62), 'a'));
  expect(eventIdentity(null, 'x'.repeat(500))).toHaveLength(24);
});
