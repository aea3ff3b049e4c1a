// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HandOverContext, HandOverFigures, HandOverRow, Offerable } from '#contract/desk-hand-over.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import { createHandOvers } from '../../../utils/view/desk/hand-overs.ts';
import type { StoreRequest } from '../../../utils/view/desk/store.ts';
import { HandOversPage } from './HandOversPage.tsx';

beforeAll(provideShippedWords);

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const counts = { offered: 62, accepted: 38, returned: 20, disqualified: 6, waiting: 4, inTime: 51 };
const figures: HandOverFigures = {
  by: 'campaign',
  asOf: hoursAgo(0),
  hours: 24,
  open: { waiting: 4, overdue: 1, nobody: 1 },
  total: counts,
  medianHours: 5.2,
  rows: [
    { key: id(90), label: 'Spring webinar', ...counts, offered: 54, accepted: 36, returned: 14 },
    { key: null, label: null, ...counts, offered: 8, accepted: 2, returned: 6, waiting: 0 },
  ],
  reasons: [{ way: 'recycle', reason: 'bad_timing', count: 9 }],
  unoffered: { count: 3, most: 1000 },
};
const row = (n: number, change: Partial<HandOverRow> = {}): HandOverRow => ({
  id: id(n) as never,
  contactId: id(n + 20) as never,
  contact: `Person ${n}`,
  account: 'Kestrel Foundry',
  campaign: 'Spring webinar',
  segment: 'Industrial',
  grade: 'A2',
  cause: 'grade',
  state: 'offered',
  memberId: id(50) as never,
  member: 'Rosa Lind',
  offeredAt: hoursAgo(31),
  assignedAt: hoursAgo(31),
  dueAt: hoursAgo(7),
  agreedHours: 24,
  answeredAt: null,
  way: null,
  reason: null,
  isOverdue: true,
  isBack: false,
  ...change,
});
const hostile = '<img src=x onerror=alert(1)>\u202e';
const rows = [
  row(1, { member: null, memberId: null, assignedAt: null, dueAt: null, isOverdue: false }),
  row(2),
  row(3, { state: 'accepted', answeredAt: hoursAgo(26), isOverdue: false, isBack: true }),
  row(4, { state: 'returned', answeredAt: hoursAgo(1), way: 'recycle', reason: 'no_reply', isOverdue: false }),
];
const context: HandOverContext = {
  ...row(2),
  title: 'Head of Operations',
  accountId: null,
  offeredBy: null,
  note: hostile,
  line: null,
  score: {
    fit: 84,
    engagement: 60,
    grade: 'A2',
    points: 144,
    trend: [],
    scorecardVersion: 3,
    asOf: hoursAgo(31),
    reasons: [
      {
        axis: 'fit',
        criterion: 'size',
        label: 'Size',
        points: 84,
        at: null,
        touchId: null,
        count: 1,
        halfLifeDays: null,
      },
    ],
  },
  gradeNow: 'A3',
  earlier: { at: hoursAgo(2000), by: 'Jon Reed', way: 'recycle', reason: 'bad_timing', line: 'After summer.' },
  events: [
    { at: hoursAgo(31), what: 'offered', by: null, to: 'Rosa Lind', way: null, reason: null, line: null },
    { at: hoursAgo(20), what: 'assigned', by: 'Maren Vogt', to: 'Rosa Lind', way: null, reason: null, line: hostile },
    { at: hoursAgo(2), what: 'postponed' as never, by: null, to: null, way: null, reason: null, line: null },
  ],
};
const offerable: Offerable = {
  id: id(70) as never,
  contact: 'Kit Lowe',
  title: 'Buyer',
  account: 'Quarry Lane',
  grade: 'B1',
  memberId: null,
  member: null,
  state: null,
  mayContact: true,
};
const people = { members: [{ id: id(51), name: 'Jon Reed' }], invites: [] };

let asked: StoreRequest[];
let listed: HandOverRow[];
let files: string[];
let root: HTMLElement;
beforeEach(() => {
  asked = [];
  files = [];
  listed = rows;
});
afterEach(() => {
  render(null, root);
  root.remove();
});

function answer({ method, path }: StoreRequest): unknown {
  if (method === 'POST') return path.endsWith('/hand-overs') ? { id: id(99) } : null;
  if (path.startsWith('/v1/desk/hand-overs/figures')) return listed.length === 0 ? none : figures;
  if (path.startsWith('/v1/desk/hand-overs/offerable')) return [offerable];
  if (path.startsWith('/v1/desk/hand-overs/')) return context;
  return path.startsWith('/v1/desk/people') ? { ...people, members: people.members.map(toMember) } : listed;
}
const toMember = (each: object) => ({
  ...each,
  address: 'jon@kestrel.example',
  role: 'rep',
  team: null,
  joinedAt: hoursAgo(1),
  devices: [],
});
const none: HandOverFigures = {
  ...figures,
  open: { waiting: 0, overdue: 0, nobody: 0 },
  total: { offered: 0, accepted: 0, returned: 0, disqualified: 0, waiting: 0, inTime: 0 },
  rows: [],
  reasons: [],
  medianHours: null,
};

