import { expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { type ContactFacts, noContactFields, type RowRecord } from '../sources/record.ts';
import { noneFound } from '../sources/resolve-known.ts';
import { SettledPeople } from '../sources/settled-people.ts';
import { type Ask, RowLookup } from './import-known.ts';

const contact = (email: string): ContactFacts => ({
  isOwn: false,
  email,
  crm: null,
  linkedin: null,
  fields: noContactFields,
});
const record = (facts: ContactFacts): RowRecord => ({
  line: 1,
  account: null,
  contact: facts,
  campaign: null,
  touches: [],
  planned: null,
});

/** A look of which only that it was asked for is told. */
function createLookup(rows: readonly RowRecord[], people: SettledPeople) {
  let asked = 0;
  const ask = (async () => {
    asked += 1;
    return noneFound();
  }) as unknown as Ask;
  const lookup = new RowLookup(ask, 'workspace' as WorkspaceId, { rows, source: 'file', people, carried: null });
  return { lookup, countAsked: () => asked };
}

test('who is settled is not looked up, and who is not is, wherever in the batch the row stands', async () => {
  const people = new SettledPeople();
  const [known, other] = [contact('known@b.example'), contact('new@b.example')];
  const person = { id: 'person', bundle: 'account' };
  people.add([{ contact: known, account: null, person }]);
  const rows = [known, known, other, known].map(record);
  const { lookup, countAsked } = createLookup(rows, people);
  expect(lookup.settled).toEqual([person, person, null, person]);
  await lookup.next(2);
  expect(countAsked()).toBe(0);
  await lookup.next(1);
  expect(countAsked()).toBe(1);
  await lookup.next(1);
  expect(countAsked()).toBe(1);
});
