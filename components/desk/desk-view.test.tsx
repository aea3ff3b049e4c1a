// @vitest-environment happy-dom
import { globSync, readFileSync } from 'node:fs';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LeadQuality, Reach } from '#contract/desk.ts';
import type { Role } from '#contract/session.ts';
import { provideShippedWords, shippedWords } from '../../test/fixtures/words.ts';
import { firstScorecard } from '../../utils/scoring/first-scorecard.ts';
import { createDesk, type DeskTools } from '../../utils/view/desk/desk.ts';
import type { StoreRequest } from '../../utils/view/desk/store.ts';
import { DeskView } from './DeskView.tsx';
import { firstPage } from './pages.tsx';

beforeAll(provideShippedWords);

const session = (role: Role) =>
  ({
    workspace: { id: 'w', name: 'Kestrel Works' },
    member: { id: 'm', name: 'Ines Okafor', address: 'ines@kestrel.example', role },
    device: { id: 'd', name: 'Chrome on Linux' },
  }) as never;

const answers: Record<string, unknown> = {
  '/v1/desk/talking-points': [],
  '/v1/desk/audience-choices': { segments: [], tiers: [], stages: [], campaigns: [] },
  '/v1/imports': [],
};

/** Long enough for the pauses that the models make while somebody types or chooses. */
const settle = () => new Promise<void>((done) => setTimeout(done, 200));

let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  document.body.replaceChildren();
});

/** Opens the Desk at a hash, with a store that answers `more` by path. Answers what stands on the page. */
async function open(hash: string, options: { role?: Role | null; store?: (request: StoreRequest) => unknown } = {}) {
  const shelf = new Map<string, string>();
  let address = hash;
  const asked: StoreRequest[] = [];
  const { role = 'marketer' } = options;
  const tools: DeskTools = {
    async callStore(request) {
      asked.push(request);
      const path = request.path.split('?')[0] ?? '';
      const body = options.store?.(request) ?? answers[path];
      if (typeof body === 'number') return { status: body, body: null };
      return { status: (body as { status?: number } | undefined)?.status === 422 ? 422 : 200, body };
    },
    getSession: async () => (role ? { storeUrl: 'https://store.example', session: session(role) } : null),
    openOptions: () => undefined,
    copy: async () => undefined,
    bar: {
      read: () => address,
      write: (next) => {
        address = next;
      },
      onChange: () => undefined,
    },
    shelf: {
      read: (key) => shelf.get(key) ?? null,
      write: (key, value) => void (value ? shelf.set(key, value) : shelf.delete(key)),
    },
    upload: async () => ({ status: 0, body: null }),
    save: () => undefined,
    pages: {
      allow: async () => false,
      letGo: async () => undefined,
      list: async () => [],
      read: async () => ({ ok: false, message: '' }),
    },
  };
  const desk = createDesk(tools, firstPage);
  const root = document.createElement('div');
  document.body.append(root);
  unmount = () => render(null, root);
  await act(async () => {
    render(<DeskView desk={desk} />, root);
    await desk.connect();
  });
  await act(settle);
  return { root, desk, asked, text: () => root.textContent ?? '', shelf };
}

const row = (label: string, weak: number, strong: number) => ({ key: label, label, weak, strong, reasons: [] });
const quality: LeadQuality = {
  by: 'campaign',
  asOf: '2026-11-17T08:52:00.000Z',
  total: row('all', 66, 35),
  rows: [row('Webinar', 61, 35), row('Plant ads', 5, 0)],
  weeks: [{ startsOn: '2026-11-16', weak: 66, strong: 35 }],
  grades: [{ grade: 'B1', weak: 61, strong: 35 }],
};
const withQuality = ({ path }: StoreRequest) => {
  if (path.startsWith('/v1/desk/lead-quality')) return quality;
  return path.startsWith('/v1/desk/verdicts') ? [] : undefined;
};

describe('people', () => {
  const invite = (address: string, state: string, createdAt: string) => ({
    ...{ id: crypto.randomUUID(), address, role: 'rep', invitedBy: 'Ines Okafor', createdAt, state, usedAt: null },
    expiresAt: '2026-11-30T10:00:00.000Z',
  });

  test('invites are ordered by their heads apart from the members, in the address', async () => {
    const invites = [
      invite('cy@x.example', 'revoked', '2026-11-22T10:00:00.000Z'),
      invite('bo@x.example', 'open', '2026-11-21T10:00:00.000Z'),
      invite('al@x.example', 'expired', '2026-11-20T10:00:00.000Z'),
    ];
    const { root, desk } = await open('#/people?sort=role', {
      store: ({ path }) => (path === '/v1/desk/people' ? { members: [], invites } : undefined),
    });
    const table = () => root.querySelectorAll('table')[1];
    const stand = () => [
      [...(table()?.querySelectorAll('tbody th') ?? [])].map((each) => each.textContent?.slice(0, 2)).join(' '),
      table()?.querySelector('th[aria-sort] button')?.textContent?.trim(),
    ];
    const press = (name: string) =>
      act(async () =>
        [...(table()?.querySelectorAll('button') ?? [])].find((b) => b.textContent?.trim() === name)?.click(),
      );
    expect(stand()).toEqual(['cy bo al', 'Invited']);
    await press('Address');
    expect(stand()).toEqual(['al bo cy', 'Address']);
    await press('State');
    expect(stand()).toEqual(['bo al cy', 'State']);
    expect(desk.address.place.value.params).toEqual({ sort: 'role', invites: 'state' });
  });
});

