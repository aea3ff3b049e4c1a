import { expect, test } from 'vitest';
import type { AskRow } from '#contract/ask.ts';
import type { LeadQuality, TalkingPointResult } from '#contract/desk.ts';
import type { ImportStatus } from '#contract/import.ts';
import { findTodos } from './todos.ts';

const now = Date.parse('2026-11-17T08:52:00Z');

function point(title: string, more: Partial<TalkingPointResult> = {}): TalkingPointResult {
  return {
    ...{ id: title, title, state: 'live', expiresOn: null, startsOn: null, landed: 0, fellFlat: 0 },
    ...{ pushedAt: '2026-11-10T08:00:00.000Z', lastUsedAt: null, ownerId: 'somebody' },
    ...more,
  } as TalkingPointResult;
}

function imported(fileName: string, state: 'done' | 'failed', startedAt: string): ImportStatus {
  return { id: fileName + startedAt, fileName, state, dryRun: false, startedAt } as ImportStatus;
}

const names = (todos: ReturnType<typeof findTodos>) =>
  todos.map((todo) => {
    if (todo.kind === 'weak') return `weak ${todo.row.label}`;
    if (todo.kind === 'digest') return `digest ${todo.kept.from}`;
    if (todo.kind === 'ask') return `ask ${todo.ask.text}`;
    if (todo.kind === 'failed') return `failed ${todo.status.fileName}`;
    return 'point' in todo ? `${todo.kind} ${todo.point.title}` : todo.kind;
  });

test('asks for what ends soon, falls flat, is weaker than all or failed, and for nothing else', () => {
  const row = (label: string, weak: number, strong: number) => ({ key: label, label, weak, strong, reasons: [] });
  const quality: LeadQuality = {
    by: 'campaign',
    asOf: '2026-11-17T08:52:00.000Z',
    total: row('all', 163, 249),
    rows: [row('webinar', 61, 35), row('ebook', 19, 22)],
    weeks: [],
    grades: [],
  };
  const points = [
    point('later', { expiresOn: '2026-12-24' }),
    point('Friday', { expiresOn: '2026-11-20' }),
    point('tomorrow', { expiresOn: '2026-11-18' }),
    point('ended', { expiresOn: '2026-11-18', state: 'ended' }),
    point('flat', { landed: 9, fellFlat: 15 }),
    point('too early', { landed: 0, fellFlat: 19 }),
    point('never used', { pushedAt: '2026-10-17T08:00:00.000Z' }),
    point('used again', { pushedAt: '2026-06-01T08:00:00.000Z', lastUsedAt: '2026-11-01T08:00:00.000Z' }),
    point('not before today', { pushedAt: '2026-06-01T08:00:00.000Z', startsOn: '2026-11-17' }),
    point('mine, not used', { pushedAt: '2026-10-01T08:00:00.000Z', ownerId: 'reader' as never }),
  ];
  const imports = [
    imported('made good.csv', 'failed', '2026-11-15T08:00:00.000Z'),
    imported('made good.csv', 'done', '2026-11-15T09:00:00.000Z'),
    imported('broken.csv', 'failed', '2026-11-16T08:00:00.000Z'),
    imported('long ago.csv', 'failed', '2026-10-16T08:00:00.000Z'),
  ];
  expect(names(findTodos(points, quality, imports, 'reader', now))).toEqual([
    'failed broken.csv',
    'unused mine, not used',
    'expires tomorrow',
    'expires Friday',
    'flat flat',
    'unused never used',
    'weak webinar',
  ]);
});

test('asks for nothing where there is nothing', () => {
  expect(findTodos([], null, [], null, now)).toEqual([]);
});

test('asks that wait for marketing stand first, as the store orders them; none that sales is to answer', () => {
  const ask = (text: string, more: Partial<AskRow> = {}) =>
    ({ id: text, text, for: 'marketing', state: 'open', ...more }) as AskRow;
  const failed = [imported('lost.csv', 'failed', '2026-11-16T08:00:00.000Z')];
  const asks = [
    ask('oldest'),
    ask('asked of sales', { for: 'sales' }),
    ask('done', { state: 'answered' }),
    ask('newer'),
  ];
  const todos = findTodos([], null, failed, null, now, asks);
  expect(names(todos)).toEqual(['ask oldest', 'ask newer', 'failed lost.csv']);
  expect(todos[0]).toMatchObject({ id: 'ask-oldest', hash: '#/asks?ask=oldest' });
});
