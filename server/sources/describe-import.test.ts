import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import type { ImportId } from '#contract/ids.ts';
import { type ImportStatus, importStatusSchema } from '#contract/import.ts';
import { describeImport, showProgress } from './describe-import.ts';

const none = { added: 0, changed: 0, unchanged: 0 };

function makeStatus(more: Partial<ImportStatus> = {}): ImportStatus {
  return importStatusSchema.parse({
    ...{ id: randomUUID() as ImportId, fileName: 'members.csv', state: 'done', dryRun: false, format: 'contacts' },
    ...{ bytes: 100, bytesRead: 100, rows: 1, rowsRead: 1, rowsPerSecond: null, failure: null },
    ...{ accounts: none, contacts: none, touches: none, planned: none, opportunities: none, insights: none },
    ...{ waitingRows: 0, waitingFor: null, errorCount: 0, errors: [], by: null, mapping: null, zone: null },
    ...{ startedAt: '2026-11-20T10:00:00.000Z', finishedAt: null, canUndo: false },
    ...{ undoneAt: null, undoneBy: null, undoNote: null, ...more },
  });
}

test('what an import came to is told in lines: what changed, what waits for what, and which rows did not go in', () => {
  const status = makeStatus({
    rows: 2000,
    rowsPerSecond: 1000,
    contacts: { added: 1200, changed: 3, unchanged: 4 },
    waitingRows: 1,
    waitingFor: 'Nobody has said who they are.',
    errorCount: 22,
    errors: Array.from({ length: 22 }, (_, at) => ({ line: at + 1000, column: 'Email', reason: 'It is wrong.' })),
  });
  const lines = describeImport(status, 'utf-8').split('\n');
  expect(lines.slice(0, 5)).toEqual([
    'members.csv: 2,000 rows, 1,000 a second',
    '  contacts: 1,200 added, 3 changed, 4 as they were',
    '  1 row waits. Nobody has said who they are.',
    '  22 rows did not go in:',
    '    line 1,000, Email: It is wrong.',
  ]);
  expect(lines.slice(-1)).toEqual(['    and 2 more']);
});

test('a dry run says that nothing was kept, and a failure says why in place of how much', () => {
  expect(describeImport(makeStatus({ dryRun: true }), 'utf-8')).toBe('members.csv: 1 row, a dry run: nothing was kept');
  expect(describeImport(makeStatus({ state: 'failed', failure: 'The file is empty.' }), 'utf-8')).toBe(
    'members.csv: The file is empty.',
  );
});

test('one that a full disk has stopped says how far it is and what happens then', () => {
  expect(describeImport(makeStatus({ state: 'running', rows: 3000 }), 'utf-8')).toMatch(
    /stopped at 3,000 rows, as the store's disk is full\. Make room: .* by itself/,
  );
});

test('where the text was read by a guess it says so, and how to come back', () => {
  expect(describeImport(makeStatus(), 'windows-1252')).toMatch(/Windows-1252.*undo-import.*UTF-8/);
  expect(describeImport(makeStatus({ rows: 0 }), 'windows-1252')).toBe('members.csv: 0 rows');
});

const { isTTY } = process.stderr;
afterEach(() => {
  process.stderr.isTTY = isTTY;
  vi.restoreAllMocks();
});

/** What an import that reads 40 rows and takes 30 in draws. */
function draw(isTerminal: boolean): string[] {
  vi.useFakeTimers({ now: 0 });
  process.stderr.isTTY = isTerminal;
  const drawn: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => drawn.push(String(text)) > 0);
  const drawing = showProgress('members.csv', 200);
  for (const step of [
    () => drawing.onStaged({ rows: 10, bytes: 50 }),
    () => drawing.onStaged({ rows: 40, bytes: 200 }),
    () => drawing.onProgress({ rows: 0 } as never),
    () => drawing.onProgress({ rows: 10 } as never),
    () => drawing.onProgress({ rows: 30 } as never),
  ]) {
    vi.advanceTimersByTime(1000);
    step();
  }
  drawing.end();
  vi.useRealTimers();
  return drawn.map((text) => text.replaceAll('\r\x1b[K', ''));
}

test('at a terminal progress is one line: how much of the file is read, then how many rows are in, and how fast', () => {
  expect(draw(true)).toEqual([
    'members.csv: 25 % read, 10 rows',
    'members.csv: 100 % read, 40 rows',
    'members.csv: 10 of 40 rows are in, 100 a second',
    'members.csv: 30 of 40 rows are in, 30 a second',
    '',
  ]);
});

test('where nobody looks no progress is drawn', () => {
  expect(draw(false)).toEqual([]);
});
