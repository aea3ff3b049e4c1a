import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Refusal } from '../refusal.ts';
import type { Command } from './command.ts';

/** Takes a command's words apart. Throws a `Refusal` with the command's usage when they do not fit. */
export function readWords<Options extends NonNullable<ParseArgsConfig['options']>>(
  command: Pick<Command, 'usage'>,
  words: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options });
  } catch (cause) {
    // Node goes on with advice on quoting that helps nobody here.
    const [what] = (cause as Error).message.split('. ');
    throw new Refusal(`${what}. Usage: npm run store -- ${command.usage}`, { cause });
  }
}
