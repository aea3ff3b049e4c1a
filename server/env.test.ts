import { expect, test } from 'vitest';
import { readEnv } from './env.ts';
import { Refusal } from './refusal.ts';

/** What is said of one variable. */
function refuse(name: string, value: string): string {
  try {
    readEnv({ [name]: value });
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).message;
  }
  throw new Error(`${name}=${value} was taken.`);
}

test.each([
  ['PORT', 'eighty', 'it takes a number'],
  ['PORT', '80.5', 'it takes a whole number'],
  ['PORT', '70000', 'it takes 65535 at most'],
  ['METRICS_PORT', '0', 'it takes 1 or more'],
  ['METRICS_TOKEN', 'short', 'must have 16 characters or more'],
  ['RATE_LIMIT', 'no', 'it takes on or off'],
  ['LOG_LEVEL', 'loud', 'it takes fatal or error or warn or info or debug or trace or silent'],
  ['PUBLIC_URL', 'baton.larkspur.example', 'it takes a whole address, as https://baton.company.example'],
  ['FIRST_ADMIN', 'Ines', 'it takes an address of mail'],
  ['WORKSPACE_NAME', ' ', 'it is too short'],
])('%s=%s is refused by its name, with what it takes', (name, value, what) => {
  expect(refuse(name, value)).toBe(`The environment variable ${name} is wrong: ${what}.`);
});

test('a variable that is empty counts as not set', () => {
  expect(readEnv({ PORT: '', FIRST_ADMIN: '' })).toEqual(readEnv({}));
});
