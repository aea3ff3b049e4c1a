import { expect, test } from 'vitest';
import type { AskRow } from '#contract/ask.ts';
import type { InsightRow, VerdictRow } from '#contract/desk.ts';
import { listSaid, pickShown } from './said-since.ts';
import { noteVisit } from './visits.ts';

const verdict = (id: string, value: 'weak' | 'strong', at: string) => ({ id, value, at }) as unknown as VerdictRow;
const insight = (id: string, at: string) => ({ id, at }) as unknown as InsightRow;

const verdicts = [
  verdict('v2', 'weak', '2026-11-17T08:12:00.000Z'),
  verdict('v1', 'strong', '2026-11-16T08:40:00.000Z'),
  verdict('v0', 'weak', '2026-11-15T10:00:00.000Z'),
];
const insights = [insight('i1', '2026-11-16T16:05:00.000Z'), insight('i0', '2026-11-14T09:00:00.000Z')];
const asks = [
  { id: 'a1', state: 'answered', at: '2026-11-16T18:00:00.000Z' },
  { id: 'a0', state: 'open', at: '2026-11-16T08:00:00.000Z' },
] as unknown as AskRow[];
const idsOf = (lastVisit: string | null, isNew: boolean) =>
  listSaid(verdicts, insights, asks, lastVisit)
    .lines.filter((line) => line.isNew === isNew)
    .map(({ row }) => row.id);

test('what came after the last visit is new, and counted by what it says; what came with it or before is not', () => {
  expect(listSaid(verdicts, insights, asks, '2026-11-16T08:40:00.000Z')).toMatchObject({
    ...{ weak: 1, strong: 0, insights: 1, asks: 1 },
  });
  expect(idsOf('2026-11-16T08:40:00.000Z', true)).toEqual(['v2', 'a1', 'i1']);
  expect(idsOf('2026-11-16T08:40:00.000Z', false)).toEqual(['v1', 'a0', 'v0', 'i0']);
});

test('at the first visit nothing is called new', () => {
  expect(listSaid(verdicts, insights, asks, null)).toMatchObject({ weak: 0, strong: 0, insights: 0, asks: 0 });
  expect(idsOf(null, true)).toEqual([]);
});

test('each line leads to where it is looked into or answered', () => {
  expect(listSaid(verdicts.slice(0, 1), insights.slice(0, 1), asks, null).lines.map(({ hash }) => hash)).toEqual([
    '#/lead-quality?value=all&verdict=v2',
    '#/asks?ask=a1&state=answered',
    '#/insights?insight=i1',
    '#/asks?ask=a0',
  ]);
});

test('the first page shows eight: new ones alone where there are more', () => {
  const many = Array.from({ length: 12 }, (_, n) => verdict(`n${n}`, 'weak', `2026-11-17T09:${10 + n}:00.000Z`));
  const idsShown = (lastVisit: string | null) =>
    pickShown(listSaid([...many, ...verdicts], insights, asks, lastVisit).lines).map(({ row }) => row.id);
  expect(idsShown('2026-11-17T09:00:00.000Z')).toEqual([11, 10, 9, 8, 7, 6, 5, 4].map((n) => `n${n}`));
  expect(idsShown('2026-11-17T09:19:30.000Z')).toHaveLength(8);
});

test('among many verdicts half of what is shown says something in words, and all stand newest first', () => {
  const many = Array.from({ length: 12 }, (_, n) => verdict(`n${n}`, 'weak', `2026-11-17T09:${10 + n}:00.000Z`));
  const shown = pickShown(listSaid(many, insights, asks, null).lines);
  expect(shown.map(({ row }) => row.id)).toEqual(['n11', 'n10', 'n9', 'n8', 'a1', 'i1', 'a0', 'i0']);
});

test('coming back within half an hour is the same visit', () => {
  const held = new Map<string, string>();
  const shelf = {
    read: (key: string) => held.get(key) ?? null,
    write: (key: string, value: string | null) => void (value === null ? held.delete(key) : held.set(key, value)),
  };
  const at = (time: string) => Date.parse(`2026-11-17T${time}:00.000Z`);
  expect(noteVisit(shelf, at('08:00'))).toBeNull();
  expect(noteVisit(shelf, at('08:20'))).toBeNull();
  expect(noteVisit(shelf, at('12:00'))).toBe('2026-11-17T08:20:00.000Z');
  expect(noteVisit(shelf, at('12:20'))).toBe('2026-11-17T08:20:00.000Z');
});
