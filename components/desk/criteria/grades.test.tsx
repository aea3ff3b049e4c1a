// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Band } from '#contract/band.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { createCriteria } from '../../../utils/view/desk/criteria.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import { Grades } from './Grades.tsx';

beforeAll(provideShippedWords);
beforeEach(() => void vi.useFakeTimers());
const root = document.createElement('div');
afterEach(() => {
  render(null, root);
  vi.useRealTimers();
});

const asOf = '2026-11-17T08:52:00.000Z';
const grades = [
  { grade: 'A1', contacts: 1200 },
  { grade: 'C3', contacts: 300 },
] as Band['grades'];
const band = (version: number, rescored: number | null): Band => ({
  ...{ asOf, scorecardVersion: version, rescored, grades, contacts: [], next: null },
});

/** The box over a store that gives these answers, the last one for good. */
async function show(answers: readonly Band[], version: number) {
  let asked = 0;
  const callStore = async () => ({ status: 200, body: answers[Math.min(asked++, answers.length - 1)] });
  const bar = { read: () => '#/criteria', write: () => undefined, onChange: () => undefined };
  const desk = createDesk({ callStore, bar } as unknown as DeskTools, 'criteria');
  const model = createCriteria(desk);
  const draw = (of: number) => act(() => render(<Grades model={model} version={of} />, root));
  const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
  await draw(version);
  await pass(100);
  return { draw, pass, desk, asked: () => asked, text: () => root.textContent ?? '' };
}

test('every grade stands with how many have it, and nobody is counted again while nothing is under way', async () => {
  const { pass, desk, asked, text } = await show([band(2, null)], 2);
  expect(text()).toContain('1,500 contacts, v2');
  const cells = [...root.querySelectorAll('tbody td')].map((each) => each.textContent);
  expect(cells).toHaveLength(16);
  expect([cells[0], cells[1], cells[10]]).toEqual(['1,200', '0', '300']);
  expect(root.querySelector('progress')).toBeNull();
  await pass(120_000);
  desk.refresh();
  await pass(1000);
  expect(asked()).toBe(1);
});

test('how far scoring everybody has come is shown until it is done', async () => {
  const { pass, asked, text } = await show([band(2, 300), band(2, 900), band(2, null)], 2);
  expect(text()).toContain('300 of 1,500 are scored by v2');
  expect(root.querySelector('progress')?.value).toBe(300);
  await pass(10_000);
  expect(text()).toContain('900 of 1,500');
  await pass(10_000);
  expect(root.querySelector('progress')).toBeNull();
  await pass(60_000);
  expect(asked()).toBe(3);
});

test('a card that was just published is counted anew, and asked for until the store has begun', async () => {
  const { draw, pass, text } = await show([band(2, null), band(2, null), band(3, 100), band(3, null)], 2);
  await draw(3);
  await pass(100);
  expect(text()).toContain('v2');
  await pass(10_000);
  expect(text()).toContain('100 of 1,500 are scored by v3');
  await pass(10_000);
  expect(text()).toContain('1,500 contacts, v3');
});
