import type { ImportStatus } from '#contract/import.ts';
import type { ImportProgress } from '../store/import-run.ts';
import type { EncodingName } from './decode-text.ts';

const names = {
  accounts: 'accounts',
  contacts: 'contacts',
  touches: 'touches',
  planned: 'planned touches',
  opportunities: 'opportunities',
  insights: 'insights',
} as const;
const mostShown = 20;
const format = (number: number) => number.toLocaleString('en-US');

const guessed =
  'The file is not in UTF-8 and was read as Windows-1252. Should names look wrong in the Desk, take it back with npm run store -- undo-import, save the file as UTF-8 and import it again.';

/** How an import ended, in lines for the terminal: what it was, what changed, which rows did not go in. `encoding`: how its text was read. */
export function describeImport(status: ImportStatus, encoding: EncodingName): string {
  const read = `${format(status.rows)} ${status.rows === 1 ? 'row' : 'rows'}${describeRate(status)}`;
  const stopped = `stopped at ${read}, as the store's disk is full. Make room: a running store then goes on by itself, and its history says how it ended.`;
  const unfinished = status.state === 'running' ? stopped : null;
  const head = `${status.fileName}: ${status.failure ?? unfinished ?? `${read}${status.dryRun ? ', a dry run: nothing was kept' : ''}`}`;
  const counts = (Object.keys(names) as (keyof typeof names)[]).flatMap((kind) => {
    const { added, changed, unchanged } = status[kind] ?? { added: 0, changed: 0, unchanged: 0 };
    const parts = [
      added > 0 ? `${format(added)} added` : '',
      changed > 0 ? `${format(changed)} changed` : '',
      unchanged > 0 ? `${format(unchanged)} as they were` : '',
    ].filter((part) => part !== '');
    return parts.length > 0 ? [`  ${names[kind]}: ${parts.join(', ')}`] : [];
  });
  const errors = status.errors
    .slice(0, mostShown)
    .map(({ line, column, reason }) => `    line ${format(line)}${column === null ? '' : `, ${column}`}: ${reason}`);
  const more = status.errorCount - errors.length;
  if (status.errorCount > 0)
    errors.unshift(`  ${format(status.errorCount)} ${status.errorCount === 1 ? 'row' : 'rows'} did not go in:`);
  if (more > 0) errors.push(`    and ${format(more)} more`);
  const waiting =
    status.waitingRows > 0
      ? [
          `  ${format(status.waitingRows)} ${status.waitingRows === 1 ? 'row waits' : 'rows wait'}. ${status.waitingFor ?? ''}`,
        ]
      : [];
  // Any bytes are Windows-1252: a file of another system's reads without a fault, and its names are wrong.
  const guess = encoding === 'windows-1252' && status.rows > 0 ? [`  ${guessed}`] : [];
  return [head, ...counts, ...guess, ...waiting, ...errors].join('\n');
}

function describeRate(status: ImportStatus): string {
  return status.rowsPerSecond === null ? '' : `, ${format(status.rowsPerSecond)} a second`;
}

/** Draws how far an import is. */
export interface ProgressDrawing {
  onStaged(read: { rows: number; bytes: number }): void;
  onProgress(progress: ImportProgress): void;
  /** Wipes the line. */
  end(): void;
}

/** Shows an import's progress as one line that is drawn over, first the file, then its rows; nothing where the output is no terminal. */
export function showProgress(fileName: string, bytes: number): ProgressDrawing {
  const output = process.stderr;
  let startedAt: number | null = null;
  let drawnAt = 0;
  let staged = 0;
  const draw = (text: string) => {
    const now = Date.now();
    if (!output.isTTY || now - drawnAt < 100) return;
    drawnAt = now;
    output.write(`\r\x1b[K${fileName}: ${text}`);
  };
  return {
    onStaged(read) {
      staged = read.rows;
      // Once rows go in, what is told of them tells of what is read as well.
      if (startedAt !== null) return;
      const share = bytes > 0 ? Math.floor((read.bytes / bytes) * 100) : 100;
      draw(`${share} % read, ${format(read.rows)} rows`);
    },
    onProgress({ rows }) {
      if (rows === 0) return;
      startedAt ??= Date.now();
      const rate = Math.round(rows / Math.max(0.1, (Date.now() - startedAt) / 1000));
      draw(`${format(rows)} of ${format(Math.max(rows, staged))} rows are in, ${format(rate)} a second`);
    },
    end: () => {
      if (output.isTTY) output.write('\r\x1b[K');
    },
  };
}
