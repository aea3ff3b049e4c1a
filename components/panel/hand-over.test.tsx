// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CardAnswer, CardHandOver } from '#contract/card.ts';
import { type Mutation, mutationSchema } from '#contract/mutation.ts';
import { answer, card, now, status } from '../../test/fixtures/panel-states/data.ts';
import { drawPanel, settlePanel } from '../../test/fixtures/panel-states/draw-panel.tsx';
import { cameBack, givenBack, offered, waiting } from '../../test/fixtures/panel-states/hand-overs.ts';
import { panelStates } from '../../test/fixtures/panel-states/states.ts';
import { createStillPorts } from '../../test/fixtures/panel-states/still-ports.ts';
import { provideShippedWords } from '../../test/fixtures/words.ts';
import { createPanelModel, type PanelModel } from '../../utils/view/panel/model.ts';

let told: CardAnswer;
let saved: Mutation[];
let fails: string | null;
let model: PanelModel;

beforeAll(provideShippedWords);
beforeEach(() => {
  saved = [];
  fails = null;
  const send = async (name: string, request: unknown) => {
    if (name === 'getCard') return told;
    if (name !== 'saveMutation') return null;
    if (fails !== null) return { ok: false, message: fails };
    saved.push(mutationSchema.parse(request));
    return { ok: true, value: { sequence: 1, savedAt: new Date(now).toISOString() } };
  };
  model = createPanelModel(createStillPorts(send));
});
afterEach(() => {
  model.stop();
  render(null, document.body);
});

const section = () => document.querySelector('[aria-label="Hand-over"]');
const words = () => section()?.textContent ?? '';
const button = (name: string, within: ParentNode | null = section()) =>
  [...(within?.querySelectorAll('button') ?? [])].find((each) => each.textContent?.trim() === name);
async function press(name: string): Promise<void> {
  await act(() => button(name)?.click());
  await settlePanel();
}

async function open(handOver: CardHandOver | null): Promise<void> {
  told = { ...answer, card: { ...card, handOver } };
  model.show(panelStates[0]?.sighting ?? null);
  await drawPanel(model);
}

describe('a lead that is offered', () => {
  test('stands above the score, says until when and why, and is taken with one click', async () => {
    await open(offered);
    expect(words()).toContain('Offered to you');
    expect(words()).toContain('Answer by tomorrow, ');
    expect(words()).toContain('Came to A2, which is qualified.');
    const sections = [...document.querySelectorAll('.body > section')].map((each) => each.getAttribute('aria-label'));
    expect(sections.indexOf('Hand-over')).toBe(sections.indexOf('Score') - 1);
    await press('Accept');
    expect(saved).toMatchObject([
      {
        kind: 'answerHandOver',
        body: {
          handOverId: offered.id,
          contactId: offered.contactId,
          answer: 'accepted',
          way: null,
          reason: null,
          line: null,
        },
      },
    ]);
  });

  test('is given back with a reason and a line, never without a reason, and Escape gives nothing back', async () => {
    await open(offered);
    await press('Return');
    expect(button('Return it')?.disabled).toBe(true);
    const radios = [...(section()?.querySelectorAll('[role=radio]') ?? [])];
    expect(radios).toHaveLength(10);
    expect(radios.filter((each) => each.getAttribute('tabindex') === '0')).toHaveLength(1);
    const field = section()?.querySelector('input');
    await act(() => void field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
    expect(button('Return it')).toBeUndefined();
    await press('Return');
    await press('No reply');
    await act(() => {
      const input = section()?.querySelector('input') as HTMLInputElement;
      input.value = '  Three mails, no word.  ';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await press('Return it');
    expect(saved).toMatchObject([
      { body: { answer: 'returned', way: 'recycle', reason: 'no_reply', line: 'Three mails, no word.' } },
    ]);
  });

  test('says that it is overdue, who offers it, and that it came back, when and why', async () => {
    await open(cameBack);
    expect(words()).toContain('Overdue since ');
    expect(words()).toContain('Maren Vogt offers this lead');
    expect(words()).toContain('“She asked at the fair what a pilot would cost.”');
    expect(words()).toMatch(/Came back\. Returned 11 Oct by Sam Weir: Nurture, because Bad timing\./);
    expect(words()).toContain('“New budget in autumn.”');
  });

  test('whose answer cannot be saved is still offered, and says why', async () => {
    await open(offered);
    fails = 'The disk is full.';
    await press('Accept');
    expect(section()?.querySelector('[role=alert]')?.textContent).toContain('The disk is full.');
    expect(button('Accept')).toBeDefined();
  });

  test('shows what people typed as text: no element comes of it, no sign turns the line around', async () => {
    const hostile = '<img src=x onerror=alert(1)> \u202egnp.exe';
    await open({
      ...cameBack,
      note: hostile,
      by: hostile,
      earlier: cameBack.earlier && { ...cameBack.earlier, line: hostile, by: hostile },
    });
    expect(section()?.querySelector('img')).toBeNull();
    expect(words()).toContain('<img src=x');
    expect(words()).not.toContain('\u202e');
  });
});

describe('a lead that was answered', () => {
  test('says what became of it, never a word before its fact, and can be taken back', async () => {
    await open(givenBack);
    expect(words()).toContain('Returned today: No lead, Already customer');
    expect(words()).toContain('Saved heresending');
    await open({ ...givenBack, delivery: 'sent' });
    await act(() => model.refresh());
    await press('Undo');
    expect(saved).toMatchObject([
      { kind: 'undoHandOverAnswer', body: { handOverId: givenBack.id, answerId: givenBack.answer?.answerId } },
    ]);
  });
});

test('with nobody in view, what waits for the member is listed, and each row opens that card', async () => {
  told = { ...answer, people: [], selected: null, card: null, status: { ...status, handOvers: waiting } };
  model.show(null);
  await drawPanel(model);
  const list = document.querySelector('[aria-label="Your hand-overs"]');
  expect(list?.textContent).toContain('Dana Ortiz');
  expect(list?.textContent).toContain('Overdue since');
  expect(list?.textContent).toContain('Priya Nair');
  expect(list?.querySelectorAll('li button')).toHaveLength(2);
});
