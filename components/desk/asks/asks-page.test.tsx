// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AskList, AskRow } from '#contract/ask.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import type { StoreRequest } from '../../../utils/view/desk/store.ts';
import { DeskView } from '../DeskView.tsx';
import { firstPage } from '../pages.tsx';

beforeAll(provideShippedWords);

const settle = () => new Promise<void>((done) => setTimeout(done, 250));
let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  document.body.replaceChildren();
});

const hostile = '<img src=x onerror=alert(1)> **bold** \u202egnp.exe javascript:alert(1)';
const row = (text: string, more: Partial<AskRow> = {}): AskRow => ({
  ...{ id: crypto.randomUUID() as AskRow['id'], for: 'marketing', kind: 'material', text, by: 'Samir Hale', to: [] },
  ...{ at: '2026-11-16T08:00:00.000Z', accountId: null, account: 'Iverna Pharma', contactId: null, contact: null },
  ...{ verdict: null, state: 'open', answer: null, isRead: false, closedBy: null, closedAt: null },
  ...more,
});
const listOf = (...rows: AskRow[]): AskList => ({
  rows,
  matching: rows.length,
  states: { open: rows.length, answered: 0, closed: 0 },
  waiting: rows.filter((each) => each.for === 'marketing' && each.state === 'open').length,
});

/** Opens the Desk with these asks. What is asked of the store that changes something stands in `done`. */
async function open(hash: string, list: AskList) {
  const shelf = new Map<string, string>();
  let address = hash;
  const asked: StoreRequest[] = [];
  const tools = {
    async callStore(request: StoreRequest) {
      asked.push(request);
      const [path = ''] = request.path.split('?');
      const known: Record<string, unknown> = {
        '/v1/desk/asks': list,
        '/v1/desk/asks/waiting': { asks: list.waiting, since: null },
        '/v1/imports': [],
        '/v1/desk/talking-points': [],
        '/v1/desk/verdicts': [],
        '/v1/desk/insights': { rows: [], matching: 0, all: 0, reps: 0, accounts: 0, kinds: [], methods: [] },
        '/v1/desk/lead-quality': {
          ...{ by: 'campaign', asOf: '2026-11-17T08:00:00.000Z', rows: [], weeks: [], grades: [] },
          total: { key: null, label: null, weak: 0, strong: 0, reasons: [] },
        },
      };
      return request.method === 'GET' ? { status: 200, body: known[path] } : { status: 204, body: null };
    },
    getSession: async () => ({
      storeUrl: 'https://store.example',
      session: {
        workspace: { id: 'w', name: 'Kestrel Works' },
        member: { id: 'm', name: 'Ines Okafor', address: 'ines@kestrel.example', role: 'marketer' },
        device: { id: 'd', name: 'Chrome on Linux' },
      },
    }),
    openOptions: () => undefined,
    copy: async () => undefined,
    bar: {
      read: () => address,
      write: (next: string) => {
        address = next;
      },
      onChange: () => undefined,
    },
    shelf: {
      read: (key: string) => shelf.get(key) ?? null,
      write: (key: string, value: string | null) => void (value ? shelf.set(key, value) : shelf.delete(key)),
    },
  } as unknown as DeskTools;
  const desk = createDesk(tools, firstPage);
  const root = document.createElement('div');
  document.body.append(root);
  unmount = () => render(null, root);
  await act(async () => {
    render(<DeskView desk={desk} />, root);
    await desk.connect();
  });
  await act(settle);
  const press = async (key: string) => {
    await act(
      async () =>
        void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
    );
    await act(settle);
  };
  const fill = (selector: string, value: string) =>
    act(async () => {
      const field = root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
      if (field) field.value = value;
      field?.dispatchEvent(new Event('input', { bubbles: true }));
    });
  const click = async (words: string) => {
    await act(async () =>
      [...root.querySelectorAll('button')].find((each) => each.textContent?.trim() === words)?.click(),
    );
    await act(settle);
  };
  const done = () =>
    asked.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => ({ method, path, body }));
  return { root, desk, asked, press, fill, click, done, text: () => root.textContent ?? '', place: () => address };
}

