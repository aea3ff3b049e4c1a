// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Agreement, CardBody } from '#contract/agreement.ts';
import type { CriteriaEvidence, EvidenceBehind } from '#contract/evidence.ts';
import { publishedCard } from '../../../test/fixtures/scoring/cases.ts';
import { offered } from '../../../test/fixtures/scoring/offered.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { createCriteria } from '../../../utils/view/desk/criteria.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import type { StoreRequest } from '../../../utils/view/desk/store.ts';
import { CriteriaPage } from './CriteriaPage.tsx';

beforeAll(provideShippedWords);

const id = '00000000-0000-4000-8000-000000000001';
const { version: _version, publishedAt: _publishedAt, signedBy: _signedBy, ...inForce } = publishedCard;
const ids = (body: CardBody) => body.criteria.map((each) => each.id);
const labelOf = (criterion: string) => inForce.criteria.find((each) => each.id === criterion)?.label ?? '';

const evidence: CriteriaEvidence = {
  asOf: '2026-11-17T08:52:00.000Z',
  all: { strong: 60, weak: 40 },
  criteria: [{ criterion: 'below', strong: 3, weak: 9, bySegment: [{ segment: null, strong: 3, weak: 9 }] }],
  worthALook: {
    unmet: [{ criterion: 'nobody', of: 100 }],
    twins: [{ one: 'webinar', other: 'webinar_named', both: 58, either: 64 }],
    uncovered: [{ reason: 'wrong_person', count: 21, of: 38 }],
  },
};
const at = '2026-11-16T09:00:00.000Z';
const verdict = {
  contactId: id,
  value: 'weak',
  reason: 'wrong_person',
  at,
  segment: null,
  campaign: null,
  grade: 'B2',
};
const insight = {
  quote: null,
  kind: 'customer',
  at,
  by: 'Rita\u202e Rep',
  account: 'Kestrel\u202e',
  contact: 'Dana Ortiz',
};
const numbered = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const behind = {
  verdicts: Array.from({ length: 7 }, (_, index) => ({
    ...verdict,
    ...{ id: numbered(index), contact: `Lead\u202e ${index}`, account: 'Kestrel\u202e' },
  })),
  verdictCount: 12,
  insights: [
    { ...insight, id: numbered(20), text: '<img src=x onerror=alert(1)> They have no say.' },
    { ...insight, id: numbered(21), text: 'In short.', quote: 'I only keep the list.' },
  ],
  insightCount: 2,
} as EvidenceBehind;
let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  document.body.replaceChildren();
});
const settle = (ms = 50) => new Promise<void>((done) => setTimeout(done, ms));

