import type { Env } from '../env.ts';

/** What a command gets: the environment and the words after its name. */
export interface CommandInput {
  env: Env;
  words: readonly string[];
}

/** A subcommand of `npm run store -- …`. `usage` is one line. Ends with an exit code; throws a `Refusal` for what the person can put right. */
export interface Command {
  usage: string;
  run(input: CommandInput): Promise<number>;
}
