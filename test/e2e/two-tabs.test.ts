import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
type Value = 'Weak' | 'Strong';

let sample: Sample;
let browser: RunningBrowser;
let tabs: { page: Page; panel: Frame }[];

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
  await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
  tabs = [await openTab(), await openTab()];
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

async function openTab(): Promise<{ page: Page; panel: Frame }> {
  const page = await openMailbox(browser);
  await openThread(page, 'Line 3 stoppages');
  return { page, panel: await findCard(page, 'Dana Ortiz') };
}

/** As a person does who comes to the tab: it shows what was said in the other one before they say something else. */
async function clickIn(tab: number, value: Value): Promise<void> {
  const { page, panel } = tabs[tab] as (typeof tabs)[number];
  await page.bringToFront();
  await panel.waitForSelector(`::-p-aria(${value}[role="button"]):not([aria-pressed=true])`, { timeout: 30_000 });
  await press(panel, value);
}

async function expectBoth(value: Value, receipt: string): Promise<void> {
  for (const { page, panel } of tabs) {
    await page.bringToFront();
    await panel.waitForSelector(`::-p-aria(${value}[role="button"])[aria-pressed=true]`, { timeout: 30_000 });
    await waitForWords(panel, receipt, 30_000);
  }
}

const readVerdicts = async () => {
  const rows = await sample.store.sql<{ value: string }>(
    'select value from verdict where undone_at is null order by at',
  );
  return rows.map(({ value }) => value);
};

describe(`two tabs on one person in ${browserName}`, () => {
  it('show the same after a click in either', async () => {
    await clickIn(0, 'Weak');
    await expectBoth('Weak', 'Sent');
    await clickIn(1, 'Strong');
    await expectBoth('Strong', 'Sent');
    expect(await readVerdicts()).toEqual(['weak', 'strong']);
  });

  it('have one queue: what is clicked in both while the store is away shows in both, and arrives once, in the order of the clicks', async () => {
    await sample.store.kill();
    await clickIn(0, 'Weak');
    await clickIn(1, 'Strong');
    await clickIn(0, 'Weak');
    await expectBoth('Weak', 'Saved here');
    await sample.store.restart();
    await expect.poll(readVerdicts, { timeout: 60_000 }).toEqual(['weak', 'strong', 'weak', 'strong', 'weak']);
    await expectBoth('Weak', 'Sent');
  });
});
