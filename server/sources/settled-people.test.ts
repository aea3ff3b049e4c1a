import { expect, test } from 'vitest';
import { type ContactFacts, noContactFields } from './record.ts';
import { SettledPeople } from './settled-people.ts';

const facts = (): ContactFacts => ({
  isOwn: false,
  email: 'a@b.example',
  crm: null,
  linkedin: null,
  fields: noContactFields,
});
const person = { id: 'person', bundle: 'account' };

test('somebody is settled for the same words alone, at the same employer', () => {
  const people = new SettledPeople();
  const [contact, other] = [facts(), facts()];
  people.add([{ contact, account: null, person }]);
  expect(people.find(contact, null)).toBe(person);
  expect(people.find(other, null)).toBeNull();
  expect(people.find(contact, { isOwn: false } as never)).toBeNull();
});

test('what somebody else changed is settled no more, until it was looked at again', () => {
  const people = new SettledPeople();
  const contact = facts();
  people.add([{ contact, account: null, person }]);
  people.forget(['another']);
  expect(people.find(contact, null)).toBe(person);
  people.forget(['account']);
  expect(people.find(contact, null)).toBeNull();
  people.add([{ contact, account: null, person }]);
  expect(people.find(contact, null)).toBe(person);
  people.forgetAll();
  expect(people.find(contact, null)).toBeNull();
});
