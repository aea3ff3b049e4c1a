// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Funnel, type FunnelFigures, funnelSchema } from '#contract/funnel.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { wilsonInterval } from '../../../utils/scoring/wilson.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import { createFunnel, figuresOf, rateSegments } from '../../../utils/view/desk/funnel.ts';
import { FunnelPage } from './FunnelPage.tsx';

beforeAll(provideShippedWords);
const root = document.createElement('div');
document.body.append(root);
afterEach(() => render(null, root));

const asOf = '2026-11-20T12:00:00.000Z';
const figures = (more: Partial<FunnelFigures>): FunnelFigures => ({
  ...{ there: 0, late: null, entered: 0, firstSeen: 0, wentOn: 0, whole: 0, median: null, p75: null },
  ...more,
});
const stage = (name: string, targetDays: number | null = null) => ({
  ...{ name, targetDays, definition: 'As agreed.', side: 'marketing' as const },
});
const hostile = '<img src=x onerror=alert(1)>\u202eDeal';
const funnel: Funnel = funnelSchema.parse({
  asOf,
  since: '2026-08-01T00:00:00.000Z',
  isAgreed: true,
  stages: [stage('MQL', 14), stage('SAL'), stage(hostile)],
  all: [
    figures({
      ...{ there: 40, late: 12, entered: 96, firstSeen: 30, wentOn: 61, whole: 50 },
      ...{ median: { days: 9.46, isAtLeast: false }, p75: { days: 21.4, isAtLeast: true } },
    }),
    figures({
      there: 3,
      entered: 19,
      wentOn: 5,
      median: { days: 3, isAtLeast: false },
      p75: { days: 4, isAtLeast: false },
    }),
    figures({ there: 2, entered: 24, median: { days: 3, isAtLeast: true }, p75: { days: 9, isAtLeast: true } }),
  ],
  segments: [
    { segment: 'Mill', accounts: 30, figures: [figures({ entered: 40, wentOn: 36 }), figures({}), figures({})] },
    { segment: null, accounts: 10, figures: [figures({ entered: 37, wentOn: 20 }), figures({}), figures({})] },
    { segment: 'Foundry', accounts: 5, figures: [figures({ entered: 19, wentOn: 5 }), figures({}), figures({})] },
  ],
  outside: [{ stage: 'Recycled', there: 4 }],
});

const accounts = {
  asOf,
  targetDays: 14,
  matching: 2,
  rows: [
    { name: 'Kestrel Foundry', segment: 'Mill', since: '2026-10-01T12:00:00.000Z', isFirstSeen: true },
    { name: hostile, segment: null, since: '2026-11-01T11:00:00.000Z', isFirstSeen: false },
  ].map((row, index) => ({ ...row, id: `018f2d1c-1111-4222-8333-44445555666${index}`, tier: 1, owner: null })),
};

/** The page at an address. Answers what it asked for. */
async function show(hash: string, answer: unknown = funnel) {
  const asked: string[] = [];
  let address = hash;
  const desk = createDesk(
    {
      async callStore({ path }: { path: string }) {
        asked.push(path);
        return { status: 200, body: path.includes('/accounts') ? accounts : answer };
      },
      bar: {
        read: () => address,
        write(next: string) {
          address = next;
        },
        onChange: () => undefined,
      },
    } as unknown as DeskTools,
    'funnel',
  );
  const model = createFunnel(desk);
  const draw = () => act(() => render(<FunnelPage desk={desk} model={model} />, root));
  await draw();
  await act(async () => void (await new Promise((done) => setTimeout(done, 20))));
  const press = async (name: string) => {
    const button = [...root.querySelectorAll<HTMLElement>('button, a')].find((each) => each.textContent === name);
    await act(async () => void button?.click());
    await act(async () => void (await new Promise((done) => setTimeout(done, 20))));
  };
  const key = (name: string) =>
    act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key: name, cancelable: true })));
  return { asked, press, key, address: () => address, text: () => root.textContent ?? '' };
}

const percent = (share: number) => Math.round(share * 100);