async function open(hash: string): Promise<() => string> {
  let address = hash;
  const write = (next: string) => {
    address = next;
  };
  const tools = {
    async callStore(request: StoreRequest) {
      asked.push(request);
      return { status: 200, body: answer(request) };
    },
    getSession: async () => null,
    bar: { read: () => address, write, onChange: () => undefined },
    shelf: { read: () => null, write: () => undefined },
    save: (_name: string, ...texts: string[]) => void files.push(texts.join('')),
  } as unknown as DeskTools;
  const desk = createDesk(tools, 'hand-overs');
  const model = createHandOvers(desk);
  root = document.createElement('div');
  document.body.append(root);
  await act(() => render(<HandOversPage desk={desk} model={model} />, root));
  await act(() => new Promise<void>((done) => setTimeout(done, 20)));
  return () => root.textContent ?? '';
}
const button = (name: string) =>
  [...root.querySelectorAll('button')].find((each) => each.textContent?.trim().startsWith(name));
async function press(name: string): Promise<void> {
  await act(() => button(name)?.click());
  await act(() => new Promise<void>((done) => setTimeout(done, 20)));
}
const posted = () => asked.filter(({ method }) => method === 'POST');

describe('the page of hand-overs', () => {
  test('says what waits, what is overdue with the time taken and the time agreed, and who has nobody', async () => {
    const text = await open('#/hand-overs');
    expect(asked[1]?.path).toBe('/v1/desk/hand-overs?view=waiting&order=due&days=91');
    expect(text()).toContain('1 overdue');
    expect(text()).toContain('1 with nobody to take it');
    const [nobody, late, taken, back] = [...root.querySelectorAll('tbody tr[data-index]')];
    expect(nobody?.querySelector('.danger')?.textContent).toBe('Nobody to take it');
    expect([...(late?.querySelectorAll('.danger') ?? [])].map((each) => each.textContent)).toContain('31 h of 24 h');
    expect(taken?.textContent).toContain('5 h of 24 h');
    expect(taken?.textContent).toContain('came back');
    expect(back?.textContent).toContain('Nurture: No reply');
  });

  test('tells a rate with its interval and count, and of few answers how many are missing', async () => {
    const text = await open('#/hand-overs');
    expect(text()).toContain('66\u00a0%53–76 · 38 of 58');
    expect(text()).toContain('51 of 58');
    expect(text()).toContain('Half of them within 5 h');
    expect(text()).toContain('8 of 20 — not enough yet');
    expect(root.querySelector('svg[aria-label*="72"]')).not.toBeNull();
    expect(text()).toContain('Bad timing (Nurture) 9 of 20');
  });

  test('each count opens the rows behind it', async () => {
    await open('#/hand-overs');
    await act(() => root.querySelector<HTMLButtonElement>('button.count')?.click());
    await act(() => new Promise<void>((done) => setTimeout(done, 20)));
    expect(asked.at(-1)?.path).toBe(`/v1/desk/hand-overs?view=all&order=due&days=91&by=campaign&key=${id(90)}`);
  });

  test('shows one with its score, its history and how it came back; what people typed is text', async () => {
    const text = await open(`#/hand-overs?lead=${id(2)}`);
    expect(text()).toContain('Came back. Returned');
    expect(text()).toContain('by Jon Reed: Nurture, because Bad timing.');
    expect(text()).toContain('Became qualified; offered to Rosa Lind');
    expect(text()).toContain('Maren Vogt gave it to Rosa Lind');
    expect(text()).toContain('postponed');
    expect(text()).toContain('Today A3');
    expect(root.querySelector('img')).toBeNull();
    expect(text()).not.toContain('\u202e');
    expect(text()).toContain('<img src=x');
  });

  test('gives what waits to another, and calls it back', async () => {
    await open(`#/hand-overs?lead=${id(2)}`);
    const select = root.querySelector<HTMLSelectElement>('select[aria-label="Give it to …"]');
    expect(button('Give')?.disabled).toBe(true);
    await act(() => {
      if (select) select.value = id(51);
      select?.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await press('Give');
    await press('Call it back');
    expect(posted()).toMatchObject([
      { path: `/v1/desk/hand-overs/${id(2)}/assign`, body: { memberId: id(51) } },
      { path: `/v1/desk/hand-overs/${id(2)}/withdraw` },
    ]);
  });

  test('offers somebody by hand, with a note', async () => {
    await open('#/hand-overs?lead=new');
    await press('B1');
    await act(() => {
      const note = root.querySelector('textarea');
      if (note) note.value = ' Asked at the fair. ';
      note?.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await act(
      () =>
        void root.querySelector('aside form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
    );
    expect(posted()).toMatchObject([
      { path: '/v1/desk/hand-overs', body: { contactId: id(70), note: 'Asked at the fair.' } },
    ]);
  });

  test('saves the list as a file in which nothing runs', async () => {
    listed = [row(1, { contact: '=HYPERLINK("x")' })];
    await open('#/hand-overs');
    await press('Save as CSV');
    expect(files[0]).toContain(`"'=HYPERLINK(""x"")"`);
    expect(files[0]?.split('\r\n')).toHaveLength(3);
  });

  test('teaches where there are none yet', async () => {
    listed = [];
    const text = await open('#/hand-overs');
    expect(text()).toContain('No lead was offered yet');
    expect(text()).toContain('who has 24 hours to accept or return');
    expect(root.querySelector('table')).toBeNull();
  });
});
