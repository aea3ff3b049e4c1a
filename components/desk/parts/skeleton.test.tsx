// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { Skeleton } from './Skeleton.tsx';

beforeAll(provideShippedWords);
afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
});

test('what is on its way has the shape of what comes, and after three seconds says what it waits for', async () => {
  vi.useFakeTimers();
  await act(() => render(<Skeleton rows={8} waitsFor="Insights" />, document.body));
  const said = () => document.querySelector('[role=status]')?.textContent;
  expect(document.querySelectorAll('.skeleton')).toHaveLength(8);
  expect(document.querySelector('[aria-busy=true]')).not.toBeNull();
  expect(said()).toBe('Loading');
  await act(() => void vi.advanceTimersByTime(2900));
  expect(said()).toBe('Loading');
  await act(() => void vi.advanceTimersByTime(200));
  expect(said()).toBe('Still waiting for: Insights');
});