describe('who may see the Desk', () => {
  test('nobody signed in is told to connect, and nothing is asked of the store', async () => {
    const { text, asked, root } = await open('#/people', { role: null });
    expect(text()).toContain('Connect this browser first');
    expect(asked).toEqual([]);
    expect(root.querySelectorAll('nav a')).toHaveLength(0);
  });

  test('a rep reads one sentence, and nothing is asked of the store', async () => {
    const { text, asked } = await open('#/lead-quality', { role: 'rep' });
    expect(text()).toContain('The Desk is for marketing');
    expect(asked).toEqual([]);
  });

  test('a rep reads the criteria, and proposes what one should be worth', async () => {
    const asked: StoreRequest[] = [];
    const card = firstScorecard('2026-11-20T10:00:00.000Z');
    const agreement = {
      kind: 'scorecard',
      inForce: { version: 1, body: card },
      ...{ versions: [], draft: null, notes: [], signers: { sales: [], arbiter: null }, missing: [] },
      may: { edit: false, sign: [], publish: false, nameSigners: false },
    };
    const store = (request: StoreRequest) => {
      asked.push(request);
      return request.path.includes('/evidence') ? undefined : agreement;
    };
    const { root, text } = await open('#/criteria?criterion=met', { role: 'rep', store });
    expect([...root.querySelectorAll('nav a')].map((each) => each.textContent)).toEqual([
      'Your results',
      'Criteria',
      'Common language',
    ]);
    expect(text()).toContain('Met us');
    const field = root.querySelector<HTMLElement>('.box [role=spinbutton]');
    await act(() => void field?.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true })));
    const why = root.querySelector<HTMLTextAreaElement>('.box textarea');
    await act(() => {
      if (why) why.value = 'They buy after a visit.';
      why?.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await act(
      () =>
        void root.querySelector('form.box')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
    );
    const met = card.criteria.find(({ id }) => id === 'met');
    expect(asked.find(({ method }) => method === 'POST')).toMatchObject({
      path: '/v1/agreements/scorecard/notes',
      body: { kind: 'proposal', about: 'met', change: { ...met, points: 36 }, text: 'They buy after a visit.' },
    });
  });

  test('a browser that the store refuses is told so', async () => {
    const { text } = await open('#/talking-points', { store: () => 401 });
    expect(text()).toContain('This browser was signed out');
  });
});

