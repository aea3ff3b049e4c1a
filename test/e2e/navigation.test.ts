import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { mailThreads } from '../fixtures/sites/mail/threads.ts';
import { samplePages } from '../fixtures/sites/routes.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { findCard } from './people/rep.ts';

const browserName = inject('browserName');
const [dana, marek] = [castContact('dana'), castContact('marek')];

let sample: Sample;
let browser: RunningBrowser;

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
  await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

/** Which of the names the panel's heading shows at each frame that is drawn, and at what address; from now on. */
async function record(panel: Frame, names: string[]): Promise<void> {
  await panel.evaluate((sought) => {
    const seen: [string, string[]][] = [];
    Object.assign(window, { seen });
    const note = () => {
      const heading = [...document.querySelectorAll('.who, h1')].map((each) => each.outerHTML).join('');
      seen.push([parent.location.href, sought.filter((name) => heading.includes(name))]);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  }, names);
}

const recorded = (panel: Frame) => panel.evaluate(() => (window as unknown as { seen: [string, string[]][] }).seen);

/** Follows a link that is put on the page for it, as a click on the page's own would. */
const follow = (page: Page, to: string) =>
  page.evaluate((address) => {
    const link = document.createElement('a');
    link.href = address;
    document.querySelector('main, #brandBand, body')?.append(link);
    link.click();
    link.remove();
  }, to);

const threadOf = (email: string) => {
  const found = mailThreads.find(({ messages }) => messages.at(-1)?.from.email === email);
  return samplePages.thread(found?.subject ?? '');
};

const sites: [string, string, string, number][] = [
  ['mail', threadOf(dana.email), threadOf(marek.email), 0],
  ['LinkedIn', samplePages.profile(dana.linkedin ?? ''), samplePages.profile(marek.linkedin ?? ''), 0],
  [
    'LinkedIn, late and in pieces',
    samplePages.profile(dana.linkedin ?? ''),
    samplePages.profile(marek.linkedin ?? ''),
    900,
  ],
  ['the CRM', samplePages.crmContact('dana'), samplePages.crmContact('marek'), 0],
  ['the CRM, late and in pieces', samplePages.crmContact('dana'), samplePages.crmContact('marek'), 900],
];

describe(`moving through a site in ${browserName}`, () => {
  it.each(sites)('shows nobody on another’s page, not for a frame: %s', async (_site, first, second, late) => {
    const page = await browser.newPage(first);
    await page.bringToFront();
    const panel = await findCard(page, dana.name);
    await page.evaluate((milliseconds) => {
      document.documentElement.dataset['late'] = String(milliseconds);
    }, late);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await record(panel, [dana.name, marek.name]);
    await follow(page, second);
    await findCard(page, marek.name, 20_000);
    await new Promise((resolve) => setTimeout(resolve, 300 + late * 5));
    await follow(page, first);
    await findCard(page, dana.name, 20_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const frames = await recorded(panel);
    const isAt = (address: string) => (frame: [string, string[]]) => frame[0].startsWith(address);
    expect(frames.filter(isAt(second)).filter(([, names]) => names.includes(dana.name))).toEqual([]);
    expect(frames.filter(isAt(first)).filter(([, names]) => names.includes(marek.name))).toEqual([]);
    expect(frames.filter(isAt(second)).some(([, names]) => names.includes(marek.name))).toBe(true);
    await page.close();
  });
});
