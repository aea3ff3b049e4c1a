import { beforeEach, describe, expect, test } from 'vitest';
import type { ContactId } from '#contract/ids.ts';
import type { Sighting, Standing } from '#contract/sighting.ts';
import { type Choice, type Choices, createChoices, nobodyChosen } from './choices.ts';

const people = (standing: Standing, ...names: string[]) =>
  names.map((name) => ({
    standing,
    isCompany: false,
    clues: [{ kind: 'email' as const, value: `${name}@brightforge.example` }],
    name: null,
    title: null,
    company: null,
    signals: [],
  }));
/** A compose to these people, over a thread with those. */
const compose = (to: string[], thread: string[] = []): Sighting => ({
  site: 'gmail',
  view: 'compose',
  people: [...people('recipient', ...to), ...people('sender', ...thread)],
  hasDraft: true,
});
const thread = (...names: string[]): Sighting => ({ ...compose([], names), view: 'thread', hasDraft: false });
const key = (name: string) => `email:${name}@brightforge.example`;
const choose = (name: string): Choice => ({ ...nobodyChosen, personKey: key(name) });
const byHand: Choice = { ...nobodyChosen, contactId: 'c9' as ContactId };

let choices: Choices;
let seen: Sighting | null;
let now: Choice;

function look(next: Sighting | null): Choice {
  now = choices.follow(seen, next, now);
  seen = next;
  return now;
}
function pick(choice: Choice): void {
  now = choice;
  choices.keep(seen, choice);
}

beforeEach(() => {
  choices = createChoices();
  seen = null;
  now = nobodyChosen;
});

describe('two composes side by side', () => {
  const [first, second] = [compose(['dana', 'priya'], ['ines']), compose(['tomas', 'omar'], ['ines'])];

  test('each keeps its own choice', () => {
    look(first);
    pick(choose('priya'));
    expect(look(second)).toEqual(nobodyChosen);
    pick(choose('omar'));
    expect(look(first)).toEqual(choose('priya'));
    expect(look(second)).toEqual(choose('omar'));
  });

  test('each keeps its own choice where the page tells of both, the one in hand first', () => {
    const both = (inHand: string[], other: string[]): Sighting => ({
      ...compose([...inHand, ...other]),
      people: [
        ...people('recipient', ...inHand).map((each) => ({ ...each, isInHand: true as const })),
        ...people('recipient', ...other),
      ],
    });
    look(compose(['dana', 'priya']));
    pick(choose('priya'));
    expect(look(both(['tomas', 'omar'], ['dana', 'priya']))).toEqual(nobodyChosen);
    pick(choose('omar'));
    expect(look(both(['dana', 'priya'], ['tomas', 'omar']))).toEqual(choose('priya'));
    expect(look(both(['tomas', 'omar'], ['dana', 'priya']))).toEqual(choose('omar'));
    expect(look(compose(['dana', 'priya']))).toEqual(choose('priya'));
  });

  test('one takes nothing from the other, though somebody is in both', () => {
    look(first);
    pick(choose('ines'));
    expect(look(second)).toEqual(nobodyChosen);
  });

  test('the order of the recipients makes no other compose', () => {
    look(first);
    pick(choose('priya'));
    look(second);
    expect(look(compose(['priya', 'dana'], ['ines']))).toEqual(choose('priya'));
  });

  test('an empty one in between takes nothing away', () => {
    look(first);
    pick(choose('priya'));
    look(null);
    look(second);
    expect(look(first)).toEqual(choose('priya'));
  });

  test('somebody opened by hand beside one is there again with it, and with it alone', () => {
    look(first);
    pick(byHand);
    expect(look(second)).toEqual(nobodyChosen);
    expect(look(first)).toEqual(byHand);
  });
});

test('a choice stays as its compose gets another recipient, and goes with the chosen one', () => {
  look(compose(['dana', 'priya']));
  pick(choose('priya'));
  expect(look(compose(['dana', 'priya', 'omar']))).toEqual(choose('priya'));
  expect(look(compose(['dana', 'omar']))).toEqual(nobodyChosen);
});

test('a choice stays as its thread gets another participant', () => {
  look(thread('dana', 'priya'));
  pick(choose('priya'));
  expect(look(thread('omar', 'dana', 'priya'))).toEqual(choose('priya'));
});

test('a reply begins with its own recipients; as it is closed, the thread’s choice is back', () => {
  look(thread('dana', 'priya'));
  pick(choose('priya'));
  expect(look(compose(['dana'], ['dana', 'priya']))).toEqual(nobodyChosen);
  expect(look(thread('dana', 'priya'))).toEqual(choose('priya'));
});

test('another page begins anew, though the same people are on it', () => {
  look(thread('dana', 'priya'));
  pick(choose('priya'));
  look(null);
  expect(look(thread('dana', 'priya'))).toEqual(nobodyChosen);
});

test('somebody opened by hand goes when others are in view', () => {
  look(thread('dana'));
  pick(byHand);
  expect(look(thread('omar'))).toEqual(nobodyChosen);
});

test('what was forgotten does not come back', () => {
  look(compose(['dana', 'priya']));
  pick(choose('priya'));
  choices.forget();
  look(compose(['omar']));
  expect(look(compose(['dana', 'priya']))).toEqual(nobodyChosen);
});