/** The page as a marketer or a rep has it, over a store that saves drafts. `body` null: there is no draft. */
async function openPage(body: CardBody | null, options: { mayEdit?: boolean } = {}) {
  const mayEdit = options.mayEdit ?? true;
  const draftOf = (revision: number, of: CardBody) =>
    ({
      id,
      basedOn: 7,
      revision,
      body: of,
      differences: [],
      edits: [],
      signatures: [],
      seen: [],
    }) as unknown as Agreement['draft'];
  let agreement = {
    kind: 'scorecard',
    inForce: { version: 7, body: inForce },
    versions: [],
    draft: body && draftOf(1, body),
    notes: [],
    signers: { sales: [], arbiter: null },
    missing: [],
    may: { edit: mayEdit, sign: [], publish: false, nameSigners: false },
  } as unknown as Agreement;
  const asked: string[] = [];
  const callStore = async ({ method, path, body: wish }: StoreRequest) => {
    asked.push(path);
    if (path.includes('/evidence/behind')) return { status: 200, body: behind };
    if (path.includes('/evidence')) return { status: 200, body: evidence };
    if (path.endsWith('/hindsight')) return { status: 200, body: { hindsight: offered, isCurrent: true } };
    if (method === 'POST' && path.endsWith('/draft')) agreement = { ...agreement, draft: draftOf(1, inForce) };
    if (method === 'PUT') agreement = { ...agreement, draft: draftOf(2, (wish as { body: CardBody }).body) };
    return { status: 200, body: path.includes('/preview') ? {} : agreement };
  };
  let place = '#/criteria';
  const write = (next: string) => {
    place = next;
  };
  const bar = { read: () => place, write, onChange: () => undefined };
  const desk = createDesk({ callStore, bar } as unknown as DeskTools, 'criteria');
  const model = createCriteria(desk);
  const root = document.createElement('div');
  document.body.append(root);
  unmount = () => render(null, root);
  await act(async () => {
    render(<CriteriaPage desk={desk} model={model} />, root);
    await settle();
  });
  const last = mayEdit ? '#suggestion' : '#worth-a-look';
  await vi.waitFor(() => act(() => expect(root.querySelector(last)).not.toBeNull()), 5000);
  const row = (label: string) => [...root.querySelectorAll('tr')].find((each) => each.textContent?.startsWith(label));
  const press = (name: string) =>
    act(async () => {
      const named = [...root.querySelectorAll<HTMLElement>('button')].filter(
        (each) => (each.getAttribute('aria-label') ?? each.textContent) === name,
      );
      named[0]?.click();
      await settle(700);
    });
  return {
    root,
    row,
    press,
    saved: () => agreement.draft?.body,
    text: () => root.textContent ?? '',
    place: () => place,
    asked,
  };
}

test('a reason that no criterion foretells is told with its counts, and opens the form of one in the draft', async () => {
  const { text, press, root, saved } = await openPage(null);
  expect(text()).toContain('No criterion foretells “Wrong person” (21 of 38 weak verdicts with a reason).');
  await press('Make one');
  const fields = [...root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('form.criterion-form .input')];
  expect(fields.map(({ value }) => value)).toEqual(['Wrong person', '-8', 'staff\njunior']);
  await press('Add to the draft');
  const added = saved()?.criteria.find((each) => each.id === 'wrong_person');
  expect(added).toMatchObject({ points: -8, field: 'seniority', test: { op: 'is', values: ['staff', 'junior'] } });
});

test('two that go together are both named with how often, and lead to each', async () => {
  const { text, press, place } = await openPage(inForce);
  const [one, other] = [labelOf('webinar'), labelOf('webinar_named')];
  expect(text()).toContain(`“${one}” and “${other}” (58 of 64). Their points count twice.`);
  await press(`Look at “${other}”`);
  expect(place()).toContain('criterion=webinar_named');
});

test('the selected one opens what was said of its leads, each leading to its place', async () => {
  const { text, press, root, asked } = await openPage(inForce);
  await press(labelOf('below'));
  expect(asked).toContain('/v1/agreements/scorecard/evidence/behind?days=91&criterion=below');
  expect(root.querySelector('.behind')).toBeNull();
  await vi.waitFor(() => act(() => expect(text()).toContain('12 verdicts, 2 insights')));
  await press('12 verdicts, 2 insights');
  const [insights, verdicts] = [...root.querySelectorAll('.behind section')];
  expect(insights?.querySelector('h3')?.textContent).toBe('2 insights');
  expect(insights?.querySelector('img')).toBeNull();
  expect(insights?.textContent).toContain('<img src=x onerror=alert(1)> They have no say.');
  expect(insights?.textContent).toContain('“I only keep the list.”');
  expect(insights?.querySelector('a')?.getAttribute('href')).toBe(`#/insights?insight=${numbered(20)}`);
  expect(verdicts?.querySelector('h3')?.textContent).toBe('12 verdicts');
  expect(root.querySelector('.behind')?.textContent).not.toContain('\u202e');
  expect(verdicts?.querySelector('a')?.getAttribute('href')).toBe(`#/lead-quality?value=all&verdict=${numbered(0)}`);
  expect(verdicts?.querySelectorAll('li')).toHaveLength(7);
  expect(text()).toContain('The newest 7 of 12.');
  await press(labelOf('below'));
  expect(root.querySelector('.behind')).toBeNull();
});

