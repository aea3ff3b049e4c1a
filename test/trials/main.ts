import { Console } from 'node:console';
import { inspect } from 'node:util';
import { layOut, readOptions } from '../run/options.ts';
import { trials } from './registry.ts';
import { isHarmed, type TrialResult } from './trial.ts';

// Parts of the extension run in here and log what they do; stdout is for the result alone.
globalThis.console = new Console(process.stderr);

/** `npm run trials [-- NAME…] [--count N] [--json]`: a table, or one JSON document on stdout. Fails when a click was harmed. */
try {
  const { isJson, names, count } = readOptions(
    process.argv.slice(2),
    trials.map(({ name }) => name),
  );
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const results: TrialResult[] = [];
  for (const trial of trials.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const obstacle = trial.findObstacle?.() ?? null;
    if (obstacle !== null && names.includes(trial.name)) throw new Error(`${trial.name}: ${obstacle}`);
    say(`${trial.name}: ${obstacle === null ? trial.about : `left out here. ${obstacle}`}`);
    if (obstacle !== null) continue;
    const result = await trial.run(count ?? trial.usualCount, say).catch((error: unknown) => {
      // Where it broke and why, not only a network's one word for it.
      throw new Error(`${trial.name} could not be made: ${inspect(error)}`);
    });
    results.push(result);
    // A long run that is ended on the way has told what it came to so far.
    say(describeResults([result]));
  }
  process.stdout.write(`${isJson ? JSON.stringify({ trials: results }) : describeResults(results)}\n`);
  if (results.some(isHarmed)) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function describeResults(results: readonly TrialResult[]): string {
  const rows = results.map(({ name, count, lost, doubled, disordered, apart = '' }) => {
    return [name, count, lost, doubled, disordered, apart];
  });
  return layOut([['trial', 'count', 'lost', 'doubled', 'disordered', 'apart'], ...rows]);
}
