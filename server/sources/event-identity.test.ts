import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { touchIdSchema } from '#contract/ids.ts';
import { createTimedId, eventIdentity, eventPrefix, sourceIdentity } from './event-identity.ts';

test('ids are valid, never the same, and in the order in which they were made', () => {
  const start = Date.now() + 60_000;
  // Ten thousand in a millisecond are more than it can count, and clocks are put back.
  const times = [...Array.from({ length: 10_000 }, () => start), start - 5000, start + 1, start + 2, start + 100];
  const ids = times.map(createTimedId);
  for (const id of ids) expect(touchIdSchema.safeParse(id).success, id).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test('a thing is told apart by its own id, else by what is said of it, and never mistaken for the other kind', () => {
  expect(sourceIdentity('T-1', 'ignored')).toBe('id:T-1');
  expect(sourceIdentity(null, 'a')).toBe(sourceIdentity(null, 'a'));
  expect(sourceIdentity(null, 'a')).not.toBe(sourceIdentity(null, 'b'));
  expect(sourceIdentity('x'.repeat(61), 'a')).not.toBe(sourceIdentity('x'.repeat(62), 'a'));
  expect(sourceIdentity(null, 'x'.repeat(500))).toHaveLength(24);
});

test('an event is told apart by its own id, else by its contact and its place', () => {
  const [ada, ben] = [eventPrefix(randomUUID()), eventPrefix(randomUUID())];
  expect(eventIdentity('T-1', ada, null, 'a')).toBe(eventIdentity('T-1', ben, 'c', 'b'));
  expect(eventIdentity(null, ada, 'c', 'a')).toBe(eventIdentity(null, ada, 'c', 'a'));
  expect(eventIdentity(null, ada, 'c', 'a')).not.toBe(eventIdentity(null, ada, 'c', 'b'));
  expect(eventIdentity(null, ada, 'c', 'a')).not.toBe(eventIdentity(null, ben, 'c', 'a'));
  expect(eventIdentity(null, ada, 'c', 'a')).not.toBe(eventIdentity(null, ada, null, 'a'));
  expect(eventIdentity(null, ada, 'c', 'x'.repeat(500))).toHaveLength(34);
});

test('identities of events stand in the order of their contacts', () => {
  const contacts = Array.from({ length: 500 }, () => randomUUID() as string).sort();
  const identities = contacts.map((contact) => eventIdentity(null, eventPrefix(contact), 'c', 'a'));
  expect(new Set(identities).size).toBe(contacts.length);
  expect([...identities].sort()).toEqual(identities);
});