test('who cannot edit is not asked for what is behind one', async () => {
  const { press, root, asked } = await openPage(null, { mayEdit: false });
  await press(labelOf('below'));
  expect(root.textContent).toContain(`Evidence for “${labelOf('below')}”`);
  expect(asked.some((path) => path.includes('behind'))).toBe(false);
});

test('one that nobody meets is told of how many, and leaves the draft when it is asked to', async () => {
  const { text, press, saved } = await openPage(inForce);
  const label = labelOf('nobody');
  expect(text()).toContain(`“${label}”: none of 100 judged leads did.`);
  await press(`Remove “${label}” from the draft`);
  expect(saved() && ids(saved() as CardBody)).toEqual(ids(inForce).filter((each) => each !== 'nobody'));
  expect(text()).not.toContain('none of 100 judged leads');
});

test('who cannot edit reads the same, and is offered no change', async () => {
  const { text, root } = await openPage(null, { mayEdit: false });
  expect(text()).toContain('none of 100 judged leads');
  const names = [...root.querySelectorAll('button')].map((each) => each.textContent);
  expect(names).not.toContain('Make one');
  expect(root.querySelector('.grip')).toBeNull();
});

test('suggested points stand in the rows of the draft, are taken there, and say when they are or others were set', async () => {
  const criteria = inForce.criteria.map((each) => (each.id === 'below' ? { ...each, points: -3 } : each));
  const { row, press, saved } = await openPage({ ...inForce, criteria });
  const cellOf = (criterion: string) => row(labelOf(criterion))?.lastElementChild?.textContent?.trim();
  expect(cellOf('below')).toBe('by hand −8');
  expect(cellOf('webinar')).toBe('+20');
  expect(cellOf('manager')).toBe('');
  await press(`Take +20 for “${labelOf('webinar')}” into the draft`);
  expect(saved()?.criteria.find((each) => each.id === 'webinar')?.points).toBe(20);
  expect(row(labelOf('webinar'))?.lastElementChild?.querySelector('button')).toBeNull();
  expect(cellOf('webinar')).toBe('+20');
});

test('a row is dragged onto another of its axis, moved by buttons too, and where it is then is said aloud', async () => {
  const { row, root, press, saved } = await openPage(inForce);
  const fit = inForce.criteria.filter(({ axis }) => axis === 'fit');
  const [first, second, third] = fit as [(typeof fit)[0], (typeof fit)[0], (typeof fit)[0]];
  const send = (name: string, label: string, ms = 10) =>
    act(async () => {
      row(label)?.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
      await settle(ms);
    });
  const drop = async (from: string, onto: string) => {
    await send('dragstart', from);
    await send('dragover', onto);
    await send('drop', onto, 700);
  };
  await drop(first.label, third.label);
  expect(ids(saved() as CardBody).slice(0, 3)).toEqual([second.id, third.id, first.id]);
  expect(root.querySelector('[role=status].unseen')?.textContent).toBe(
    `“${first.label}” is number 3 of ${fit.length} now.`,
  );
  const engaging = inForce.criteria.find(({ axis }) => axis === 'engagement');
  await drop(first.label, engaging?.label ?? '');
  expect(ids(saved() as CardBody).slice(0, 3)).toEqual([second.id, third.id, first.id]);
  await press(first.label);
  await press(`Move “${first.label}” up`);
  expect(ids(saved() as CardBody).slice(0, 3)).toEqual([second.id, first.id, third.id]);
});

test('a draft that contradicts itself says where, before anybody signs it', async () => {
  const { text } = await openPage({ ...inForce, qualified: { fit: 'A', engagement: 1, handRaise: ['gone'] } });
  expect(text()).toContain('“gone” qualifies at once and is no criterion of engagement any more.');
});
