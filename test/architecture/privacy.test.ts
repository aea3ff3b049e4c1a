import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSource } from './sources.ts';

const text = readSource('PRIVACY.md');

/** The tests that a text names: `[path#"name"]`. */
function listNamed(from: string): { file: string; name: string }[] {
  return [...from.matchAll(/\[([\w./-]+\.test\.tsx?)#"([^"]+)"\]/g)].map(([, file = '', name = '']) => ({
    file,
    name,
  }));
}

function isThere({ file, name }: { file: string; name: string }): boolean {
  if (!existsSync(file)) return false;
  const source = readSource(file);
  return ['it', 'test'].some((call) => source.includes(`${call}('${name}'`));
}

it('every test that PRIVACY.md names exists', () => {
  const named = listNamed(text);
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((each) => !isThere(each))).toEqual([]);
});

it('a name that no test has is noticed', () => {
  const [made] = listNamed('[test/architecture/privacy.test.ts#"no such law"]');
  expect(made && isThere(made)).toBe(false);
  const [known] = listNamed('[test/architecture/privacy.test.ts#"every test that PRIVACY.md names exists"]');
  expect(known && isThere(known)).toBe(true);
});

it('every promise in a list has a test behind it', () => {
  const bare = text.split('\n').filter((line) => line.startsWith('- ') && listNamed(line).length === 0);
  expect(bare).toEqual([
    "- Accounts, contacts and their identifiers, campaigns, touches past and planned, what a person's score comes to, deals, verdicts, insights, what sales and marketing ask of each other with the answers, talking points with outcomes and with who pushed, edited and paused them, what members were told of changes that their verdicts led to, for as long as the company keeps them.",
  ]);
});
