import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { touchIdSchema } from '#contract/ids.ts';
import { createTimedId, eventIdentity, plannedIdentity, sourceIdentity, wholeIdentity } from './event-identity.ts';

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

test('an event is told apart by its own id, else by its place among those of its contact', () => {
  expect(eventIdentity('T-1', null, 'a')).toBe(eventIdentity('T-1', 'c', 'b'));
  expect(eventIdentity(null, 'c', 'a')).toBe(eventIdentity(null, 'c', 'a'));
  expect(eventIdentity(null, 'c', 'a')).not.toBe(eventIdentity(null, 'c', 'b'));
  expect(eventIdentity(null, 'c', 'a')).not.toBe(eventIdentity(null, null, 'a'));
  expect(eventIdentity(null, 'c', 'x'.repeat(500))).toHaveLength(12);
});

test('ids of a source are known whoever the contact is, places are not', () => {
  const [ada, ben] = [randomUUID(), randomUUID()];
  const whole = (contactId: string, externalId: string | null) =>
    wholeIdentity(contactId, eventIdentity(externalId, 'c', 'a'));
  expect(whole(ada, 'T-1')).toBe(whole(ben, 'T-1'));
  expect(whole(ada, 'x'.repeat(500))).toBe(whole(ben, 'x'.repeat(500)));
  expect(whole(ada, null)).not.toBe(whole(ben, null));
  // What stands for a place could be taken for an id only if it had a colon.
  for (let place = 0; place < 2000; place += 1) expect(eventIdentity(null, 'c', `${place}`)).not.toContain(':');
});

test('a planned event is told apart by its own id, else by its contact and its place', () => {
  const contacts = Array.from({ length: 500 }, () => randomUUID() as string).sort();
  const [ada = '', ben = ''] = contacts;
  expect(plannedIdentity('T-1', ada, null, 'a')).toBe(plannedIdentity('T-1', ben, 'c', 'b'));
  expect(plannedIdentity(null, ada, 'c', 'a')).toBe(plannedIdentity(null, ada, 'c', 'a'));
  expect(plannedIdentity(null, ada, 'c', 'a')).not.toBe(plannedIdentity(null, ada, 'c', 'b'));
  const identities = contacts.map((contact) => plannedIdentity(null, contact, 'c', 'a'));
  expect(new Set(identities).size).toBe(contacts.length);
  expect([...identities].sort()).toEqual(identities);
});
