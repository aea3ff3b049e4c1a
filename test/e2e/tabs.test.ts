import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { sampleHosts, samplePages } from '../fixtures/sites/routes.ts';
import { findPanel, named } from './harness/panel.ts';
import { findBuild } from './harness/sample.ts';
import { serveSampleSites } from './harness/sample-sites.ts';
import { flipSwitch } from './harness/settle.ts';
import type { Sites } from './harness/sites.ts';
import { allowInPage } from './people/connect.ts';
import { waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const build = findBuild(browserName);

let sites: Sites;
let browser: RunningBrowser;
let mailbox: Page;
let profile: Page;

/** How many frames of ours stand in a page: the sample pages have none of their own. */
const countPanels = (page: Page) => page.frames().length - 1;

/** The panel of a browser that is not connected yet, in a tab that a person comes back to. */
async function findFirstRun(page: Page): Promise<Frame> {
  await page.bringToFront();
  return findPanel(page, named('Connect to your company’s store', 'heading'));
}

/** Marks the document, so that a reload would be found out. */
const mark = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.dataset['mark'] = 'not reloaded';
  });
const isMarked = (page: Page) => page.evaluate(() => document.documentElement.dataset['mark'] === 'not reloaded');

/** Switches a site by its switch in Options, as a person does. */
async function switchSite(name: string): Promise<void> {
  const options = await browser.openExtensionPage('options.html');
  await flipSwitch(options, name);
  await options.close();
}

/** Waits until Options stands open in a tab: it comes to the front when Baton is installed, and leaves other tabs hidden. */
async function waitForOptions(): Promise<void> {
  const addresses = async () => {
    const pages = await browser.browser.pages();
    return Promise.all(pages.map((page) => page.evaluate(() => location.href).catch(() => '')));
  };
  await expect.poll(addresses).toContainEqual(expect.stringMatching(/options\.html$/));
}

/** What the notice says that needs no script, so long after the last sign of life; null while it does not show. */
const readNotice = (panel: Frame, milliseconds: number) =>
  panel.evaluate((time) => {
    for (const animation of document.getAnimations()) animation.currentTime = time;
    const notice = document.querySelector('.last-word');
    if (notice === null || getComputedStyle(notice).visibility === 'hidden') return null;
    return notice.querySelector('[data-t]')?.getAttribute('data-t') ?? null;
  }, milliseconds);

beforeAll(async () => {
  sites = await serveSampleSites();
  browser = await launchBrowser(browserName, { extension: build, hosts: sampleHosts, sitesPort: sites.port });
  // Installed and taken off again: so the addresses of its pages are known, and the tabs are there before it is.
  await browser.browser.uninstallExtension(browser.extensionId);
  mailbox = await browser.newPage(samplePages.thread('Line 3 stoppages and next year’s plan'));
  profile = await browser.newPage(samplePages.profile('priya-raman-plants'));
  await Promise.all([mark(mailbox), mark(profile)]);
});

afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

describe(`tabs in ${browserName}`, () => {
  it('that were open before Baton was installed get the panel without a reload', async () => {
    expect([countPanels(mailbox), countPanels(profile)]).toEqual([0, 0]);
    await browser.browser.installExtension(build);
    await waitForOptions();
    await findFirstRun(mailbox);
    const options = await browser.openExtensionPage('options.html');
    await options.waitForSelector(named('LinkedIn', 'switch'));
    await allowInPage(options);
    await options.close();
    await findFirstRun(profile);
    expect([await isMarked(mailbox), await isMarked(profile)]).toEqual([true, true]);
  });

  it('of one site lose the panel at once when it is switched off, those of another keep it', async () => {
    await switchSite('LinkedIn');
    await expect.poll(() => countPanels(profile)).toBe(0);
    expect(countPanels(mailbox)).toBe(1);
    const later = await browser.newPage(samplePages.profile('dana-ortiz-41b'));
    // A page of the other site that came later still has its panel: this one would have.
    const other = await browser.newPage(samplePages.thread('Line 3 stoppages and next year’s plan'));
    await findFirstRun(other);
    expect(countPanels(later)).toBe(0);
    await other.close();
    await later.close();
    await switchSite('LinkedIn');
    await findFirstRun(profile);
    expect(await isMarked(profile)).toBe(true);
  });

  it('whose extension is taken off say so, still work, and are clean after a reload', async () => {
    const panel = await findFirstRun(mailbox);
    await browser.browser.uninstallExtension(browser.extensionId);
    await mailbox.focus('h2');
    await mailbox.keyboard.press('u');
    await expect.poll(() => mailbox.evaluate(() => location.hash)).toBe('#inbox');
    if (browserName === 'chromium') {
      await waitForWords(panel, 'Baton was updated or removed.', 30_000);
      await Promise.all([mailbox.waitForNavigation(), panel.locator(named('Reload', 'button')).click()]);
    } else {
      // Firefox ends an add-on's scripts with it: what is left to say stands in the panel, behind an animation that nobody puts off any more.
      expect(await readNotice(panel, 0)).toBe(null);
      expect(await readNotice(panel, 50_000)).toBe('Baton was updated or removed. Reload this page to go on.');
      await mailbox.reload({ waitUntil: 'load' });
    }
    expect([await isMarked(mailbox), countPanels(mailbox)]).toEqual([false, 0]);
  });
});