describe('lead quality', () => {
  test('tells a rate with its interval and count, and none below 20', async () => {
    const { root } = await open('#/lead-quality', { store: withQuality });
    const cells = [...root.querySelectorAll('tbody tr')].map((each) => each.textContent);
    const webinar = cells.find((each) => each?.includes('Webinar'));
    expect(webinar).toContain('64\u00a0%');
    expect(webinar).toContain('61 of 96');
    expect(root.querySelector('svg[role=img][aria-label*="54–72"]')).not.toBeNull();
    const ads = cells.find((each) => each?.includes('Plant ads'));
    expect(ads).toContain('5 of 20 — not enough yet');
    expect(ads).not.toContain('%');
    expect(cells.findIndex((each) => each?.includes('Plant ads'))).toBeGreaterThan(
      cells.findIndex((each) => each?.includes('Webinar')),
    );
  });

  test('every chart has a table or is one, and every picture a name', async () => {
    const { root } = await open('#/lead-quality', { store: withQuality });
    for (const svg of root.querySelectorAll('svg')) {
      const isSilent = svg.getAttribute('aria-hidden') === 'true';
      expect(isSilent || (svg.getAttribute('role') === 'img' && !!svg.getAttribute('aria-label'))).toBe(true);
    }
  });

  test('a count opens the verdicts behind it', async () => {
    const { root, asked } = await open('#/lead-quality', { store: withQuality });
    const count = [...root.querySelectorAll<HTMLElement>('.count')].find((each) => each.textContent === '61 of 96');
    await act(async () => count?.click());
    expect(asked.at(-1)?.path).toBe('/v1/desk/verdicts?by=campaign&days=91&key=Webinar&value=weak');
  });

  const filters = {
    segment: { values: ['Food', 'Paper', ''] },
    tier: { values: ['1', '2'] },
    source: { values: ['Webinar', ''] },
  };
  const withFilters = (request: StoreRequest) => {
    const asked = new URLSearchParams(request.path.split('?')[1]);
    if (!request.path.startsWith('/v1/desk/lead-quality')) return withQuality(request);
    const side = (name: keyof typeof filters) => ({ ...filters[name], chosen: asked.get(name) ?? undefined });
    const none = asked.get('tier') === '9' ? { total: row('all', 0, 0), rows: [] } : {};
    return { ...quality, ...none, filters: { segment: side('segment'), tier: side('tier'), source: side('source') } };
  };
  const picker = (root: Element, name: string) => root.querySelector<HTMLSelectElement>(`[aria-label="${name}"]`);
  const choose = (select: HTMLSelectElement | null, value: string) =>
    act(() => {
      if (select) select.value = value;
      select?.dispatchEvent(new Event('change', { bubbles: true }));
    });
  const lastOf = (asked: readonly StoreRequest[], path: string) =>
    asked.findLast((request) => request.path.startsWith(`/v1/desk/${path}?`))?.path.split('?')[1];

  test('is filtered by segment, tier and source: in the address, in the figures, in the rows and their file', async () => {
    const { root, desk, asked } = await open('#/lead-quality?row=Webinar&only=disagreements', { store: withFilters });
    const options = [...(picker(root, 'Segment')?.options ?? [])].map((option) => option.text);
    expect(options).toEqual(['All segments', 'Food', 'Paper', 'No segment']);
    expect([...(picker(root, 'Tier')?.options ?? [])].map((option) => option.text)).toContain('Tier 2');
    await choose(picker(root, 'Segment'), 'Food');
    await choose(picker(root, 'Source'), '~');
    expect(desk.address.link({})).toBe('#/lead-quality?only=disagreements&segment=Food&source=%7E');
    expect(lastOf(asked, 'lead-quality')).toBe('by=campaign&days=91&segment=Food&source=');
    expect(lastOf(asked, 'verdicts')).toBe('by=campaign&days=91&segment=Food&source=&only=disagreements');
    await act(() => [...root.querySelectorAll('button')].find((each) => each.textContent === ' Save as CSV')?.click());
    expect(lastOf(asked, 'verdicts/export')).toBe('by=campaign&days=91&segment=Food&source=&only=disagreements');
    expect([...root.querySelectorAll('.title .print-only')].map((each) => each.textContent)).toEqual([
      '13 weeks',
      'Food',
      'No source',
    ]);
  });

  test('a filter of which nothing is left keeps its name, and one press shows all again', async () => {
    const { root, desk, text } = await open('#/lead-quality?tier=9&by=tier', { store: withFilters });
    expect(picker(root, 'Tier')?.selectedOptions[0]?.text).toBe('Tier 9');
    expect(text()).toContain('No verdicts like these in this period');
    await act(() => [...root.querySelectorAll('button')].find((each) => each.textContent === 'Show all')?.click());
    await act(settle);
    expect(desk.address.link({})).toBe('#/lead-quality?by=tier');
    expect(text()).toContain('66 of 101');
  });

  test('no filter is shown where the store does not filter', async () => {
    const { root, text } = await open('#/lead-quality?segment=Food', { store: withQuality });
    expect(text()).toContain('66 of 101');
    expect(['Segment', 'Tier', 'Source'].map((name) => picker(root, name))).toEqual([null, null, null]);
  });

  const verdictId = crypto.randomUUID();
  const context = {
    ...{ id: verdictId, value: 'weak', reason: null, at: '2026-11-10T10:00:00.000Z', contactId: crypto.randomUUID() },
    ...{ contact: 'Ada Lund', title: 'Buyer', account: 'Eskdale Foods', segment: null, campaign: null, grade: 'A1' },
    ...{ team: null, undone: false, gradeNow: 'B3', campaigns: [], touches: [] },
    record: { name: 'Ada Lund', title: 'Director', country: null, doNotContact: false },
    score: {
      ...{ grade: 'A1', points: 0, fit: 0, engagement: 0, reasons: [], trend: [], scorecardVersion: 1 },
      asOf: '2026-11-10T10:00:00.000Z',
    },
  };
  const withVerdict = (more: object) => (request: StoreRequest) =>
    request.path === `/v1/desk/verdicts/${verdictId}` ? { ...context, ...more } : withQuality(request);

  test('a verdict names the person as they were called then, and what they are called today where that differs', async () => {
    const changed = await open(`#/lead-quality?verdict=${verdictId}`, { store: withVerdict({}) });
    expect(changed.text()).toContain('Buyer · Eskdale Foods');
    expect(changed.text()).toContain('Called Ada Lund · Director today.');
    const same = await open(`#/lead-quality?verdict=${verdictId}`, {
      store: withVerdict({ record: { ...context.record, title: 'Buyer' } }),
    });
    expect(same.text()).toContain('Buyer · Eskdale Foods');
    expect(same.text()).not.toContain('today.');
  });

  test('E takes the open verdict off those against their score, and nothing else', async () => {
    const press = () => act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'e' })));
    const settled = (asked: readonly StoreRequest[]) => asked.filter(({ path }) => path.endsWith('/settled'));
    const against = await open(`#/lead-quality?verdict=${verdictId}`, { store: withVerdict({}) });
    await press();
    expect(settled(against.asked)).toMatchObject([{ method: 'PUT', path: `/v1/desk/verdicts/${verdictId}/settled` }]);
    const agreed = await open(`#/lead-quality?verdict=${verdictId}`, { store: withVerdict({ grade: 'C3' }) });
    await press();
    expect(settled(agreed.asked)).toEqual([]);
  });

  test('old figures stay when the store is lost, and the page says since when', async () => {
    let isLost = false;
    const { desk, text } = await open('#/lead-quality', { store: (request) => (isLost ? 503 : withQuality(request)) });
    isLost = true;
    await act(async () => {
      desk.refresh();
      await settle();
    });
    expect(text()).toContain('The store cannot be reached since');
    expect(text()).toContain('61 of 96');
  });
});

