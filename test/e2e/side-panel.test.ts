import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { samplePages } from '../fixtures/sites/routes.ts';
import { askBackground } from './harness/ask-background.ts';
import { asPost, type Device, joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { flipSwitch } from './harness/settle.ts';
import { listWindows, openSidePanel, pressKeyInFirefox, type SidePanelView } from './harness/side-panel.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, press, selectText } from './people/rep.ts';

const browserName = inject('browserName');
const moveToSide = 'Move to the browser’s side panel';

let sample: Sample;
let browser: RunningBrowser;
let admin: Device;
let options: Page;
let mailbox: Page;
let profile: Page;
let side: SidePanelView;

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
  admin = await joinStore(await sample.store.firstInvite(), 'Ines Okafor');
  options = await connect(browser, await sample.store.invite('rep', rep.email), rep.name, 'open');
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

interface ExtensionApi {
  tabs: { query(filter: object): Promise<{ id?: number; url?: string }[]> };
  action: { getBadgeText(of: object): Promise<string>; getTitle(of: object): Promise<string> };
  windows: { create(what: object): Promise<{ id?: number }>; remove(id: number): Promise<void> };
}

/** The address of a window's tab in view; undefined while it is none that Baton may know. */
function readTabUrl(windowId: number): Promise<string | undefined> {
  return options.evaluate(async (id) => {
    const { browser, chrome } = globalThis as unknown as { browser?: ExtensionApi; chrome: ExtensionApi };
    return (await (browser ?? chrome).tabs.query({ windowId: id, active: true }))[0]?.url;
  }, windowId);
}

/** What the toolbar's button says on the tab at this address. */
function readButton(url: string): Promise<{ badge: string; title: string }> {
  return options.evaluate(async (address) => {
    const { browser, chrome } = globalThis as unknown as { browser?: ExtensionApi; chrome: ExtensionApi };
    const { tabs, action } = browser ?? chrome;
    const tabId = (await tabs.query({ url: address }))[0]?.id;
    const [badge, title] = await Promise.all([action.getBadgeText({ tabId }), action.getTitle({ tabId })]);
    return { badge, title };
  }, url);
}

const point = {
  title: 'Fewer stops',
  text: 'Start with one line. Ask which line stops most.',
  whyNow: null,
  link: null,
  campaignId: null,
  startsOn: null,
  expiresOn: null,
  audience: { segments: [], tiers: [], stages: [], activeDays: null },
};

/** Everything that a page could see of what was put into it. */
function readTraces(page: Page): Promise<{ markup: string; sheets: number; globals: string[] }> {
  return page.evaluate(() => ({
    markup: document.documentElement.outerHTML,
    sheets: document.adoptedStyleSheets.length,
    // Left by the test's own tool when it looks for elements by name.
    globals: Reflect.ownKeys(window)
      .map(String)
      .filter((key) => !key.includes('ariaQuerySelector'))
      .toSorted(),
  }));
}

/** Switches a site by its switch in Options. */
async function switchSite(name: string): Promise<void> {
  await options.bringToFront();
  await flipSwitch(options, name);
}

/** The side panel of a window, opened where it is not open: Chromium closes one that a tab had of its own when it is not for that tab any more. */
async function reopen(windowId: number): Promise<SidePanelView> {
  if (browserName === 'firefox') return side;
  return openSidePanel(browser, options, windowId);
}

describe(`the panel in the browser's own side, in ${browserName}`, () => {
  it('puts nothing at all into LinkedIn’s page before the person has chosen, and a question on the button', async () => {
    profile = await browser.newPage(samplePages.profile('priya-raman-plants'));
    await profile.waitForSelector('::-p-text(Priya Raman)');
    await expect
      .poll(() => readButton('https://www.linkedin.com/*'))
      .toEqual({ badge: '!', title: 'Baton: choose where the panel stands on this site' });
    // The reader has seen her, and told how it went.
    await expect
      .poll(() => askBackground(options, 'getLooks', null))
      .toContainEqual(expect.objectContaining({ site: 'linkedin', people: 1 }));
    const asked = await readTraces(profile);
    expect(profile.frames()).toHaveLength(1);
    await switchSite('LinkedIn');
    await profile.bringToFront();
    await profile.reload({ waitUntil: 'domcontentloaded' });
    await profile.waitForSelector('::-p-text(Priya Raman)');
    // A page of another site that came later has its panel: this one would have.
    const other = await openMailbox(browser);
    await openThread(other, 'Line 3 stoppages');
    await findCard(other, 'Dana Ortiz');
    await other.close();
    await profile.bringToFront();
    expect(asked).toEqual(await readTraces(profile));
    await switchSite('LinkedIn');
  });

  it('asks in the side panel, and shows the card there once that is chosen, with the page left untouched', async () => {
    await profile.bringToFront();
    const before = await readTraces(profile);
    const [windowId] = await listWindows(options);
    side = await openSidePanel(browser, options, windowId ?? 0);
    await side.waitForHeading('Where may Baton stand on LinkedIn?');
    expect(await side.words()).toContain('User Agreement');
    await side.press('In the browser’s own side panel');
    await side.waitForHeading('Priya Raman');
    await side.waitFor('Exact match');
    await expect.poll(() => readButton('https://www.linkedin.com/*')).toMatchObject({ badge: '' });
    expect(await readTraces(profile)).toEqual(before);
    expect(profile.frames()).toHaveLength(1);
  });

  it('says where the panel is while it stands in the page of the tab in view, and takes it over from there', async () => {
    mailbox = await openMailbox(browser);
    await openThread(mailbox, 'Line 3 stoppages');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await side.waitForHeading('On Gmail the panel stands in the page');
    if (browserName === 'chromium') await press(panel, moveToSide);
    else {
      await press(panel, moveToSide);
      await press(panel, 'Move it');
    }
    await side.waitForHeading('Dana Ortiz');
    await expect.poll(() => mailbox.frames().length).toBe(1);
    expect(await mailbox.evaluate(() => document.documentElement.getAttribute('style'))).toBe(null);
  });

  it('never shows the last tab’s person once the browser says that another tab is in view', async () => {
    const watchFrames = () =>
      side.run(`
        if (window.late) return;
        window.late = [];
        let last = null;
        const heading = () => document.querySelector('h1')?.textContent ?? '';
        (window.browser ?? window.chrome).tabs.onActivated.addListener(() => { last = heading(); });
        const look = () => {
          if (['Dana Ortiz', 'Priya Raman'].includes(last) && last === heading()) window.late.push(last);
          window.requestAnimationFrame(look);
        };
        window.requestAnimationFrame(look);`);
    const turns = [
      [profile, 'Priya Raman'],
      [mailbox, 'Dana Ortiz'],
    ] as const;
    for (let round = 0; round < 4; round += 1)
      for (const [page, name] of turns) {
        await watchFrames();
        await page.bringToFront();
        await side.waitForHeading(name);
        expect(await side.run<string[]>('return window.late ?? []')).toEqual([]);
      }
    await options.bringToFront();
    await side.waitForHeading('Nobody in view');
    await mailbox.bringToFront();
    await side.waitForHeading('Dana Ortiz');
  });

  it('follows the tab through its navigations, in place and to another page', async () => {
    await mailbox.bringToFront();
    await mailbox.evaluate(() => {
      location.hash = '#inbox';
    });
    await side.waitForHeading('Nobody in view');
    await mailbox.goto(samplePages.profile('priya-raman-plants'), { waitUntil: 'domcontentloaded' });
    await side.waitForHeading('Priya Raman');
    await mailbox.goto(samplePages.mail, { waitUntil: 'domcontentloaded' });
    await side.waitForHeading('Nobody in view');
    await openThread(mailbox, 'Line 3 stoppages');
    await side.waitForHeading('Dana Ortiz');
  });

  it('saves a click and sends it', async () => {
    await side.press('Weak');
    await side.waitFor('Sent');
    const rows = await sample.store.sql<{ value: string }>('select value from verdict where undone_at is null');
    expect(rows).toEqual([{ value: 'weak' }]);
  });

  it('takes the words selected on the page as a quote', async () => {
    await selectText(mailbox, 'We lose the night shift');
    await side.press('What did the customer say?');
    await side.waitFor('We lose the night shift');
    await side.type('Night shift is the cost they feel.');
    await side.press('Save insight');
    await side.waitFor('Insight sent');
    const rows = await sample.store.sql<{ quote: string }>('select quote from insight');
    expect(rows).toEqual([{ quote: expect.stringContaining('We lose the night shift') }]);
  });

  it('puts a talking point into the open draft, and counts it as used', async () => {
    const answer = await admin.call('/v1/desk/talking-points', asPost(point));
    expect(answer.status).toBeLessThan(300);
    await side.waitFor('Ask which line stops most.');
    expect(await side.run<boolean>(`return document.body.innerText.includes('Insert')`)).toBe(false);
    await mailbox.locator('::-p-aria(Reply[role="button"])').click();
    await side.press('Insert');
    await side.waitFor('Used today');
    const draft = () => mailbox.evaluate(() => document.querySelector('[contenteditable=true]')?.textContent ?? '');
    expect(await draft()).toContain('Ask which line stops most.');
  });

  it('in two windows follows each window’s own tab', async () => {
    const [first] = await listWindows(options);
    const second = await options.evaluate(async (url) => {
      const { browser, chrome } = globalThis as unknown as { browser?: ExtensionApi; chrome: ExtensionApi };
      return (await (browser ?? chrome).windows.create({ url })).id ?? 0;
    }, samplePages.profile('priya-raman-plants'));
    expect(second).not.toBe(first);
    // The key speaks to the page that is there: not yet to one that is still to come.
    await expect.poll(() => readTabUrl(second)).toContain('priya-raman');
    const other = await openSidePanel(browser, options, second);
    await other.waitForHeading('Priya Raman');
    await side.waitForHeading('Dana Ortiz');
    await options.evaluate(async (id) => {
      const { browser, chrome } = globalThis as unknown as { browser?: ExtensionApi; chrome: ExtensionApi };
      await (browser ?? chrome).windows.remove(id);
    }, second);
    await mailbox.bringToFront();
    await side.waitForHeading('Dana Ortiz');
  });

  it('moves back into the page at a press', async () => {
    await side.press('Move into the page');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    expect(await panel.$(named(moveToSide, 'button'))).not.toBe(null);
  });

  // In Chromium the key belongs to the browser alone; what it does there is held by the background's own tests.
  if (browserName === 'firefox')
    it('is toggled by its key where it stands: here in the page', async () => {
      const margin = () => mailbox.evaluate(() => document.documentElement.style.marginRight);
      await expect.poll(margin).toBe('340px');
      const [first = 0] = await listWindows(options);
      await pressKeyInFirefox(browser, first);
      await expect.poll(margin).toBe('');
      await pressKeyInFirefox(browser, first);
      await expect.poll(margin).toBe('340px');
    });

  it('stands where the admin fixed it, at once and without a way to move it', async () => {
    const [first] = await listWindows(options);
    await admin.call('/v1/desk/settings', { ...asPost({ panelSides: { gmail: 'side' } }), method: 'PATCH' });
    await expect.poll(() => mailbox.frames().length).toBe(1);
    side = await reopen(first ?? 0);
    await side.waitForHeading('Dana Ortiz');
    expect(
      await side.run<string[]>(`return [...document.querySelectorAll('.fixed-place')].map((each) => each.title)`),
    ).toEqual(['Set by your admin']);
    expect(await side.run<number>(`return document.querySelectorAll('[aria-label="Move into the page"]').length`)).toBe(
      0,
    );
  });
});
