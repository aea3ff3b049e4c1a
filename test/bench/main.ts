import { layOut, readOptions } from '../run/options.ts';
import type { Mark } from './benchmark.ts';
import { benchmarks } from './registry.ts';

// A store in a session of its own hears nothing of a Ctrl-C in the terminal: it ends with this process, which tells it so only when it ends by itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** `npm run bench [-- NAME…] [--scale SHARE] [--data FOLDER] [--json]`: a table, or one JSON document on stdout. */
try {
  const known = benchmarks.flatMap((benchmark) => [benchmark, ...(benchmark.parts ?? [])]);
  const { isJson, names, scale, data } = readOptions(
    process.argv.slice(2),
    known.map(({ name }) => name),
  );
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const marks: Mark[] = [];
  for (const benchmark of names.length === 0 ? benchmarks : known.filter(({ name }) => names.includes(name))) {
    say(`${benchmark.name}: ${benchmark.about}`);
    marks.push(...(await benchmark.measure(say, scale ?? 1, data)));
  }
  process.stdout.write(`${isJson ? JSON.stringify({ marks }) : describeMarks(marks)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function describeMarks(marks: readonly Mark[]): string {
  const rows = marks.map(({ name, value, unit, mark, met }) => [name, value, unit, mark ?? '–', describeMet(met)]);
  return layOut([['what', 'value', 'unit', 'mark', ''], ...rows]);
}

function describeMet(met: boolean | null): string {
  if (met === null) return '';
  return met ? 'met' : 'NOT MET';
}
