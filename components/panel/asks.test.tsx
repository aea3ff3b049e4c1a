// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CardAnswer, ShownAsk } from '#contract/card.ts';
import type { AskId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { now, answer as sample, sightingOf } from '../../test/fixtures/panel-states/data.ts';
import { drawPanel, settlePanel } from '../../test/fixtures/panel-states/draw-panel.tsx';
import { createStillPorts } from '../../test/fixtures/panel-states/still-ports.ts';
import { provideShippedWords } from '../../test/fixtures/words.ts';
import { createPanelModel, type PanelModel } from '../../utils/view/panel/model.ts';

const hostile = '<img src=x onerror=alert(1)> **bold** \u202egnp.exe javascript:alert(1) http://plain.example';
let answer: CardAnswer;
let saved: Mutation[];
let model: PanelModel;
let diskIsFull: boolean;

beforeAll(provideShippedWords);
beforeEach(() => {
  saved = [];
  diskIsFull = false;
  const send = async (name: string, request: unknown) => {
    if (name === 'getCard') return answer;
    if (name !== 'saveMutation') return null;
    if (diskIsFull) return { ok: false, message: 'The disk is full.' };
    saved.push(request as Mutation);
    return { ok: true, value: { sequence: saved.length, savedAt: new Date(now).toISOString() } };
  };
  model = createPanelModel(createStillPorts(send));
});
afterEach(() => {
  model.stop();
  render(null, document.body);
});

const text = () => document.body.textContent ?? '';
const button = (words: string) =>
  [...document.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === words,
  );
async function press(words: string): Promise<void> {
  await act(() => button(words)?.click());
  await settlePanel();
}
async function fill(selector: string, words: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`No field ${selector}.`);
  field.value = words;
  await act(async () => void field.dispatchEvent(new Event('input', { bubbles: true })));
}
const ask = (more: Partial<ShownAsk> = {}): ShownAsk => ({
  ...{ id: crypto.randomUUID() as AskId, for: 'marketing', isOwn: true, kind: 'material', text: 'A price sheet.' },
  ...{ by: 'Maren Vogt', at: new Date(now - 3_600_000).toISOString(), accountId: sample.card?.account?.id ?? null },
  ...{ account: 'Brightforge', contactId: null, contact: null, verdict: null, answer: null, isRead: false },
  ...{ closedAt: null, delivery: 'sent' },
  ...more,
});
const answered = (words = 'Here it is.', link: string | null = null) => ({
  answer: { text: words, link, by: 'Ines Okafor', at: new Date(now - 60_000).toISOString() },
});
async function open(asks: ShownAsk[], isAnybodyThere = true): Promise<void> {
  answer = { ...sample, status: { ...sample.status, asks } };
  if (!isAnybodyThere) answer = { ...answer, people: [], selected: null, card: null };
  model.show(isAnybodyThere ? sightingOf('dana.ortiz@brightforge.example') : null);
  await drawPanel(model);
}

describe('asking marketing', () => {
  test('is one line and a kind about who is in view; saved here, and taken back', async () => {
    await open([]);
    await press('Ask marketing');
    expect(button('Ask')?.disabled).toBe(true);
    await fill('.composer textarea', ' A price sheet for their board. ');
    await press('Ask');
    const [{ kind, body }] = saved as [Mutation & { kind: 'recordAsk' }];
    expect({ kind, body }).toMatchObject({
      kind: 'recordAsk',
      body: {
        text: 'A price sheet for their board.',
        kind: 'material',
        accountId: sample.card?.account?.id,
        contactId: sample.card?.contact?.id,
      },
    });
    expect(text()).toContain('Saved here');
    await press('Undo');
    expect(saved.at(-1)).toEqual({ kind: 'withdrawAsk', body: { askId: body.askId } });
    expect(text()).toContain('Taken back');
  });

  test('that could not be saved says so and keeps what was written', async () => {
    await open([]);
    await press('Ask marketing');
    await fill('.composer textarea', 'A price sheet.');
    diskIsFull = true;
    await press('Ask');
    expect(text()).toContain('The disk is full.');
    expect(document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value).toBe('A price sheet.');
    expect(text()).not.toContain('Saved here');
  });

  test('is “sent” only once the store has it', async () => {
    await open([]);
    await press('Ask marketing');
    await fill('.composer textarea', 'A price sheet.');
    await press('Ask');
    const { askId: id } = (saved as [Mutation & { kind: 'recordAsk' }])[0].body;
    const told = async (delivery: ShownAsk['delivery']) => {
      answer = { ...answer, status: { ...answer.status, asks: [ask({ id, delivery })] } };
      await act(() => model.cards.ask());
      await settlePanel();
    };
    await told('sending');
    expect(text()).not.toContain('Sent to marketing');
    await told('sent');
    expect(text()).toContain('Sent to marketing');
    expect(button('Undo')).toBeDefined();
    answer = { ...answer, status: { ...answer.status, asks: [ask({ id, ...answered() })] } };
    await act(() => model.cards.ask());
    await settlePanel();
    expect(button('Undo')).toBeUndefined();
  });
});

describe('an answer', () => {
  test('stands on its account with who gave it, until it is read', async () => {
    const own = ask(answered('Here it is.', 'https://brightforge.example/prices'));
    await open([own]);
    expect(text()).toContain('Answered by Ines Okafor');
    expect(document.querySelector<HTMLAnchorElement>('.answer a')?.href).toBe('https://brightforge.example/prices');
    await press('Read');
    expect(saved).toEqual([{ kind: 'readAsk', body: { askId: own.id } }]);
  });

  test('of another account is told where nobody is in view, and not on this card', async () => {
    const elsewhere = ask({ ...answered(), accountId: crypto.randomUUID() as never, account: 'Iverna Pharma' });
    await open([elsewhere, ask({ ...answered(), isRead: true, account: 'Read already' })], false);
    expect(text()).toMatch(/Answered by Ines Okafor Iverna Pharma/);
    expect(text()).not.toContain('Read already');
    await open([elsewhere]);
    expect(text()).not.toContain('Iverna Pharma');
  });

  test('and question are text and nothing else, whatever is in them', async () => {
    const sales = { for: 'sales', isOwn: false, by: hostile } as const;
    const own = ask({ ...answered(hostile, 'javascript:alert(1)'), text: hostile });
    await open([own, ask({ ...sales, text: hostile, verdict: { value: 'weak', reason: null }, contact: hostile })]);
    expect(text()).toContain('<img src=x');
    expect(document.querySelectorAll('.body img, .body script, .body strong, .quote a')).toHaveLength(0);
    expect(/[\u202a-\u202e\u2066-\u2069]/.test(text())).toBe(false);
  });
});

describe('what marketing asks', () => {
  test('is answered in one line where it is about', async () => {
    const asked = ask({ for: 'sales', isOwn: false, by: 'Ines Okafor', text: 'Who else was there?' });
    await open([asked]);
    expect(text()).toContain('Ines Okafor asks');
    await fill('.answer-line input', 'Their trainer.');
    await press('Answer');
    expect(saved).toEqual([{ kind: 'answerAsk', body: { askId: asked.id, text: 'Their trainer.' } }]);
  });

  test('needs no answer once a colleague has given it, or it was put aside', async () => {
    const sales = { for: 'sales', isOwn: false, by: 'Ines Okafor' } as const;
    await open([ask({ ...sales, ...answered() }), ask({ ...sales, closedAt: new Date(now).toISOString() })]);
    expect(document.querySelector('.answer-line')).toBeNull();
    expect(button('Read')).toBeUndefined();
    expect(text()).toContain('Marketing has put this aside.');
  });
});
