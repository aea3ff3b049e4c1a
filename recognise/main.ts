import { RecogniseError, readArguments } from './arguments.ts';
import { recognise } from './recognise.ts';

try {
  // npm runs a script in the package's folder; the person named files from where they stood.
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  const answer = await recognise(readArguments(process.argv.slice(2)), folder);
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
} catch (error) {
  if (!(error instanceof RecogniseError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