describe('talking points', () => {
  const nobody: Reach = {
    accounts: 0,
    contacts: 0,
    reps: 0,
    steps: [
      { condition: 'all', accounts: 60 },
      { condition: 'segments', accounts: 60 },
      { condition: 'tiers', accounts: 60 },
      { condition: 'stages', accounts: 38 },
      { condition: 'active', accounts: 0 },
      { condition: 'contactable', accounts: 0 },
    ],
    bySegment: [],
    remedy: { condition: 'active', activeDays: 60, dormantDays: null, accounts: 21 },
    asOf: null,
  };

  test('an audience of nobody names the condition that emptied it and what would help', async () => {
    const { root, text, asked } = await open('#/talking-points?point=new', {
      store: ({ path }) => (path === '/v1/desk/reach' ? nobody : undefined),
    });
    expect(text()).toContain('38 accounts are left before “Active”, none after it.');
    expect(text()).toContain('With 60 days there would be 21.');
    const use = [...root.querySelectorAll('button')].find((each) => each.textContent === 'Use 60 days');
    await act(async () => use?.click());
    await act(settle);
    expect(asked.findLast(({ path }) => path === '/v1/desk/reach')?.body).toMatchObject({ activeDays: 60 });
  });

  const hostile =
    '<img src=x onerror="document.title=1"><script>document.title=1</script> [a](javascript:alert(1)) **b** \u202Egnp.exe\u2066 javascript:alert(1)';
  const hostilePoint = (more: object = {}) => ({
    ...{
      id: '6f1c1f1e-0000-4000-8000-000000000001',
      title: hostile,
      text: hostile,
      whyNow: hostile,
      link: null,
      campaignId: null,
    },
    ...{
      campaign: hostile,
      owner: hostile,
      ownerId: null,
      state: 'live',
      pushedAt: '2026-11-01T08:00:00.000Z',
      endedAt: null,
    },
    ...{
      startsOn: null,
      expiresOn: null,
      audience: { segments: [hostile.slice(0, 110)], tiers: [], stages: [], activeDays: null },
    },
    ...{
      accounts: 60,
      seen: 7,
      copied: 1,
      inserted: 1,
      used: 2,
      landed: 20,
      fellFlat: 30,
      words: 1,
      edits: 1,
      replacedBy: null,
    },
    ...{ bySegment: [{ segment: hostile, landed: 20, told: 50 }], byStage: [{ stage: hostile, landed: 20, told: 50 }] },
    ...{ lastUsedAt: null },
    ...more,
  });
  const version = (more: object) => ({
    kind: 'edited',
    at: '2026-11-01T08:00:00.000Z',
    by: hostile,
    version: hostilePoint(more),
  });
  const hostileStore = ({ path }: StoreRequest) => {
    if (path.endsWith('/history')) return [version({}), version({ title: 'Before', text: 'Before', whyNow: null })];
    if (path.endsWith('/words')) {
      const words = {
        id: '6f1c1f1e-0000-4000-8000-000000000002',
        text: hostile,
        quote: hostile,
        by: hostile,
        account: hostile,
      };
      return [{ ...words, at: '2026-11-02T08:00:00.000Z', outcome: 'fell_flat' }];
    }
    if (path === '/v1/desk/reach')
      return { ...nobody, accounts: 9, remedy: null, bySegment: [{ segment: hostile, accounts: 9 }] };
    if (path === '/v1/desk/talking-points') return [hostilePoint()];
    return path.startsWith('/v1/desk/verdicts') ? [] : undefined;
  };

  test.each(['talking-points', 'today'])(
    '%s draws markup, Markdown and bidirectional text of every field as plain text',
    async (page) => {
      const insight = {
        ...{
          id: '6f1c1f1e-0000-4000-8000-000000000003',
          text: hostile,
          quote: hostile,
          kind: 'customer',
          method: 'interview',
        },
        ...{
          at: '2026-11-02T08:00:00.000Z',
          by: hostile,
          account: hostile,
          accountId: null,
          contact: hostile,
          segment: hostile,
        },
      };
      const none = { matching: 1, all: 1, reps: 1, accounts: 1, kinds: [], methods: [] };
      const { root, text } = await open(`#/${page}`, {
        store: (request) => {
          if (request.path.startsWith('/v1/desk/insights')) return { rows: [insight], ...none };
          return hostileStore(request) ?? withQuality(request);
        },
      });
      expect(text()).toContain('<img src=x');
      expect(root.querySelectorAll('main img, main script, main strong').length).toBe(0);
      expect(
        [...root.querySelectorAll('a')].filter((each) => /^javascript:/i.test(each.getAttribute('href') ?? '')),
      ).toEqual([]);
      expect(document.title).not.toBe('1');
      const main = root.querySelector('main')?.textContent ?? '';
      expect(/[\u202a-\u202e\u2066-\u2069]/.test(main)).toBe(false);
    },
  );

  test('each line of the list says what its rate counts, whatever the order', async () => {
    const points = [
      hostilePoint({ title: 'Enough', landed: 20, fellFlat: 4 }),
      hostilePoint({ id: '6f1c1f1e-0000-4000-8000-000000000009', title: 'Too few', landed: 3, fellFlat: 2 }),
    ];
    const { root } = await open('#/talking-points?sort=landed', {
      store: (request) => (request.path === '/v1/desk/talking-points' ? points : hostileStore(request)),
    });
    const lines = [...root.querySelectorAll('.point-list .entry')].map((each) => each.textContent ?? '');
    expect(lines[0]).toMatch(/83\s%.*20 of 24 landed/);
    expect(lines[1]).toMatch(/5 of 20 told — not enough yet/);
    expect(lines[1]).not.toContain('%');
  });

  test('J and K go through the list as it is drawn: found by its words, in its order, those that are live first', async () => {
    const titled = (title: string, at: number, facts: object = {}) =>
      hostilePoint({ id: `6f1c1f1e-0000-4000-8000-00000000001${at}`, title, text: 'Ask.', ...facts });
    const points = [
      titled('Yard', 1, { state: 'ended', endedAt: '2026-11-02T10:00:00.000Z' }),
      titled('Zinc', 2),
      titled('Mill', 3),
      titled('Other', 4),
    ];
    const { root } = await open('#/talking-points?sort=title&find=i', {
      store: (request) => (request.path === '/v1/desk/talking-points' ? points : hostileStore(request)),
    });
    const seen = [...root.querySelectorAll('.point-list .entry b, .point-list .entry .cut.space')].map(
      (each) => each.textContent,
    );
    const selected = () => root.querySelector('.point-list .entry[aria-current=true]')?.textContent ?? '';
    const press = (key: string) => act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key })));
    expect(seen.filter((each) => each === 'Mill' || each === 'Zinc')).toEqual(['Mill', 'Zinc']);
    await press('k');
    expect(selected()).toContain('Mill');
    await press('j');
    expect(selected()).toContain('Zinc');
    await press('j');
    expect(selected()).toContain('Zinc');
  });

  test('a talking point of 50,000 characters is refused at its field, with how many are too many, and is not pushed', async () => {
    const { root, text, asked, desk } = await open('#/talking-points?point=new');
    const fill = (selector: string, value: string) =>
      act(async () => {
        const field = root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
        if (field) field.value = value;
        field?.dispatchEvent(new Event('input', { bubbles: true }));
      });
    await fill('.words input', 'Torqline ends');
    await fill('.words textarea', 'x'.repeat(50_000));
    expect(root.querySelector('.words textarea')?.getAttribute('aria-invalid')).toBe('true');
    expect(text()).toContain('49720');
    await act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true })));
    expect(asked.some(({ method, path }) => method === 'POST' && path === '/v1/desk/talking-points')).toBe(false);
    void desk;
  });

  test('an older store that does not know a condition is pushed nothing, and the page says which', async () => {
    const old = {
      ...nobody,
      accounts: 9,
      contacts: 9,
      reps: 1,
      remedy: null,
      steps: nobody.steps.map((step) => ({ ...step, accounts: 9 })),
    };
    const kept = {
      title: 'Torqline ends',
      text: 'Ask.',
      audience: { segments: [], tiers: [], stages: [], activeDays: null, territories: ['North'] },
    };
    const { root, text, asked, shelf, desk } = await open('#/people', {
      store: ({ path }) => (path === '/v1/desk/reach' ? old : undefined),
    });
    shelf.set('draft:new', JSON.stringify(kept));
    await act(async () => desk.address.go('talking-points', { point: 'new' }));
    await act(settle);
    expect(text()).toContain('does not know these conditions: Territory');
    expect([...root.querySelectorAll('button')].find((each) => each.textContent?.includes('Push to'))?.disabled).toBe(
      true,
    );
    await act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true })));
    expect(asked.some(({ method, path }) => method === 'POST' && path === '/v1/desk/talking-points')).toBe(false);
  });

  test('what is typed outlives the page', async () => {
    const { root, shelf } = await open('#/talking-points?point=new');
    const title = root.querySelector<HTMLInputElement>('.words input');
    await act(async () => {
      if (!title) return;
      title.value = 'Torqline ends';
      title.dispatchEvent(new Event('input', { bubbles: true }));
    });
    expect(shelf.get('draft:new')).toContain('Torqline ends');
  });
});

