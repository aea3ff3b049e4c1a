import { commands } from './commands/registry.ts';
import { readEnv } from './env.ts';
import { printFault } from './print.ts';
import { Refusal } from './refusal.ts';

/** `npm run store -- [command] [words…]`. What a person can put right is one sentence and exit code 1; the rest keeps its stack trace. */
async function run(): Promise<number> {
  const [name = 'serve', ...words] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const known = Object.values(commands).map((each) => `  npm run store -- ${each.usage}`);
    throw new Refusal(`There is no command "${name}". There are:\n${known.join('\n')}`);
  }
  return command.run({ env: readEnv(process.env), words });
}

/** A refusal is its sentence alone. */
function describe(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.exitCode = await run();
} catch (error) {
  printFault(describe(error));
  process.exitCode = 1;
}
