import { parseArgs } from 'node:util';

/** What a command with a registry of entries was asked for. */
export interface Options {
  /** Print one JSON document on stdout and nothing else. */
  isJson: boolean;
  /** Names of entries; all of them when empty. */
  names: string[];
  /** How many times; null when not said. */
  count: number | null;
  /** A share of the full size; null when not said. */
  scale: number | null;
  /** A folder that is filled once, kept, and found filled the next time; null when not said. */
  data: string | null;
}

/** Reads the command line. Throws one sentence on what it cannot read. `npm run bench --json` sets npm's own flag: it counts too. */
export function readOptions(args: string[], known: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      count: { type: 'string' },
      scale: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no entry ${unknown.join(', ')}. Entries: ${known.join(', ')}.`);
  const count = values.count === undefined ? null : Number(values.count);
  if (count !== null && !(Number.isInteger(count) && count > 0)) {
    throw new Error(`--count takes a whole number above 0, not "${values.count}".`);
  }
  const scale = values.scale === undefined ? null : Number(values.scale);
  if (scale !== null && !(scale > 0 && scale <= 1)) {
    throw new Error(`--scale takes a share of the full size, 0.01 for one, not "${values.scale}".`);
  }
  return {
    isJson: values.json || process.env['npm_config_json'] === 'true',
    names: positionals,
    count,
    scale,
    data: values.data ?? null,
  };
}

/** Lines up the columns of a table: text to the left, numbers to the right. */
export function layOut(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const pad = (cell: string | number, column: number) => {
    const width = widths[column] ?? 0;
    return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
  };
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
