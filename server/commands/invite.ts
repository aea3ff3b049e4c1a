import { z } from 'zod';
import { roleSchema } from '#contract/session.ts';
import { issueInvite } from '../auth/invites.ts';
import { printLine } from '../print.ts';
import { Refusal } from '../refusal.ts';
import type { Command, CommandInput } from './command.ts';
import { readWords } from './read-words.ts';
import { withWorkspace } from './with-workspace.ts';

/** Makes an invite on the machine of the store, for when no admin can. Works beside a running store and without one. */
export const inviteCommand: Command = { usage: 'invite <address> [--role rep|marketer|admin]', run: invite };

async function invite({ env, words }: CommandInput): Promise<number> {
  const { address, role } = readInvite(words);
  return withWorkspace(env, async ({ database: { db, url }, log, workspaceId }) => {
    const publicUrl = env.publicUrl ?? new URL(`http://localhost:${env.port}`);
    const deps = { db, databaseUrl: url, log, pokes: { poke: () => undefined }, publicUrl, now: () => new Date() };
    const { link, expiresAt } = await issueInvite(deps, null, workspaceId, { role, address, team: null });
    printLine(`Invite for ${address} as ${role}, good once until ${expiresAt.toISOString()}:\n${link}`);
    return 0;
  });
}

function readInvite(words: readonly string[]): { address: string; role: z.infer<typeof roleSchema> } {
  const usage = `Usage: npm run store -- ${inviteCommand.usage}`;
  const parsed = readWords(inviteCommand, words, { role: { type: 'string' } });
  const address = z.email().max(320).safeParse(parsed.positionals[0]);
  if (!address.success || parsed.positionals.length !== 1) throw new Refusal(`An invite needs one address. ${usage}`);
  const role = roleSchema.safeParse(parsed.values.role ?? 'rep');
  if (!role.success) throw new Refusal(`"${parsed.values.role}" is no role: it takes rep, marketer or admin. ${usage}`);
  return { address: address.data, role: role.data };
}
