import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { wilsonInterval } from '../../utils/scoring/wilson.ts';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { marketer, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { inventPast, way } from './people/past-stages.ts';

const browserName = inject('browserName');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
/** The store looks after what is due every half minute. */
const upkeepMs = 60_000;

let sample: Sample;
let browser: RunningBrowser;
let desk: Page;

beforeAll(async () => {
  sample = await startSample();
  const { store } = sample;
  await inventPast(store);
  // The workspace was there last month, and something was heard in it.
  await store.sql(`update workspace set created_at = now() - interval '70 days'`);
  await store.sql(`
    insert into insight (workspace_id, id, account_id, member_id, text, quote, kind, method, at, claimed_at, swot)
    select a.workspace_id, gen_random_uuid(), a.id, gen_random_uuid(), 'Set-up takes a season.', 'We lost <b>a season</b> to it.', 'customer', 'interview',
      date_trunc('month', now() at time zone 'UTC') - interval '10 days', now(), 'threat' from account a where a.name = 'Brightforge'`);
  browser = await sample.launch(browserName, { viewport: { width: 1440, height: 1000 } });
  await connect(browser, await store.invite('admin', marketer.email), marketer.name);
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

/** Which rules of accessibility the page breaks, and where. */
async function listFaults(): Promise<string[]> {
  await desk.evaluate(axe);
  const faults = await desk.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes.map((node) => node.target).join(' ')))`,
  );
  return faults as string[];
}

const readHash = () => desk.evaluate(() => location.hash);
const percent = (share: number) => `${Math.round(share * 100)}`;

describe('the funnel', () => {
  it('draws what the database holds: entered, went on with interval, and who is there now', async () => {
    desk = await openDesk(browser, 'funnel', 'Funnel');
    const counted = await sample.store.sql<{ stage: string; entered: number; went_on: number; there: number }>(
      `select s.stage, count(*)::int as entered, count(*) filter (where s.until_at is not null)::int as went_on,
        count(*) filter (where s.until_at is null)::int as there from account_stage s where s.stage = any($1::text[]) group by s.stage`,
      [[...way]],
    );
    const inquiry = counted.find(({ stage }) => stage === 'Inquiry');
    if (!inquiry) throw new Error('The sample has nobody in the first stage.');
    const { entered, went_on: wentOn, there } = inquiry;
    const { low, high } = wilsonInterval(wentOn, entered);
    await waitForText(desk, `${wentOn} of ${entered} went on (${percent(low)}–${percent(high)})`);
    const name = await desk.evaluate(() => document.querySelector('svg[role=img]')?.getAttribute('aria-label') ?? '');
    for (const each of counted) expect(name).toContain(`${each.stage}: ${each.entered} entered`);
    const cells = await desk.evaluate(() =>
      [...(document.querySelector('tbody tr')?.children ?? [])].map((each) => each.textContent ?? ''),
    );
    expect(cells.slice(0, 2)).toEqual(['Inquiry', String(there)]);
    expect(cells[2]).toMatch(new RegExp(`^${entered} \\d+ first seen$`));
  });

  it('leads from a count to the accounts behind it, by an address that opens the same again', async () => {
    const [{ there = 0 } = {}] = await sample.store.sql<{ there: number }>(
      `select count(*)::int as there from account where stage = 'MQL'`,
    );
    const row = `::-p-xpath(//tbody/tr[th[normalize-space(.)="MQL"]]//button[normalize-space(.)="${there}"])`;
    await desk.locator(row).click();
    await desk.waitForSelector(named('In MQL', 'heading'));
    expect(await readHash()).toBe('#/funnel?in=MQL&only=all');
    const listed = () => desk.evaluate(() => document.querySelectorAll('tr.funnel-account').length);
    await desk.waitForFunction(() => document.querySelectorAll('tr.funnel-account').length > 0);
    expect(await listed()).toBe(there);
    await desk.reload();
    await desk.waitForSelector(named('In MQL', 'heading'));
    await desk.waitForFunction(() => document.querySelectorAll('tr.funnel-account').length > 0);
    expect(await listed()).toBe(there);
  });

  it('is filtered by segment in the address, and Back undoes it', async () => {
    await desk.waitForSelector(named('Segment', 'combobox'));
    await desk.select('select[aria-label="Segment"]', 'Logistics and ports');
    await desk.waitForFunction(() => location.hash.includes('segment=Logistics'));
    await waitForText(desk, 'not enough yet');
    await desk.goBack();
    await desk.waitForFunction(() => !location.hash.includes('segment='));
  });

  it('has no fault of accessibility, in light and dark', async () => {
    for (const value of ['light', 'dark']) {
      if (browserName === 'chromium') await desk.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      expect(await listFaults(), value).toEqual([]);
    }
  });
});

describe('last month’s digest', () => {
  it('is kept by the store itself, told in Today, and opens as it stood', async () => {
    await desk.evaluate(() => {
      location.hash = '#/today';
    });
    await waitForText(desk, 'is kept', upkeepMs);
    await desk.locator('::-p-xpath(//li[contains(., "is kept")]//a[contains(., "Read")])').click();
    await waitForText(desk, 'by the store, as it stood then');
    await waitForText(desk, 'We lost <b>a season</b> to it.');
    expect(await readHash()).toMatch(/^#\/insights\?kept=[0-9a-f-]{36}$/);
    expect(await listFaults()).toEqual([]);
  });

  it('stays as it stood when what was said is taken back; the view of now does not hold it any more', async () => {
    await sample.store.sql(`update insight set withdrawn_at = now() where text = 'Set-up takes a season.'`);
    await desk.reload();
    await waitForText(desk, 'We lost <b>a season</b> to it.');
    await desk.locator('::-p-xpath(//a[contains(., "As it is now")])').click();
    await waitForText(desk, 'Nothing was heard in this period');
  });

  it('is set right by hand in itself alone, and says by whom', async () => {
    await desk.locator('::-p-xpath(//ul[contains(@class, "kept")]//a)').click();
    await desk.locator(named('Move lines', 'button')).click();
    await desk.waitForSelector('select[aria-label^="Among strengths"]');
    await desk.select('select[aria-label^="Among strengths"]', 'opportunity');
    await waitForText(desk, `Moved from Threats to Opportunities by ${marketer.name}`);
    expect(await listFaults()).toEqual([]);
  });
});
