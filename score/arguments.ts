import { parseArgs } from 'node:util';

/** What was asked on the command line. */
export interface Request {
  file: string;
  label: string;
  /** The column that names a row; null: its content does. */
  id: string | null;
  exclude: readonly string[];
  areLeaksKept: boolean;
  isJson: boolean;
}

export const usage = `npm run score -- fit FILE.csv --label COLUMN   fits a scorecard on a labelled table, and tells how it does on a fifth held out
  --id COLUMN         names each row: by it the fifth is chosen (else by the row's content)
  --exclude A,B       columns to leave out
  --keep-leaks        fit with columns that seem to be known only after the outcome, too
  --json              one JSON document on stdout, and nothing else`;

/** Something was asked wrongly, or a table cannot be fitted. The message is for the person who asked. */
export class ScoreError extends Error {}

/** Reads the command line. Throws a ScoreError with the usage when it makes no sense. */
export function readArguments(args: string[]): Request {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new ScoreError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error });
  }
  const { values, positionals } = parsed;
  const [command, file, another] = positionals;
  if (command !== 'fit') {
    throw new ScoreError(`${command === undefined ? 'Say what to do.' : `There is no "${command}".`}\n\n${usage}`);
  }
  if (file === undefined || another !== undefined) throw new ScoreError(`Name one table to fit on.\n\n${usage}`);
  if (!values.label) throw new ScoreError(`Name the column that says what came of each row, with --label.\n\n${usage}`);
  const exclude = (values.exclude ?? []).flatMap((names) => names.split(',')).map((name) => name.trim());
  return {
    file,
    label: values.label,
    id: values.id ?? null,
    exclude: exclude.filter((name) => name !== ''),
    areLeaksKept: values['keep-leaks'] ?? false,
    isJson: values.json ?? false,
  };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      label: { type: 'string' },
      id: { type: 'string' },
      exclude: { type: 'string', multiple: true },
      'keep-leaks': { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
}
