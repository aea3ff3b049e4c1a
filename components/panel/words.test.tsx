// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import { card, facts, now } from '../../test/fixtures/panel-states/data.ts';
import { provideShippedWords } from '../../test/fixtures/words.ts';
import { ScoreSection } from './ScoreSection.tsx';

beforeAll(provideShippedWords);
afterEach(() => render(null, document.body));

const at = new Date(now - 3 * 86_400_000).toISOString();
const signed = { version: 4, publishedAt: at, signedBy: ['Sam Weir', 'Maren Ostley'], text: null };
const agreed: WorkspaceFacts = {
  ...facts,
  definitions: [
    { term: 'mql', kind: 'stage', text: 'Asked for a call.', side: 'marketing', targetDays: 14 },
    { term: '1', kind: 'tier', text: 'The ten we want most.' },
  ],
  agreed: [
    { ...signed, kind: 'stages' },
    { ...signed, kind: 'tiers', version: 1, signedBy: [] },
    { ...signed, kind: 'qualified', version: 2, text: 'Has a need, and somebody who decides.' },
  ],
  qualified: { fit: 'B', engagement: 2, handRaise: ['asked'] },
};
const account = { ...card.account!, stage: 'MQL', tier: 1, segment: null };

async function draw(given: WorkspaceFacts): Promise<void> {
  await act(() => render(<ScoreSection card={{ ...card, account }} facts={given} now={now} />, document.body));
}
const button = (name: RegExp) =>
  [...document.querySelectorAll('button')].find((each) => name.test(each.textContent ?? ''));
async function focus(name: RegExp): Promise<string | undefined> {
  await act(() => void button(name)?.dispatchEvent(new FocusEvent('focus')));
  const tip = document.querySelector('[role=tooltip]');
  expect(button(name)?.getAttribute('aria-describedby')).toBe(tip?.id);
  return tip?.textContent ?? undefined;
}

test('a stage tells on focus what it means, who looks after it and for how long, and who signed that, when', async () => {
  await draw(agreed);
  const tip = await focus(/^MQL$/);
  expect(tip).toContain('Asked for a call.');
  expect(tip).toContain('Marketing is responsible · at most 14 days');
  expect(tip).toMatch(/Version 4, signed by Sam Weir and Maren Ostley, \d/);
});

test('the grade tells what both sides call a qualified lead, and which grades are', async () => {
  await draw(agreed);
  const tip = await focus(/^Grade/);
  expect(tip).toContain('Qualified lead Has a need, and somebody who decides.');
  expect(tip).toContain('fit B or better and engagement 2 or better');
  expect(tip).toContain('asked for contact');
  expect(tip).toContain('Version 2, signed by');
  await act(() => void button(/^Grade/)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })));
  expect(document.querySelector('[role=tooltip]')).toBeNull();
});

test('what nobody signed names no version and no signer', async () => {
  await draw(agreed);
  expect(await focus(/^Tier 1$/)).toBe('Tier 1 The ten we want most.');
});

test('a store that tells of no agreements leaves definitions as they are and the grade plain', async () => {
  await draw(facts);
  expect(button(/^Grade/)).toBeUndefined();
  expect(await focus(/^MQL$/)).toBe('MQL Fit of at least B and engagement of at least 2, agreed on 2 November.');
});

test('hostile words are drawn as text', async () => {
  const text = '<img src=x onerror=alert(1)> \u202Eevil https://larkspur.example/a javascript:alert(1)';
  const hostile = { ...agreed, definitions: [{ term: 'MQL', kind: 'stage', text, side: 'sales', targetDays: 1 }] };
  await draw(hostile as WorkspaceFacts);
  const tip = await focus(/^MQL$/);
  expect(tip).toContain('<img src=x onerror=alert(1)>');
  expect(tip).not.toContain('\u202E');
  expect(document.querySelectorAll('[role=tooltip] img')).toHaveLength(0);
  expect([...document.querySelectorAll<HTMLAnchorElement>('[role=tooltip] a')].map(({ href }) => href)).toEqual([
    'https://larkspur.example/a',
  ]);
  expect(tip).toContain('Sales is responsible · at most 1 day');
});
