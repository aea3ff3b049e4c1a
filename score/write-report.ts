import type { Measured } from '../utils/scoring/refit/metrics.ts';
import type { Figures, Report } from './fit-table.ts';

/** The report as a program reads it: figures of the integer card and, beside it, of the regression before rounding, both on the rows held out. */
export function toJson({ figures, regression, leaks, card }: Report): unknown {
  const plain = ({ auc, logLoss, ece }: Figures) => ({ auc: auc.value, logLoss: logLoss.value, ece: ece.value });
  return {
    ...plain(figures),
    regression: plain(regression),
    leaks: leaks.map(({ column }) => column),
    card: card.map(({ criterion, points }) => ({ criterion, points })),
  };
}

/** The report as a person reads it. */
export function toText(report: Report, areLeaksKept: boolean): string {
  const { figures, regression, leaks, card } = report;
  const lines = [
    `Fitted on ${report.fittedOn} rows (${(100 * report.strongShare).toFixed(1)} % strong), measured on ${report.heldOut} held out.`,
    '',
    ...layOut([
      ['', 'card', '', 'before rounding', ''],
      ['AUC', ...describe(figures.auc), ...describe(regression.auc)],
      ['log-loss', ...describe(figures.logLoss), ...describe(regression.logLoss)],
      ['calibration error', ...describe(figures.ece), ...describe(regression.ece)],
    ]),
  ];
  if (leaks.length > 0) {
    lines.push(
      '',
      areLeaksKept
        ? 'Kept, though they seem to be known only afterwards:'
        : 'Left out, as they seem to be known only afterwards (--keep-leaks uses them):',
    );
    lines.push(...leaks.map(({ column, why }) => `  ${column}: ${why}`));
  }
  lines.push('', 'Points (ten double the odds)');
  lines.push(
    ...layOut(card.map(({ criterion, points }) => [signed(points), criterion.replace(/\s+/g, ' ').slice(0, 100)])),
  );
  return lines.join('\n');
}

function describe({ value, low, high }: Measured): [string, string] {
  return [value.toFixed(3), `${low.toFixed(3)}–${high.toFixed(3)}`];
}

function signed(points: number): string {
  return (points > 0 ? '+' : '−') + String(Math.abs(points)).padStart(3);
}

function layOut(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
