import fc from 'fast-check';

/** One thing a rep does in a browser. `person`: whom of the ones that are there from the beginning. */
export type Act =
  | { do: 'verdict'; person: number; value: 'weak' | 'strong' }
  | { do: 'reason' | 'undo' | 'meet' | 'seen' }
  | { do: 'insight' | 'link' | 'take' | 'giveBack'; person: number }
  | { do: 'add'; account: number };

/** A table from marketing: people whose titles change, touches on them, and somebody new. */
export interface Table {
  people: number[];
  touches: number[];
  isNew: boolean;
}

/** What everybody does at the same time. `seed`: what the network does to it. */
export interface Day {
  devices: [Act[], Act[], Act[]];
  tables: Table[];
  erased: number[];
  points: number;
  seed: number;
}

/** How many accounts and people there are in the morning. */
export const morning = { accounts: 3, people: 9 };

const person = fc.nat(morning.people - 1);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('verdict'), person, value: fc.constantFrom('weak', 'strong') }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('reason', 'undo', 'meet', 'seen') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('insight', 'link'), person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('take', 'giveBack'), person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add'), account: fc.nat(morning.accounts - 1) }) },
);
const acts = fc.array(act, { minLength: 4, maxLength: 14 });
const table = fc.record({
  people: fc.uniqueArray(person, { maxLength: 5 }),
  touches: fc.array(person, { maxLength: 6 }),
  isNew: fc.boolean(),
});

/** Any day. */
export const anyDay: fc.Arbitrary<Day> = fc.record({
  devices: fc.tuple(acts, acts, acts),
  tables: fc.array(table, { maxLength: 3 }),
  erased: fc.uniqueArray(person, { maxLength: 2 }),
  points: fc.nat(2),
  seed: fc.nat(),
});
