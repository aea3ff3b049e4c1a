import { expect, test } from 'vitest';
import { ByIdentifier } from './by-identifier.ts';
import { noContactFields } from './record.ts';
import { withDefaults } from './resolve-account.ts';
import { type Known, learn, noneFound, readIdentifierMark } from './resolve-known.ts';

const person = (id: string, name: string) => ({
  id,
  accountId: null,
  fields: withDefaults({ ...noContactFields, name }),
});
const known = (): Known => ({ ...noneFound(), campaigns: [], activityTypes: new Map() });
const owner = (contactId: string) => ({ accountId: null, contactId });

test('what a batch made and changed holds against what PostgreSQL said of before', () => {
  const batch = known();
  batch.identifiers.set('email', 'a@b.example', owner('made'));
  batch.contacts.set('changed', person('changed', 'As the batch has it'));
  const found = noneFound();
  found.identifiers.set('email', 'a@b.example', owner('other'));
  found.identifiers.set('crm', 'a@b.example', owner('other'));
  found.contacts.set('changed', person('changed', 'As it was'));
  found.contacts.set('other', person('other', 'Found'));
  learn(batch, found);
  expect(batch.identifiers.get('email', 'a@b.example')).toEqual(owner('made'));
  expect(batch.identifiers.get('crm', 'a@b.example')).toEqual(owner('other'));
  expect([...batch.contacts.values()].map(({ fields }) => fields.name)).toEqual(['As the batch has it', 'Found']);
});

test('a name that the batch gave to an account, and another has, tells nobody apart', () => {
  const batch = known();
  for (const [name, id] of [
    ['kept', 'one'],
    ['shared', 'one'],
    ['found', null],
  ] as const)
    batch.accountsByName.set(name, id);
  const found = noneFound();
  for (const [name, id] of [
    ['kept', 'one'],
    ['shared', 'two'],
    ['found', 'three'],
    ['new', 'four'],
  ] as const)
    found.accountsByName.set(name, id);
  learn(batch, found);
  expect(Object.fromEntries(batch.accountsByName)).toEqual({ kept: 'one', shared: null, found: null, new: 'four' });
});

test('identifiers of one value and several kinds are several', () => {
  const all = new ByIdentifier<number>();
  all.set('email', 'x', 1);
  all.set('crm', 'x', 2);
  expect([all.get('email', 'x'), all.get('crm', 'x'), all.get('domain', 'x'), all.size]).toEqual([1, 2, undefined, 2]);
  expect([...all.values()]).toEqual([1, 2]);
});

test.each([
  ['crm:marketo:lead:4711', { kind: 'crm', value: 'marketo:lead:4711' }],
  ['email:a@b.example', { kind: 'email', value: 'a@b.example' }],
  ['type:marketo:100001', null],
  ['crm', null],
])('the mark %s', (mark, identifier) => {
  expect(readIdentifierMark(mark)).toEqual(identifier);
});