describe('asks', () => {
  const [first, second] = [row('A price sheet for their board.'), row('Somebody for the call.')];

  test('are moved through, answered and put aside by keys', async () => {
    const { press, fill, done, root, place } = await open('#/asks', listOf(first, second));
    await press('j');
    expect(place()).toContain(first.id);
    await press('r');
    await fill('form textarea', 'Here it is.');
    await fill('form input[type=url]', 'kestrel.example');
    expect(root.querySelector<HTMLButtonElement>('form button[type=submit]')?.disabled).toBe(true);
    await fill('form input[type=url]', 'https://kestrel.example/prices');
    await act(async () => root.querySelector('form')?.requestSubmit());
    await act(settle);
    expect(done()).toEqual([
      {
        method: 'PUT',
        path: `/v1/desk/asks/${first.id}/answer`,
        body: { text: 'Here it is.', link: 'https://kestrel.example/prices' },
      },
    ]);
    expect(root.querySelector('form')).toBeNull();
    await press('e');
    expect(done().at(-1)).toMatchObject({ method: 'PUT', path: `/v1/desk/asks/${first.id}/closed` });
    expect(place()).toContain(second.id);
  });

  test('put off until tomorrow leave the list on this browser, and come back when asked for', async () => {
    const { press, click, text, done } = await open(`#/asks?ask=${first.id}`, listOf(first, second));
    await press('z');
    expect(text()).not.toContain('A price sheet for their board.');
    expect(text()).toContain('Somebody for the call.');
    expect(done()).toEqual([]);
    await click('Show all');
    expect(text()).toContain('A price sheet for their board.');
  });

  test('that sales is to answer have no answer here, and hide who gave a verdict', async () => {
    const verdict = { id: crypto.randomUUID() as never, value: 'weak', reason: 'wrong_person' } as const;
    const asked = row('Who else was there?', { for: 'sales', by: 'Ines Okafor', verdict });
    const { press, root, text } = await open(`#/asks?ask=${asked.id}`, listOf(asked));
    expect(text()).toContain('Ines Okafor asked who gave the verdict');
    await press('r');
    expect(root.querySelector('form')).toBeNull();
  });

  test('are filtered by the address, which names what the store is asked', async () => {
    const { asked, click, place } = await open('#/asks?state=answered&for=sales', listOf());
    expect(asked.map(({ path }) => path)).toContain('/v1/desk/asks?state=answered&for=sales');
    await click('All');
    expect(place()).toContain('state=all');
    expect(asked.at(-1)?.path).toBe('/v1/desk/asks?for=sales');
  });

  test('stand in the order of the address, which the store is asked for; the usual one is named nowhere', async () => {
    const list = { ...listOf(first, second), order: 'oldest' as const };
    const { asked, place, root } = await open('#/asks?order=account', list);
    const select = root.querySelector<HTMLSelectElement>('select[aria-label="Order"]');
    const choose = async (value: string) => {
      await act(async () => {
        if (select) select.value = value;
        select?.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await act(settle);
    };
    expect(asked.map(({ path }) => path)).toContain('/v1/desk/asks?state=open&order=account');
    expect(select?.value).toBe('account');
    await choose('newest');
    expect(place()).toBe('#/asks?order=newest');
    expect(asked.at(-1)?.path).toBe('/v1/desk/asks?state=open&order=newest');
    await choose('oldest');
    expect(place()).toBe('#/asks');
    expect(asked.at(-1)?.path).toBe('/v1/desk/asks?state=open');
  });

  test('offer no other order where an older store knows the usual one alone', async () => {
    const { root } = await open('#/asks', listOf(first, second));
    expect(root.querySelectorAll('.stream > .insight')).toHaveLength(2);
    expect(root.querySelector('select[aria-label="Order"]')).toBeNull();
  });

  test('draw markup, Markdown and bidirectional text of every field as plain text', async () => {
    const answer = { text: hostile, link: 'javascript:alert(1)', by: hostile, at: '2026-11-17T08:00:00.000Z' };
    const nasty = row(hostile, { by: hostile, account: hostile, contact: hostile, state: 'answered', answer });
    const { root, text } = await open('#/asks', listOf(nasty, row(hostile, { state: 'closed', closedBy: hostile })));
    expect(text()).toContain('<img src=x');
    expect(root.querySelectorAll('main img, main script, main strong').length).toBe(0);
    expect([...root.querySelectorAll('a')].filter((each) => /^javascript:/i.test(each.href))).toEqual([]);
    expect(/[\u202a-\u202e\u2066-\u2069]/.test(root.querySelector('main')?.textContent ?? '')).toBe(false);
  });

  test('that wait are counted in the navigation and listed on the first page', async () => {
    const { root, desk } = await open('#/asks', listOf(first, second));
    const entry = [...root.querySelectorAll('nav a')].find((each) => each.textContent?.startsWith('Asks'));
    expect(entry?.textContent).toBe('Asks2 wait for an answer');
    await act(async () => desk.address.go('today'));
    await act(settle);
    expect(root.querySelector('.todo')?.textContent).toContain('A price sheet for their board.');
  });
});

test('a letter is the page’s own unless G was pressed before it', async () => {
  const { press, place } = await open('#/asks', listOf(row('One.')));
  await press('g');
  await press('e');
  expect(place()).toBe('#/people');
  await press('g');
  await press('a');
  await press('j');
  await press('e');
  expect(place()).toContain('#/asks');
});