describe('today', () => {
  const failed = (id: string) => ({
    ...{
      id,
      fileName: `${id}.csv`,
      state: 'failed',
      dryRun: false,
      format: null,
      mapping: null,
      zone: 'UTC',
      bytes: 1,
      bytesRead: 1,
    },
    ...{
      rowsRead: 0,
      rows: 0,
      rowsPerSecond: null,
      waitingRows: 0,
      errorCount: 0,
      errors: [],
      failure: 'It has no columns.',
    },
    ...Object.fromEntries(
      ['accounts', 'contacts', 'touches', 'planned', 'opportunities'].map((each) => [
        each,
        { added: 0, changed: 0, unchanged: 0 },
      ]),
    ),
    ...{
      startedAt: new Date().toISOString(),
      finishedAt: null,
      by: 'Ines Okafor',
      canUndo: false,
      undoneAt: null,
      undoneBy: null,
    },
  });
  const ids = ['6f1c1f1e-0000-4000-8000-00000000000a', '6f1c1f1e-0000-4000-8000-00000000000b'];
  const insights = { rows: [], matching: 0, all: 0, reps: 0, accounts: 0, kinds: [], methods: [] };

  test('goes by keys: J and K move, Z and E put a line off and say so, the notice brings it back, Enter opens it', async () => {
    const { root, desk, shelf, text } = await open('#/today', {
      store: (request) => {
        if (request.path === '/v1/imports') return ids.map(failed);
        return request.path.startsWith('/v1/desk/insights') ? insights : withQuality(request);
      },
    });
    const press = (key: string) =>
      act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
    const selected = () => root.querySelector('.todo[aria-current]')?.textContent ?? '';
    await press('j');
    expect(selected()).toContain(ids[0]);
    await press('j');
    expect(selected()).toContain(ids[1]);
    expect(desk.address.place.value.params['line']).toBe(`failed-${ids[1]}`);
    await press('k');
    await press('z');
    expect(text()).not.toContain(`${ids[0]}.csv`);
    expect(selected()).toContain(ids[1]);
    expect(shelf.get('today-put-off')).toContain(ids[0]);
    await act(async () => desk.notice.value?.undo?.());
    expect(text()).toContain(`${ids[0]}.csv`);
    await press('Enter');
    expect(desk.address.place.value).toEqual({ page: 'sources', params: { import: ids[1] } });
  });
});

