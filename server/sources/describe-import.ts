import type { ImportStatus } from '#contract/import.ts';
import type { ImportProgress } from '../store/import-job.ts';

const names = {
  accounts: 'accounts',
  contacts: 'contacts',
  touches: 'touches',
  planned: 'planned touches',
  opportunities: 'opportunities',
} as const;
const mostShown = 20;
const format = (number: number) => number.toLocaleString('en-US');

/** How an import ended, in lines for the terminal: what it was, what changed, which rows did not go in. */
export function describeImport(status: ImportStatus): string {
  const head = `${status.fileName}: ${status.failure ?? `${format(status.rows)} rows${describeRate(status)}${status.dryRun ? ', a dry run: nothing was kept' : ''}`}`;
  const counts = (Object.keys(names) as (keyof typeof names)[]).flatMap((kind) => {
    const { added, changed, unchanged } = status[kind];
    const parts = [
      added > 0 ? `${format(added)} added` : '',
      changed > 0 ? `${format(changed)} changed` : '',
      unchanged > 0 ? `${format(unchanged)} as they were` : '',
    ].filter((part) => part !== '');
    return parts.length > 0 ? [`  ${names[kind]}: ${parts.join(', ')}`] : [];
  });
  const errors = status.errors
    .slice(0, mostShown)
    .map(({ line, column, reason }) => `  line ${format(line)}${column === null ? '' : `, ${column}`}: ${reason}`);
  const more = status.errorCount - errors.length;
  if (status.errorCount > 0)
    errors.unshift(`  ${format(status.errorCount)} ${status.errorCount === 1 ? 'row' : 'rows'} did not go in:`);
  if (more > 0) errors.push(`  and ${format(more)} more`);
  return [head, ...counts, ...errors].join('\n');
}

function describeRate(status: ImportStatus): string {
  return status.rowsPerSecond === null ? '' : `, ${format(status.rowsPerSecond)} a second`;
}

/** Shows an import's progress as one line that is drawn over; nothing where the output is no terminal. `end` wipes the line. */
export function showProgress(fileName: string, bytes: number): ((progress: ImportProgress) => void) & { end(): void } {
  const output = process.stderr;
  const startedAt = Date.now();
  let drawnAt = 0;
  const draw = (progress: ImportProgress) => {
    const now = Date.now();
    if (!output.isTTY || now - drawnAt < 100) return;
    drawnAt = now;
    const share = bytes > 0 ? Math.floor((progress.bytesRead / bytes) * 100) : 100;
    const rate = Math.round(progress.rows / Math.max(0.001, (now - startedAt) / 1000));
    output.write(`\r\x1b[K${fileName}: ${share} %, ${format(progress.rows)} rows, ${format(rate)} a second`);
  };
  return Object.assign(draw, {
    end: () => {
      if (output.isTTY) output.write('\r\x1b[K');
    },
  });
}