describe('the picture', () => {
  test('says in its name every stage with count, rate, interval and days; without a rate below 20', async () => {
    await show('#/funnel');
    const name = root.querySelector('svg[role=img]')?.getAttribute('aria-label') ?? '';
    const { low, high } = wilsonInterval(61, 96);
    expect(name).toContain(`MQL: 96 entered, 61 of 96 went on, 64\u00a0% (${percent(low)}–${percent(high)})`);
    expect(name).toContain('half within 9.5 days, three quarters within at least 21;');
    expect(name).toContain('SAL: 19 entered, 19 of 20 — not enough yet');
    expect(name).toContain('the last stage');
    expect(name).not.toContain('\u202e');
  });

  test('draws bars from 0 to scale, and of each the part that went on', async () => {
    await show('#/funnel');
    const widths = (selector: string) =>
      [...root.querySelectorAll(`svg.chart rect${selector}`)].map((bar) => Number(bar.getAttribute('width')));
    const [mql = 0, sal = 0, deal = 0] = widths('.bar:not(.loud):not(.fill)').filter((width) => width > 40);
    expect(sal / mql).toBeCloseTo(19 / 96);
    expect(deal / mql).toBeCloseTo(24 / 96);
    expect((widths('.bar.loud')[0] ?? 0) / mql).toBeCloseTo(61 / 96);
    expect(widths('.bar.loud')).toHaveLength(2);
  });

  test('has the same figures in a table, and nothing that was typed does anything', async () => {
    await show('#/funnel');
    const rows = [...root.querySelectorAll('table')][0]?.querySelectorAll('tbody tr');
    const cells = [...(rows?.[0]?.querySelectorAll('th,td') ?? [])].map((cell) => cell.textContent);
    expect(cells).toEqual([
      'MQL',
      'marketing',
      '40',
      '12',
      '96 30 first seen',
      '64\u00a0% 61 of 96',
      '54–72',
      '9.5',
      'at least 21',
      '14',
    ]);
    expect(root.querySelector('img')).toBeNull();
    expect(root.textContent).not.toContain('\u202e');
  });
});

describe('the page', () => {
  test('counts lead to the accounts behind them, in the address, and back', async () => {
    const { asked, press, address, text } = await show('#/funnel');
    await press('12');
    expect(address()).toBe('#/funnel?in=MQL');
    expect(asked.at(-1)).toBe('/v1/desk/funnel/accounts?stage=MQL&only=late&order=longest');
    expect(text()).toContain('at least 50 days');
    expect(text()).toContain('19 days');
    await press('40');
    expect(address()).toBe('#/funnel?in=MQL&only=all');
  });

  test('accounts go by J and K, in the address, and Enter leads to what was heard there', async () => {
    const { key, address } = await show('#/funnel?in=MQL&only=all');
    const selected = () => root.querySelector('tr.selected.funnel-account')?.textContent ?? '';
    await key('j');
    expect(selected()).toContain('Kestrel Foundry');
    expect(address()).toBe(`#/funnel?account=${accounts.rows[0]?.id}&in=MQL&only=all`);
    await key('j');
    await key('j');
    expect(selected()).toContain('Deal');
    await key('k');
    await key('Enter');
    expect(address()).toBe(`#/insights?account=${accounts.rows[0]?.id}`);
  });

  test('Enter on a link or a button is that thing’s own, whatever is selected', async () => {
    const { key, address } = await show('#/funnel?in=MQL&only=all');
    await key('j');
    const before = address();
    const link = root.querySelector<HTMLElement>('tbody .count');
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    await act(async () => void link?.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(false);
    expect(address()).toBe(before);
  });

  test('period and segment are in the address and are what is asked and shown', async () => {
    const { asked, text } = await show('#/funnel?days=all&segment=Foundry&in=MQL');
    expect(asked).toEqual([
      '/v1/desk/funnel',
      '/v1/desk/funnel/accounts?stage=MQL&only=late&order=longest&segment=Foundry',
    ]);
    expect(text()).toContain('19 of 20 — not enough yet');
    expect(root.querySelector('svg[role=img]')?.getAttribute('aria-label')).not.toContain('61 of 96');
    const unsegmented = await show('#/funnel?segment=~&in=SAL');
    expect(unsegmented.asked[1]).toContain('segment=');
    expect(unsegmented.asked[1]).not.toContain('~');
  });

  test('teaches where no account has a stage', async () => {
    const none = { ...funnel, since: null, stages: [], all: [], segments: [], outside: [] };
    expect((await show('#/funnel', none)).text()).toContain('No account has a stage');
  });
});

describe('segments', () => {
  test('stand by their rate, told apart from all by their interval alone; too small ones are last', () => {
    expect(rateSegments(funnel, 'MQL').map(({ segment, standing }) => [segment, standing])).toEqual([
      ['Mill', 'above'],
      [null, 'cannotTell'],
      ['Foundry', null],
    ]);
    expect(rateSegments(funnel, 'SAL')).toEqual([]);
  });

  test('one that nobody is in has nothing in every stage', () => {
    expect(figuresOf(funnel, 'Gone').map((each) => each.figures.entered)).toEqual([0, 0, 0]);
    expect(figuresOf(funnel, 'Gone').map((each) => each.figures.late)).toEqual([0, null, null]);
  });
});
