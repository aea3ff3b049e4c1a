import type { Clue } from '#contract/sighting.ts';
import { readPersonClue } from '../../utils/identity/person-clue.ts';
import { Refusal } from '../refusal.ts';
import type { Command } from './command.ts';
import { readWords } from './read-words.ts';

/** The person that a command's one word names. Throws a `Refusal` with the usage when it names none. */
export function readClue(command: Pick<Command, 'usage'>, words: readonly string[]): Clue {
  const [text, ...more] = readWords(command, words, {}).positionals;
  const clue = text === undefined || more.length > 0 ? null : readPersonClue(text);
  if (clue === null)
    throw new Refusal(
      `Name one person: by an address, the address of a LinkedIn profile, or a record like salesforce:contact:003…. Usage: npm run store -- ${command.usage}`,
    );
  return clue;
}
