// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Agreement, CardBody } from '#contract/agreement.ts';
import type { HindsightAnswer, Hindsight as Told } from '#contract/hindsight.ts';
import { publishedCard } from '../../../test/fixtures/scoring/cases.ts';
import { ground, offered } from '../../../test/fixtures/scoring/offered.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { createCriteria } from '../../../utils/view/desk/criteria.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import type { StoreRequest } from '../../../utils/view/desk/store.ts';
import { Hindsight } from './Hindsight.tsx';

beforeAll(provideShippedWords);

const id = '00000000-0000-4000-8000-000000000001';
const { version: _version, publishedAt: _publishedAt, signedBy: _signedBy, ...inForce } = publishedCard;

/** The draft in the store; PUT replaces its body. */
function createAgreement(body: CardBody, mayEdit: boolean): Agreement {
  return {
    kind: 'scorecard',
    inForce: { version: 7, body: inForce },
    versions: [],
    draft: { id, basedOn: 7, revision: 1, body, differences: [], edits: [], signatures: [] },
    notes: [],
    signers: { sales: [], arbiter: null },
    missing: ['change', 'marketing', 'signer'],
    may: { edit: mayEdit, sign: [], publish: false, nameSigners: false },
  } as unknown as Agreement;
}

let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  document.body.replaceChildren();
});
const settle = (ms = 50) => new Promise<void>((done) => setTimeout(done, ms));

/** Shows what the past says, beside a draft with this body, with a store that saves drafts. */
async function open(answer: HindsightAnswer, options: { body?: CardBody; mayEdit?: boolean } = {}) {
  const saved: { body: CardBody; note: string | null }[] = [];
  let agreement = createAgreement(options.body ?? inForce, options.mayEdit ?? true);
  const callStore = async (request: StoreRequest) => {
    if (request.path.endsWith('/hindsight')) return { status: 200, body: answer };
    if (request.method === 'PUT') {
      const wish = request.body as { body: CardBody; note: string | null };
      saved.push(wish);
      const draft = { ...agreement.draft, revision: 2, body: wish.body } as NonNullable<Agreement['draft']>;
      agreement = { ...agreement, draft };
    }
    return { status: 200, body: request.path.includes('/agreements/') ? agreement : {} };
  };
  const desk = createDesk(
    {
      callStore,
      bar: { read: () => '#/criteria', write: () => undefined, onChange: () => undefined },
    } as unknown as DeskTools,
    'criteria',
  );
  const model = createCriteria(desk);
  const root = document.createElement('div');
  document.body.append(root);
  unmount = () => render(null, root);
  model.open();
  await settle();
  const Page = () => {
    const shown = model.agreement.value.value;
    return shown && <Hindsight model={model} agreement={shown} />;
  };
  await act(() => render(<Page />, root));
  await act(() => settle());
  const button = (name: string) =>
    [...root.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name);
  const press = async (name: string, ms = 700) => {
    await act(async () => {
      button(name)?.click();
      await settle(ms);
    });
  };
  return { root, saved, button, press, text: () => root.textContent ?? '' };
}

const pointsOf = (body: CardBody | undefined, criterion: string) =>
  body?.criteria.find((each) => each.id === criterion)?.points;

describe('a suggestion', () => {
  test('says what it was fitted on, what it was tested on and how far a step goes', async () => {
    const { text } = await open({ hindsight: offered, isCurrent: true });
    expect(text()).toContain('Suggestion: 3 changes, 0 taken');
    expect(text()).toContain('at most ±10 points a step. Rests on 58 outcomes');
    expect(text()).toContain('191 verdicts (weight ¼)');
    expect(text()).toContain('Held against 51 outcomes');
    expect(text()).toContain('labels say −14 to −2');
    expect(text()).toContain('nothing is said of: Nobody.');
    expect(text()).toContain('3 closed deals are left out');
  });

  test('is taken into the draft line by line, and the draft’s history says that it was suggested', async () => {
    const { saved, press, text, root } = await open({ hindsight: offered, isCurrent: true });
    await press('Take −8 for “Title: below manager” into the draft');
    expect(saved.map(({ body }) => pointsOf(body, 'below'))).toEqual([-8]);
    expect(pointsOf(saved[0]?.body, 'webinar')).toBe(30);
    expect(saved[0]?.note).toContain('Suggested by the workspace’s own past');
    expect(text()).toContain('3 changes, 1 taken');
    expect(root.querySelectorAll('.lines li .strong')).toHaveLength(1);
  });

  test('is taken whole, but for what somebody set by hand, which is marked as such', async () => {
    const criteria = inForce.criteria.map((each) => (each.id === 'webinar' ? { ...each, points: 25 } : each));
    const { saved, press, text } = await open(
      { hindsight: offered, isCurrent: true },
      { body: { ...inForce, criteria } },
    );
    expect(text()).toContain('by hand +25');
    await press('Take all');
    expect(['pricing', 'below', 'webinar'].map((each) => pointsOf(saved[0]?.body, each))).toEqual([14, -8, 25]);
  });

  test('is read, and taken by nobody, who may not edit', async () => {
    const { root, text } = await open({ hindsight: offered, isCurrent: true }, { mayEdit: false });
    expect(text()).toContain('Suggestion: 3 changes');
    expect([...root.querySelectorAll('button')].filter((each) => each.textContent?.startsWith('Take'))).toEqual([]);
  });

  test('that is not made says what is missing, in figures', async () => {
    const missing = [
      { what: 'outcomes', have: 31, need: 50 },
      { what: 'weakOutcomes', have: 4, need: 10 },
    ] as const;
    const told: Told = { ...offered, suggestion: { kind: 'notYet', missing: [...missing] } };
    const { text } = await open({ hindsight: told, isCurrent: true });
    expect(text()).toContain('No suggestion yet');
    expect(text()).toContain('31 of 50 outcomes');
    expect(text()).toContain('4 of 10 outcomes that ended badly');
    expect(text()).toContain('Points can still be changed by hand');
  });
});

describe('a back-test', () => {
  test('has a name for every chart and the same figures as a table behind it', async () => {
    const { root, press } = await open({ hindsight: offered, isCurrent: true });
    const charts = [...root.querySelectorAll('svg.chart')];
    expect(charts).toHaveLength(6);
    for (const each of charts) expect(each.getAttribute('aria-label'), each.outerHTML.slice(0, 80)).toBeTruthy();
    expect(charts[0]?.getAttribute('aria-label')).toContain('Suggestion, AUC: 0.741, 0.691–0.791');
    for (const name of ['How well each card tells strong from weak', 'Predicted against what came', 'Qualified a week'])
      await press(`Table: ${name}`, 10);
    expect(root.querySelectorAll('svg.chart')).toHaveLength(0);
    const cells = [...root.querySelectorAll('td')].map((each) => each.textContent);
    expect(cells).toContain('0.7410.691–0.791');
    expect(cells.some((each) => each?.includes('68 of 131'))).toBe(true);
  });

  test('of too few outcomes draws nothing and says how many there are', async () => {
    const few = { ...offered, testedOn: { ...ground, outcomes: 12 } };
    const { root, text } = await open({ hindsight: few, isCurrent: true });
    expect(text()).toContain('12 of 20 — not enough yet');
    expect(root.querySelectorAll('svg.chart')).toHaveLength(0);
  });

  test('that is older than the draft says so', async () => {
    expect((await open({ hindsight: offered, isCurrent: false })).text()).toContain('Being worked out anew');
  });
});
