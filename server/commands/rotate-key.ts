import { inWorkspace } from '../db/scope.ts';
import { printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { readHashKeyState, rotateHashKey } from '../store/hash-key.ts';
import type { Command, CommandInput } from './command.ts';
import { withWorkspace } from './with-workspace.ts';

/** Makes a new key for identifiers. Works beside a running store, which destroys the one before when devices have moved, and without one. */
export const rotateKeyCommand: Command = { usage: 'rotate-key', run: rotate };

async function rotate({ env, words }: CommandInput): Promise<number> {
  if (words.length > 0) throw new Refusal(`Usage: npm run store -- ${rotateKeyCommand.usage}`);
  return withWorkspace(env, async ({ database: { db }, workspaceId }) => {
    const now = new Date();
    const { rotation } = await inWorkspace(db, workspaceId, async (scope) => {
      await rotateHashKey(scope, workspaceId, now);
      return readHashKeyState(scope, workspaceId, now);
    });
    const devices = rotation?.devices ?? 0;
    const who = devices === 1 ? '1 browser in use moves' : `${devices} browsers in use move`;
    printLine(
      `There is a new key for identifiers. ${who} to it, mostly within the next hour, and cards are there all the while.`,
    );
    printLine(
      'A running store destroys the old key as soon as they have, after 24 hours at the latest. This cannot be undone.',
    );
    return 0;
  });
}
