import { readArguments, ScoreError } from './arguments.ts';
import { fitTable } from './fit-table.ts';
import { readTable } from './read-table.ts';
import { toJson, toText } from './write-report.ts';

/** `npm run score -- fit FILE.csv --label COLUMN`: the report on stdout, what was noticed on the way on stderr. */
try {
  // npm runs a script in the package's folder; the person named the file from where they stood.
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  const note = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  const request = readArguments(process.argv.slice(2));
  const report = fitTable(await readTable(request.file, folder, note), request, note);
  process.stdout.write(`${request.isJson ? JSON.stringify(toJson(report)) : toText(report, request.areLeaksKept)}\n`);
} catch (error) {
  if (!(error instanceof ScoreError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
