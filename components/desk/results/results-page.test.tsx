// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { OwnResults } from '#contract/own-results.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import type { StoreRequest } from '../../../utils/view/desk/store.ts';
import { DeskView } from '../DeskView.tsx';
import { firstPage } from '../pages.tsx';

beforeAll(provideShippedWords);

let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  document.body.replaceChildren();
});

const hostile = '<img src=x onerror=alert(1)> **bold** \u202egnp.exe';
const at = '2026-11-16T08:00:00.000Z';
const id = () => crypto.randomUUID() as never;
const nothing: OwnResults = {
  asOf: at,
  talkingPoints: [],
  insights: { count: 0, answered: 0, rows: [] },
  verdicts: { weak: 0, strong: 0, used: 0, rows: [] },
  receipts: [],
};
const point = (more: object) => ({
  ...{ id: id(), title: 'Point', text: '', isLive: true, pushedAt: at, accounts: 30, landed: 0, fellFlat: 0 },
  ...{ ownUsed: 1, ownLanded: 1, ownFellFlat: 0 },
  ...more,
});

async function open(hash: string, results: OwnResults) {
  const asked: StoreRequest[] = [];
  let address = hash;
  const tools = {
    async callStore(request: StoreRequest) {
      asked.push(request);
      return { status: 200, body: results };
    },
    getSession: async () => ({
      storeUrl: 'https://store.example',
      session: {
        workspace: { id: 'w', name: 'Kestrel Works' },
        member: { id: 'm', name: 'Maren Vogt', address: 'maren@kestrel.example', role: 'rep' },
        device: { id: 'd', name: 'Chrome on Linux' },
      },
    }),
    openOptions: () => undefined,
    bar: {
      read: () => address,
      write: (next: string) => {
        address = next;
      },
      onChange: () => undefined,
    },
    shelf: { read: () => null, write: () => undefined },
  } as unknown as DeskTools;
  const desk = createDesk(tools, firstPage);
  const root = document.createElement('div');
  document.body.append(root);
  unmount = () => render(null, root);
  await act(async () => {
    render(<DeskView desk={desk} />, root);
    await desk.connect();
  });
  await act(() => new Promise<void>((done) => setTimeout(done, 200)));
  return { root, asked, text: () => root.textContent ?? '' };
}

test('a rep who opens the Desk comes to their results, which are all that is asked, and says what helps where there are none', async () => {
  const { text, asked, root } = await open('', nothing);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/own-results']);
  expect(root.querySelector('h1')?.textContent).toBe('Your results');
  expect(text()).toContain('One click in the panel says weak or strong.');
  expect(root.querySelectorAll('main button, main input, main textarea')).toHaveLength(0);
});

test('a rate is told from 20 words on, and every one with what it counts', async () => {
  const talkingPoints = [point({ landed: 18, fellFlat: 6 }), point({ landed: 3, fellFlat: 2 }), point({})];
  const { root } = await open('#/results', { ...nothing, talkingPoints });
  const rows = [...root.querySelectorAll('tbody tr')].map((each) => each.textContent ?? '');
  expect(rows[0]).toMatch(/75\s%.*18 of 24 landed/);
  expect(rows[1]).toContain('3 of 5 landed');
  expect(rows[1]).not.toContain('%');
  expect(rows[2]).toContain('no word yet');
});

test('leads that were handed to the reader stand with until when, why and what was answered; there is nothing to press', async () => {
  const lead = (more: object) => ({
    ...{ id: id(), contactId: id(), accountId: null, name: 'Dana Ortiz', account: 'Brightforge', grade: 'A2' },
    ...{ cause: 'grade' as const, by: null, note: null, state: 'offered' as const, offeredAt: at, dueAt: at },
    ...{ answer: null, earlier: null },
    ...more,
  });
  const answer = { answerId: id(), at, way: 'recycle' as const, reason: 'bad_timing' as const, line: null };
  const handOvers = [
    lead({ note: hostile, name: hostile }),
    lead({ dueAt: new Date(Date.now() + 86_400_000).toISOString(), by: 'Ines Okafor' }),
    lead({ state: 'returned', answer }),
    lead({ state: 'accepted', answer: { ...answer, way: null, reason: null } }),
  ] as OwnResults['handOvers'];
  const { root, text } = await open('#/results', { ...nothing, handOvers });
  const states = [...root.querySelectorAll('tbody tr td:nth-child(4)')].map((each) => each.textContent ?? '');
  expect(states[0]).toContain('Overdue since');
  expect(states[1]).toContain('tomorrow');
  expect(states.slice(2)).toEqual(['Nurture: Bad timing', 'Accepted']);
  expect(text()).toContain('2 wait for your answer');
  expect(root.querySelectorAll('main button, main input, main textarea, main img')).toHaveLength(0);
});

test('an older store tells of no hand-overs, and the page says nothing of them', async () => {
  const { text } = await open('#/results', nothing);
  expect(text()).not.toContain('Leads handed to you');
});

test('draws markup, Markdown and bidirectional text of every field as plain text', async () => {
  const line = { criterion: 'x', label: hostile, before: 1, after: 2, value: 'weak', reason: null, count: 2 } as const;
  const { root, text } = await open('#/results', {
    ...nothing,
    talkingPoints: [point({ title: hostile, text: hostile })],
    insights: {
      count: 1,
      answered: 1,
      rows: [
        {
          ...{ id: id(), text: hostile, quote: hostile, kind: 'customer', at, account: hostile },
          answer: { kind: 'used', text: hostile, by: hostile, at },
        },
      ],
    },
    verdicts: {
      ...{ weak: 1, strong: 0, used: 1 },
      rows: [
        { id: id(), contact: hostile, account: hostile, value: 'weak', reason: null, at, usedIn: [7], isSettled: true },
      ],
    },
    receipts: [{ version: 7, at, why: hostile, lines: [line] }],
  });
  expect(text()).toContain('part of v7, looked into by marketing');
  expect(text()).toContain('<img src=x');
  expect(root.querySelectorAll('main img, main script, main strong').length).toBe(0);
  expect(/[\u202a-\u202e\u2066-\u2069]/.test(root.querySelector('main')?.textContent ?? '')).toBe(false);
});
