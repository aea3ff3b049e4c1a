import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { findBuild, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const build = findBuild(browserName);
const collapse = '::-p-aria([name="Collapse the panel (Alt+B)"])';

let sample: Sample;
let browser: RunningBrowser;
let options: Page;
let page: Page;
let panel: Frame;

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
  options = await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

beforeEach(async () => {
  page = await openMailbox(browser);
  await openThread(page, 'Line 3 stoppages');
  panel = await findCard(page, 'Dana Ortiz');
});

afterEach(async () => {
  await page?.close();
});

/** What the panel does to the page: the root's margin in CSS pixels, how many elements it added, whether it has the focus. */
function readPage(): Promise<{ margin: string; hosts: number; isFocused: boolean }> {
  return page.evaluate(() => {
    const host = document.documentElement.querySelector(':scope > div');
    return {
      margin: document.documentElement.style.marginRight,
      hosts: document.documentElement.querySelectorAll(':scope > div').length,
      isFocused: document.activeElement === host && host !== null,
    };
  });
}

interface ExtensionApi {
  tabs: {
    query(filter: { url: string }): Promise<{ id?: number }[]>;
    sendMessage(tabId: number, message: unknown, options: { frameId: number }): Promise<unknown>;
  };
}

/** What Alt+B does, which no test can press: the browser keeps it for itself. */
async function pressAltB(): Promise<void> {
  await options.evaluate(async () => {
    const { browser, chrome } = globalThis as unknown as { browser?: ExtensionApi; chrome: ExtensionApi };
    const api = browser ?? chrome;
    const tabs = await api.tabs.query({ url: 'https://mail.google.com/*' });
    for (const { id } of tabs)
      if (id !== undefined) await api.tabs.sendMessage(id, { baton: 1, event: 'panelToggled' }, { frameId: 0 });
  });
}

/**
 * Presses a button of the panel that stays, and waits for the words. A new version's reader may come twice in Chromium, and its second panel takes the place of
 * the first: whoever pressed that one looks for the next.
 */
async function pressInLast(button: string, words: string): Promise<void> {
  panel = await findCard(page, 'Dana Ortiz');
  try {
    await panel.locator(named(button, 'button')).click();
    await waitForWords(panel, words);
  } catch (error) {
    if (!panel.detached) throw error;
    await pressInLast(button, words);
  }
}

describe(`the panel on a page in ${browserName}`, () => {
  it('pushes the page, and leaves it as it was when folded away; the site remembers', async () => {
    expect(await readPage()).toEqual({ margin: '340px', hosts: 1, isFocused: false });
    await panel.locator(collapse).click();
    await expect.poll(readPage).toMatchObject({ margin: '', hosts: 1 });
    await page.reload();
    await expect.poll(readPage).toMatchObject({ margin: '', hosts: 1 });
    await pressAltB();
    await expect.poll(readPage).toMatchObject({ margin: '340px' });
    panel = await findCard(page, 'Dana Ortiz');
  });

  it('by its key opens and takes the focus, and folds away and gives the focus back', async () => {
    await pressAltB();
    await expect.poll(readPage).toMatchObject({ margin: '' });
    await page.focus('input[type=search]');
    await pressAltB();
    await expect.poll(readPage).toMatchObject({ margin: '340px', isFocused: true });
    await pressAltB();
    await expect.poll(readPage).toMatchObject({ margin: '', isFocused: false });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    await pressAltB();
    await expect.poll(readPage).toMatchObject({ margin: '340px' });
  });

  it('is moved by the keys of its edge, within its limits, and the site remembers', async () => {
    const grip = await panel.waitForSelector('.grip');
    await grip?.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(readPage).toMatchObject({ margin: '360px' });
    await page.keyboard.press('End');
    await expect.poll(readPage).toMatchObject({ margin: '520px' });
    await page.reload();
    await expect.poll(readPage).toMatchObject({ margin: '520px' });
    panel = await findCard(page, 'Dana Ortiz');
    await (await panel.waitForSelector('.grip'))?.focus();
    await page.keyboard.press('Home');
    await expect.poll(readPage).toMatchObject({ margin: '280px' });
    // The frame follows the margin a moment later: a press at where the edge still was is not one on it.
    const edge = async () => (await (await panel.waitForSelector('.grip'))?.boundingBox())?.x ?? 0;
    await expect.poll(async () => Math.abs((await edge()) - (1280 - 280)) < 8).toBe(true);
    await page.mouse.click((await edge()) + 3, 300, { count: 2 });
    await expect.poll(readPage).toMatchObject({ margin: '340px' });
  });

  it('is taken over by the reader of a new version, without a reload and without a second panel', async () => {
    await page.evaluate(() => document.documentElement.querySelector(':scope > div')?.classList.add('before'));
    await browser.browser.installExtension(build);
    // The reader of before takes its panel away, and the new one puts its own there.
    await expect.poll(() => page.$$eval(':root > div', (hosts) => hosts.map((host) => host.className))).toEqual(['']);
    await expect.poll(readPage).toMatchObject({ margin: '340px', hosts: 1 });
    await pressInLast('Strong', 'Sent');
    expect(await readPage()).toMatchObject({ hosts: 1, margin: '340px' });
    await panel.locator(collapse).click();
    await expect.poll(readPage).toMatchObject({ margin: '' });
  });
});
