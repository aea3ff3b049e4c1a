import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { samplePages } from '../fixtures/sites/routes.ts';
import { named } from './harness/panel.ts';
import { findBuild, rep, type Sample, startSample } from './harness/sample.ts';
import { flipSwitch } from './harness/settle.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const build = findBuild('chromium');

let sample: Sample;
let browser: RunningBrowser;
let mailbox: Page;
let options: Page;

/** How many frames of ours stand in the page. */
const countPanels = () => mailbox.frames().length - 1;

async function addressesOfTabs(): Promise<string[]> {
  const pages = await browser.browser.pages();
  return Promise.all(pages.map((page) => page.evaluate(() => location.href).catch(() => '')));
}

async function lookAt(link: string): Promise<void> {
  await options.locator(named('Invite link', 'textbox')).fill(link);
  await options.locator(named('Look at the invite', 'button')).click();
}

/** Puts a new version in the old one's place, as the browser does with an update. */
async function update(): Promise<void> {
  if (browserName === 'chromium') {
    await browser.browser.installExtension(build);
    return;
  }
  await options.evaluate(() => {
    const { browser: api } = globalThis as unknown as { browser: { runtime: { reload(): void } } };
    setTimeout(() => api.runtime.reload(), 50);
  });
}

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

describe(`the extension's life in ${browserName}`, () => {
  it('opens its options when it is installed', async () => {
    await expect.poll(addressesOfTabs).toContainEqual(expect.stringMatching(/options\.html/));
  });

  it('answers each bad link with a sentence', async () => {
    options = await browser.openExtensionPage('options.html');
    const secret = `11111111-2222-4333-8444-555555555555.${'s'.repeat(43)}`;
    const sentences: [link: string, sentence: string][] = [
      ['Dana Ortiz', 'This is not an invite link'],
      ['https://store.example/join', 'This invite link is not complete'],
      [`http://store.example/join#${secret}`, 'over plain HTTP'],
      [`http://localhost:1/join#${secret}`, 'No store answers at localhost:1'],
      [`${sample.store.url}/join#${secret}`, 'does not know this invite'],
    ];
    for (const [link, sentence] of sentences) {
      await lookAt(link);
      await options.waitForSelector(`::-p-text(${sentence})`, { timeout: 30_000 });
    }
  });

  it('shows the card in a tab that was open before it was connected', async () => {
    mailbox = await openMailbox(browser);
    await openThread(mailbox, 'Line 3 stoppages');
    const invite = await sample.store.invite('rep', rep.email);
    await options.close();
    options = await connect(browser, invite, rep.name);
    await mailbox.bringToFront();
    await findCard(mailbox, 'Dana Ortiz');
    await lookAgainAt(invite);
  });

  it('leaves the pages of a site that is switched off at once, and comes back without a reload', async () => {
    await options.bringToFront();
    await flipSwitch(options, 'Gmail');
    await expect.poll(countPanels).toBe(0);
    await mailbox.bringToFront();
    await mailbox.reload({ waitUntil: 'load' });
    // A page of another site that came later has its panel: this one would have.
    const profile = await browser.newPage(samplePages.profile('dana-ortiz-41b'));
    await findCard(profile, 'Dana Ortiz');
    expect(countPanels()).toBe(0);
    await profile.close();
    await options.bringToFront();
    await flipSwitch(options, 'Gmail');
    await mailbox.bringToFront();
    await findCard(mailbox, 'Dana Ortiz');
  });

  it('keeps a click while the store is away, says so, and delivers it once when it is back', async () => {
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await sample.store.kill();
    await press(panel, 'Strong');
    await waitForWords(panel, 'Saved here');
    await sample.store.restart();
    await expect
      .poll(() => sample.store.sql('select value from verdict where undone_at is null'), { timeout: 90_000 })
      .toEqual([{ value: 'strong' }]);
    await waitForWords(panel, 'Sent', 30_000);
  });

  it('is in the open page again after an update, with all it held', async () => {
    const old = await findCard(mailbox, 'Dana Ortiz');
    await update();
    await expect
      .poll(async () => [old, null].includes(await findCard(mailbox, 'Dana Ortiz', 2000).catch(() => null)), {
        timeout: 30_000,
      })
      .toBe(false);
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await press(panel, 'Weak');
    await expect
      .poll(() => sample.store.sql('select value from verdict order by at desc limit 1'))
      .toEqual([{ value: 'weak' }]);
    expect(countPanels()).toBe(1);
  });

  it('holds nothing any more once the device is revoked, without being asked', async () => {
    await findCard(mailbox, 'Dana Ortiz');
    await sample.store.sql('update device set revoked_at = now()');
    await expect
      .poll(async () => (await findCard(mailbox, 'Dana Ortiz', 300).catch(() => null)) === null, { timeout: 60_000 })
      .toBe(true);
  });
});

/** The invite was taken: the next who tries is told, by the store's own words. */
async function lookAgainAt(invite: string): Promise<void> {
  const secret = new URL(invite).hash.slice(1);
  const answer = await fetch(`${sample.store.url}/v1/invites/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  expect(answer.status).toBe(410);
}