describe('sources', () => {
  const none = { added: 0, changed: 0, unchanged: 0 };
  const imported = (facts: object) => ({
    id: crypto.randomUUID(),
    fileName: 'fair.csv',
    state: 'done',
    dryRun: false,
    format: 'touches',
    mapping: null,
    zone: 'Europe/Berlin',
    bytes: 100,
    bytesRead: 100,
    rowsRead: 8,
    rows: 8,
    rowsPerSecond: null,
    accounts: none,
    contacts: none,
    touches: { added: 8, changed: 0, unchanged: 0 },
    planned: none,
    opportunities: none,
    waitingRows: 0,
    errorCount: 0,
    errors: [],
    failure: null,
    startedAt: '2026-11-20T10:00:00.000Z',
    finishedAt: null,
    by: 'Ines Okafor',
    canUndo: false,
    undoneAt: null,
    undoneBy: null,
    ...facts,
  });
  const show = async (...imports: object[]) => {
    const page = await open('#/sources', {
      store: ({ path }) => ({ '/v1/imports': imports, '/v1/imports/mappings': [] })[path],
    });
    const press = (name: string) =>
      act(async () => {
        const button = [...page.root.querySelectorAll('button')].find((each) => each.textContent === name);
        if (!button) throw new Error(`There is no button ${name}.`);
        button.click();
      });
    return { ...page, press };
  };

  test('an import that runs in the store shows how far it is, whoever began it, and a dry run is no history', async () => {
    const { root, text } = await show(
      imported({ state: 'running', rows: 2 }),
      imported({ fileName: 'tried.csv', dryRun: true }),
    );
    expect(root.querySelector('progress')?.value).toBe(0.25);
    expect(text()).toContain('2 of 8 rows');
    expect(text()).not.toContain('tried.csv');
  });

  test('the history is ordered by its heads and gone through by keys, and the address holds both', async () => {
    const { root, press, desk } = await show(
      imported({ fileName: 'fair.csv', errorCount: 1 }),
      imported({ fileName: 'badges.csv', errorCount: 7 }),
    );
    const key = (name: string) =>
      act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })));
    const files = () => [...root.querySelectorAll('.history tbody button.count')].map((each) => each.textContent);
    const open = () => root.querySelector('.history [aria-expanded=true]');
    const heads = () =>
      [...root.querySelectorAll('.history th[aria-sort]')].map(
        (each) => `${each.querySelector('button')?.textContent?.trim()} ${each.getAttribute('aria-sort')}`,
      );
    expect([files(), heads()]).toEqual([['fair.csv', 'badges.csv'], ['When descending']]);
    await press('Left out ');
    expect([files(), heads()]).toEqual([['badges.csv', 'fair.csv'], ['Left out descending']]);
    await press('File ');
    expect([files(), heads()]).toEqual([['badges.csv', 'fair.csv'], ['File ascending']]);
    expect(desk.address.place.value.params).toEqual({ sort: 'file' });
    await key('j');
    await key('j');
    expect(open()?.textContent).toBe('fair.csv');
    expect(desk.address.place.value.params).toMatchObject({ sort: 'file', import: expect.any(String) });
    await key('Enter');
    expect(document.activeElement).toBe(open());
    await key('k');
    expect(open()?.textContent).toBe('badges.csv');
    await key('Escape');
    expect(open()).toBeNull();
  });

  test('only the last import is offered to be taken back, and it says first what that takes', async () => {
    const { text, press, asked } = await show(imported({ canUndo: true }), imported({ fileName: 'older.csv' }));
    await press('older.csv');
    expect(text()).not.toContain('Take this import back');
    await press('fair.csv');
    await press('Take this import back');
    expect(text()).toContain('8 touches');
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    await press('Take it back');
    expect(asked.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/v1\/imports\/[0-9a-f-]+\/undo$/),
    ]);
  });

  test('rows that wait say for which table', async () => {
    const waitingFor = 'Import Marketo’s leads.';
    const { text, press } = await show(imported({ format: 'marketo_activities', waitingRows: 3, waitingFor }));
    expect(text()).toContain('3 wait');
    await press('fair.csv');
    expect(text()).toContain(waitingFor);
  });

  test('an import that was taken back says by whom', async () => {
    const { text, press } = await show(
      imported({ state: 'undone', undoneAt: '2026-11-20T11:00:00.000Z', undoneBy: 'Tomas Lind' }),
    );
    await press('fair.csv');
    expect(text()).toContain('Taken back by Tomas Lind');
  });
});

