import { describe, expect, test } from 'vitest';
import type { HandOverFigure, HandOverFigures } from '#contract/desk-hand-over.ts';
import { rateHandOvers, tellTime } from './hand-over-figures.ts';
import { listHandOverTodos } from './hand-over-todos.ts';

const row = (label: string, accepted: number, returned: number): HandOverFigure => ({
  key: label,
  label,
  offered: accepted + returned + 1,
  accepted,
  returned,
  disqualified: 0,
  waiting: 1,
  inTime: accepted,
});
const rows = [row('Few', 5, 0), row('Good', 45, 5), row('Same', 15, 15), row('Bad', 3, 47)];
const total = { offered: 139, accepted: 68, returned: 67, disqualified: 0, waiting: 4, inTime: 68 };

describe('rates of what is taken', () => {
  test('are told from 20 answers on, against the rate of all by their interval, the highest first', () => {
    const rated = rateHandOvers({ rows, total }, 'rate', ({ label }) => label ?? '');
    expect(rated.map(({ label, standing }) => [label, standing])).toEqual([
      ['Good', 'above'],
      ['Same', 'cannotTell'],
      ['Bad', 'below'],
      ['Few', null],
    ]);
  });

  test('stand by their count, and by name', () => {
    const order = (by: 'count' | 'name') =>
      rateHandOvers({ rows, total }, by, ({ label }) => label ?? '').map(({ label }) => label);
    expect(order('count')).toEqual(['Good', 'Bad', 'Same', 'Few']);
    expect(order('name')).toEqual(['Bad', 'Few', 'Good', 'Same']);
  });
});

test('time is told from when the member got it, late beyond what was agreed, and of what nobody has not at all', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const told = { assignedAt: '2026-11-19T05:00:00Z', answeredAt: null, agreedHours: 24, state: 'offered' } as const;
  expect(tellTime(told, now)).toEqual({ hours: 31, agreed: 24, isLate: true });
  expect(tellTime({ ...told, answeredAt: '2026-11-19T10:00:00Z', state: 'accepted' }, now)).toEqual({
    hours: 5,
    agreed: 24,
    isLate: false,
  });
  expect(tellTime({ ...told, assignedAt: null }, now)).toBeNull();
  expect(tellTime({ ...told, state: 'withdrawn' }, now)).toBeNull();
});

test('Today names what waits too long, what nobody takes and what came back, and nothing where there is none', () => {
  const figures: HandOverFigures = {
    by: 'campaign',
    asOf: '2026-11-20T12:00:00Z',
    hours: 24,
    open: { waiting: 4, overdue: 2, nobody: 1 },
    total,
    medianHours: 3,
    rows,
    reasons: [{ way: 'recycle', reason: 'bad_timing', count: 40 }],
    unoffered: { count: 0, most: 1000 },
  };
  expect(listHandOverTodos(figures, 7).map(({ kind, hash }) => [kind, hash])).toEqual([
    ['overdue', '#/hand-overs?view=overdue'],
    ['nobody', '#/hand-overs?view=nobody'],
    ['returned', '#/hand-overs?days=7&order=newest&view=returned'],
  ]);
  const none = { ...figures, open: { waiting: 1, overdue: 0, nobody: 0 }, total: { ...total, returned: 0 } };
  expect(listHandOverTodos(none, 7)).toEqual([]);
  expect(listHandOverTodos(null, 7)).toEqual([]);
});
