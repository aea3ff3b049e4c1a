import { expect, test } from 'vitest';
import type { ImportStatus } from '#contract/import.ts';
import { findPhase } from './import-progress.ts';

const status = (facts: Partial<ImportStatus>) =>
  ({ state: 'running', bytes: 1000, bytesRead: 0, rowsRead: 0, rows: 0, ...facts }) as ImportStatus;

test.each<[what: string, status: ImportStatus | null, sent: number | null, phase: ReturnType<typeof findPhase>]>([
  ['before the store said anything', null, 0, { name: 'sending', share: null }],
  ['while the file is on its way', status({}), 250, { name: 'sending', share: 0.25 }],
  ['while the store reads it', status({ bytesRead: 500, rowsRead: 10 }), 1000, { name: 'reading', share: 0.5 }],
  ['while its rows go in', status({ bytesRead: 1000, rowsRead: 40, rows: 10 }), 1000, { name: 'taking', share: 0.25 }],
  ['seen from another page', status({ bytesRead: 500 }), null, { name: 'reading', share: 0.5 }],
  ['of a file of unknown size', status({ bytes: null, rowsRead: 4, rows: 1 }), null, { name: 'taking', share: 0.25 }],
  ['without a row', status({ bytesRead: 1000 }), 1000, { name: 'taking', share: null }],
  [
    'of an undoing just begun',
    status({ state: 'undoing', rowsRead: 4, rows: 4 }),
    null,
    { name: 'undoing', share: null },
  ],
  ['of an undoing', status({ state: 'undoing', rowsRead: 4, rows: 1 }), null, { name: 'undoing', share: 0.75 }],
])('%s the bar tells its phase', (_what, import_, sent, phase) => {
  expect(findPhase(import_, sent)).toEqual(phase);
});

test('no bar runs over its end', () => {
  expect(findPhase(status({ bytesRead: 1000, rowsRead: 10, rows: 11 }), null).share).toBe(1);
});
