import { inWorkspace } from '../db/scope.ts';
import { Refusal } from '../refusal.ts';
import { findPerson, readPersonData } from '../store/person.ts';
import type { Command, CommandInput } from './command.ts';
import { readClue } from './read-clue.ts';
import { withWorkspace } from './with-workspace.ts';

/** Prints as JSON everything the store holds on a person, for them to have. */
export const personCommand: Command = { usage: 'person ADDRESS|PROFILE|RECORD', run: printPerson };

async function printPerson({ env, words }: CommandInput): Promise<number> {
  const clue = readClue(personCommand, words);
  return withWorkspace(env, async ({ database: { db }, workspaceId }) => {
    const data = await inWorkspace(db, workspaceId, async (scope) => {
      const id = await findPerson(scope, workspaceId, clue);
      return id === null ? undefined : readPersonData(scope, workspaceId, id);
    });
    if (data === undefined) throw new Refusal('The store holds nobody by this identifier.');
    process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
    return 0;
  });
}
