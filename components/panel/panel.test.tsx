// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CardAnswer } from '#contract/card.ts';
import type { Mutation } from '#contract/mutation.ts';
import { now } from '../../test/fixtures/panel-states/data.ts';
import { drawPanel, settlePanel } from '../../test/fixtures/panel-states/draw-panel.tsx';
import { type PanelState, panelStates } from '../../test/fixtures/panel-states/states.ts';
import { createStillPorts } from '../../test/fixtures/panel-states/still-ports.ts';
import { provideShippedWords } from '../../test/fixtures/words.ts';
import { createPanelModel, type PanelModel } from '../../utils/view/panel/model.ts';

let answer: CardAnswer | null;
let saved: Mutation[];
let asked: (number | null)[];
let model: PanelModel;

beforeAll(provideShippedWords);

beforeEach(() => {
  saved = [];
  asked = [];
  const send = async (name: string, request: unknown) => {
    if (name === 'saveMutation') {
      saved.push(request as Mutation);
      return { ok: true, value: { sequence: 1, savedAt: new Date(now).toISOString() } };
    }
    if (name !== 'getCard') return name === 'searchReplica' ? [] : null;
    const { person } = request as { person: number | null };
    asked.push(person);
    return answer && person !== null ? { ...answer, selected: person } : answer;
  };
  model = createPanelModel(createStillPorts(send));
});

afterEach(() => {
  model.stop();
  render(null, document.body);
});

/** Draws a state of the panel by its name, its card changed. */
async function open(name: string, change: Partial<NonNullable<CardAnswer['card']>> = {}): Promise<string> {
  const state = panelStates.find((each) => each.name === name) as PanelState;
  answer = state.answer && { ...state.answer, card: state.answer.card && { ...state.answer.card, ...change } };
  model.show(state.sighting);
  await drawPanel(model);
  return document.body.textContent ?? '';
}
const tabs = () => [...document.querySelectorAll<HTMLElement>('[role=tab]')];
const button = (words: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent?.includes(words));
async function press(words: string): Promise<void> {
  await act(() => button(words)?.click());
  await settlePanel();
}
async function key(target: Element | null, name: string, change: KeyboardEventInit = { altKey: true }): Promise<Event> {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...change });
  await act(() => void target?.dispatchEvent(event));
  await settlePanel();
  return event;
}

describe('colleagues and shared mailboxes', () => {
  test('are one row, which opens in place and takes the focus along', async () => {
    const text = await open('colleagues folded');
    expect(text).toContain('3 more: colleagues and shared mailboxes');
    expect(tabs()).toHaveLength(2);
    await press('3 more');
    expect(tabs()).toHaveLength(5);
    expect(document.activeElement).toBe(tabs()[2]);
    expect(button('3 more')).toBeUndefined();
  });

  test('alone are nobody to sell to: no card, no switcher', async () => {
    const text = await open('only colleagues');
    expect(text).toContain('Only colleagues in this thread');
    expect(tabs()).toEqual([]);
  });
});

describe('one key', () => {
  test('shows the next person from anywhere in the panel, and keeps the focus where something is left to have it', async () => {
    await open('colleagues folded');
    const why = button('Why A2') ?? null;
    why?.focus();
    expect((await key(why, 'ArrowDown')).defaultPrevented).toBe(true);
    expect(asked).toEqual([null, 1]);
    expect(document.activeElement).toBe(tabs()[1]);
    const weak = button('Weak');
    weak?.focus();
    await key(weak ?? null, 'ArrowUp');
    expect(asked.at(-1)).toBe(0);
    expect(document.activeElement).toBe(weak);
  });

  test.each([
    ['without Alt', {}],
    ['with Ctrl beside it', { altKey: true, ctrlKey: true }],
  ])('does nothing %s', async (_, change) => {
    await open('colleagues folded');
    expect((await key(document.querySelector('.panel'), 'ArrowDown', change)).defaultPrevented).toBe(false);
    expect(asked).toEqual([null]);
  });

  test('leaves the arrows to a text that is being written', async () => {
    await open('colleagues folded');
    await press('What did the customer say?');
    const text = document.querySelector('textarea');
    expect(text).not.toBeNull();
    expect((await key(text, 'ArrowDown')).defaultPrevented).toBe(false);
  });
});

describe('who somebody could be', () => {
  test('is offered with a reason each, and chosen by a person alone', async () => {
    const text = await open('suggested people');
    expect(text).toContain('Could be …');
    expect(text).toContain('Same name, Brightforge');
    expect(saved).toEqual([]);
    await press('Same name, Brightforge');
    expect(saved).toMatchObject([{ kind: 'linkIdentifier', body: { clue: { kind: 'linkedin', value: 'd-ortiz-9' } } }]);
  });

  test('of several matches each has a reason', async () => {
    const text = await open('several matches');
    expect(text).toContain('Salesforce record');
    expect(text).toContain('linkedin.com/in/dana-ortiz-41b');
  });
});

describe('a choice', () => {
  test('says who made it and when, and anybody can undo it', async () => {
    const text = await open('chosen by a colleague');
    expect(text).toContain('Chosen by Lena Hart on 12 Nov');
    await press('Undo the choice');
    expect(saved).toMatchObject([{ kind: 'unlinkIdentifier' }]);
  });

  test('of today says so', async () => {
    const choice = { by: 'Sam Weir', at: new Date(now).toISOString(), isOwn: true };
    expect(await open('chosen by a colleague', { choice })).toContain('Chosen by you today');
  });
});

describe('what marketing answered', () => {
  const told = (answer: object) => ({
    id: crypto.randomUUID() as never,
    contactId: null,
    contact: null,
    delivery: 'sent' as const,
    ...{ text: 'Line 3 stops.', quote: null, kind: 'customer', method: 'interview', by: 'Sam Weir' },
    at: new Date(now).toISOString(),
    answer: {
      kind: 'used',
      text: 'the spring battlecard',
      by: 'Ines Okafor',
      at: new Date(now).toISOString(),
      ...answer,
    } as never,
  });

  test('stands under the insight it answers, in the words of its kind, also of a newer store', async () => {
    const insights = [told({ kind: 'rewarded' }), told({ kind: 'thanks', text: 'it changed the page.' })];
    const text = await open('full card', { insights });
    expect(text).toContain('Ines Okafor answered: the spring battlecard');
    expect(text).toContain('Ines Okafor says thank you, because it changed the page.');
  });

  test('is text, whatever it says', async () => {
    const text = '<img src=x onerror=alert(1)> \u202egro.live [a](javascript:alert(1))';
    expect(await open('full card', { insights: [told({ text, by: '<b>I</b>' })] })).toContain(
      '<b>I</b> used it: <img src=x onerror=alert(1)> gro.live [a](javascript:alert(1))',
    );
    expect(document.querySelector('.answer *')).toBeNull();
  });
});