describe('settings', () => {
  const store = ({ path }: StoreRequest) =>
    path === '/v1/desk/settings' ? { panelSides: { linkedin: 'side' } } : undefined;

  test('are read by a marketer in words, without anything to press', async () => {
    const { root, text } = await open('#/settings', { store });
    expect(text()).toContain('In the browser’s side panel');
    expect(root.querySelectorAll('main button')).toHaveLength(0);
  });

  test('are changed by an admin, and what is chosen is told to who does not see it', async () => {
    const { root, asked } = await open('#/settings', { role: 'admin', store });
    const group = root.querySelector('fieldset[aria-label="Where the panel stands on LinkedIn"]');
    const buttons = [...(group?.querySelectorAll('button') ?? [])];
    expect(buttons.map((each) => each.getAttribute('aria-pressed'))).toEqual(['false', 'false', 'true']);
    await act(async () => buttons[0]?.click());
    expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ panelSides: { linkedin: null } });
  });

  test('take the company’s own domains on and off by name', async () => {
    const own = (request: StoreRequest) =>
      request.path === '/v1/desk/settings' ? { panelSides: {}, ownDomains: ['kestrel-labs.example'] } : undefined;
    const { root, asked, text } = await open('#/settings', { role: 'admin', store: own });
    expect(text()).toContain('kestrel-labs.example');
    const field = root.querySelector<HTMLInputElement>('input[aria-label="Another domain of your company"]');
    await act(async () => {
      if (field) field.value = 'kestrel.test';
      field?.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await act(async () => field?.form?.requestSubmit());
    await act(async () => root.querySelector<HTMLElement>('[aria-label="Take off kestrel-labs.example"]')?.click());
    expect(asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([
      { ownDomains: { 'kestrel.test': true } },
      { ownDomains: { 'kestrel-labs.example': null } },
    ]);
  });
});

describe('sites', () => {
  const kestrel = {
    ...{ id: 'own-kestrel', name: 'Kestrel CRM', hosts: ['crm.kestrel.example'] },
    rule: {
      system: 'kestrel',
      records: [{ object: 'contact', isCompany: false, urls: ['/people/{id}'] }],
      fields: { email: ['a.mail'] },
    },
  };
  const settings = {
    panelSides: {},
    sites: { off: ['hubspot'], hosts: { odoo: ['erp.kestrel.example'] }, own: [kestrel] },
  };
  const store = ({ path }: StoreRequest) => (path === '/v1/desk/settings' ? settings : undefined);
  const rowOf = (root: Element, name: string) =>
    [...root.querySelectorAll('tbody tr')].find((row) => row.querySelector('th')?.textContent?.startsWith(name));
  const buttonOf = (root: Element | undefined, name: string) =>
    [...(root?.querySelectorAll('button') ?? [])].find((each) =>
      (each.getAttribute('aria-label') ?? each.textContent)?.trim().startsWith(name),
    );
  const type = (root: Element, label: string, text: string) =>
    act(async () => {
      const holder = [...root.querySelectorAll('label')].find((each) => each.textContent?.trim().startsWith(label));
      const field = holder?.querySelector<HTMLTextAreaElement>('input, textarea');
      if (field) field.value = text;
      field?.dispatchEvent(new Event('input', { bubbles: true }));
    });

  test('are read by a marketer in words: what is off, whose hosts, and how a rule reads', async () => {
    const { root } = await open('#/settings', { store });
    expect(rowOf(root, 'HubSpot')?.textContent).toContain('Off for everybody');
    expect(rowOf(root, 'Odoo')?.textContent).toContain('erp.kestrel.example');
    expect(rowOf(root, 'Kestrel CRM')?.textContent).toContain('Reads records at /people/{id}: the e-mail address.');
    expect(root.querySelectorAll('main button')).toHaveLength(0);
  });

  test('of one’s own are removed by an admin at once, with a way back that brings them whole', async () => {
    const { root, asked, desk } = await open('#/settings', { role: 'admin', store });
    await act(async () => buttonOf(rowOf(root, 'Kestrel CRM'), 'Remove')?.click());
    await act(settle);
    await act(async () => desk.notice.value?.undo?.());
    const { id, ...body } = kestrel;
    const [first, second] = asked.filter(({ method }) => method === 'PATCH').map((request) => request.body);
    expect(first).toEqual({ sites: { own: { [id]: null } } });
    expect(second).toMatchObject({ sites: { own: { [id]: body } } });
  });

  test('take no host that another site has', async () => {
    const { root, asked } = await open('#/settings', { role: 'admin', store });
    const odoo = rowOf(root, 'Odoo');
    await act(async () => buttonOf(odoo, 'Add a host')?.click());
    await type(odoo as Element, 'Host of Odoo', 'https://crm.kestrel.example/x');
    await act(async () => buttonOf(odoo, 'Add')?.closest('td')?.querySelector('form')?.requestSubmit());
    expect(odoo?.textContent).toContain('crm.kestrel.example belongs to Kestrel CRM already.');
    expect(asked.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  test('are not saved with a fault, which stands at its field; one of the store’s as well, and what was written stays', async () => {
    const refusal = { type: 'x', title: 'x', status: 422, errors: [{ path: '', message: 'is too wide' }] };
    const { root, asked, text } = await open('#/settings', {
      role: 'admin',
      store: ({ method, path, body }) => {
        if (method !== 'PATCH') return store({ method, path });
        const [id = ''] = Object.keys((body as { sites: { own: object } }).sites.own);
        return { ...refusal, errors: [{ path: `sites.own.${id}.hosts.0`, message: 'is too wide' }] };
      },
    });
    await act(async () => buttonOf(root, 'Describe another site')?.click());
    await act(async () => root.querySelector('form')?.requestSubmit());
    expect(text()).toContain('What do people call it?');
    expect(text()).toContain('At which address does such a record stand?');
    await type(root, 'Name', 'Merlin');
    await type(root, 'Hosts', 'crm.merlin.example');
    await type(root, 'Addresses', 'people/{id}');
    expect(text()).toContain('“people/{id}” is no address with named parts');
    expect(asked.some(({ method }) => method === 'PATCH')).toBe(false);
    await type(root, 'Addresses', '/people/{id}');
    await act(async () => root.querySelector('form')?.requestSubmit());
    await act(settle);
    expect(text()).toContain('“crm.merlin.example” is too wide.');
  });
});

test('every word of the Desk is in the language file', () => {
  const known = new Set(Object.keys(shippedWords));
  const files = globSync(['components/desk/**/*.tsx', 'utils/view/desk/*.ts']);
  const used = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'(desk_[a-z_0-9]+)'/g)].map((match) => match[1] ?? ''),
  );
  expect(used.length).toBeGreaterThan(150);
  expect(used.filter((key) => !known.has(key) && !known.has(`${key}_other`))).toEqual([]);
});
