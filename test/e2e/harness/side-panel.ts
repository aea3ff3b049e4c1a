import type { Page } from 'puppeteer-core';
import { listFirefoxWindows } from '../../browsers/firefox-windows.ts';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { waitUntilSays } from '../people/wait-until-says.ts';

/** The panel in the browser's own side, alike for Chromium's side panel and Firefox's sidebar. */
export interface SidePanelView {
  /** What it says, as a person reads it. */
  words(): Promise<string>;
  /** Waits until this is the heading of what it shows: the person or account of a card, or the state without one. Rejects with what it is instead. */
  waitForHeading(heading: string, timeoutMs?: number): Promise<void>;
  /** Rejects with what it says instead. */
  waitFor(words: string, timeoutMs?: number): Promise<void>;
  /** Presses the button of this name. Rejects when there is none within the time. */
  press(name: string): Promise<void>;
  /** Types into the only field of several lines. */
  type(text: string): Promise<void>;
  /** Runs a function in its page. */
  run<T>(body: string): Promise<T>;
  close(): Promise<void>;
}

interface ExtensionApi {
  sidePanel?: { open(where: { windowId: number }): Promise<void>; close(where: { windowId: number }): Promise<void> };
  windows: { getAll(): Promise<{ id?: number; focused: boolean }[]> };
}

/** Ids of the browser's windows, oldest first. */
export function listWindows(ownPage: Page): Promise<number[]> {
  return ownPage.evaluate(async () => {
    const { browser, chrome } = globalThis as unknown as { browser?: ExtensionApi; chrome: ExtensionApi };
    const all = await (browser ?? chrome).windows.getAll();
    return all.flatMap(({ id }) => (id === undefined ? [] : [id])).sort((a, b) => a - b);
  });
}

/**
 * Opens the side panel of a window. Chromium counts what the harness does in an extension's page as a person's press. Firefox opens its sidebar by
 * the key of the command, pressed where the browser itself hears it. `ownPage` is a page of the extension that stays open meanwhile.
 */
export async function openSidePanel(browser: RunningBrowser, ownPage: Page, windowId: number): Promise<SidePanelView> {
  const view = browser.name === 'chromium' ? viewInChromium(browser, windowId) : viewInFirefox(ownPage, windowId);
  if (browser.name === 'chromium')
    await ownPage.evaluate(async (id) => {
      await (globalThis as unknown as { chrome: ExtensionApi }).chrome.sidePanel?.open({ windowId: id });
    }, windowId);
  else await pressKeyInFirefox(browser, windowId);
  await view.run(`return document.body.innerText.length > 0 || new Promise((resolve) => setTimeout(resolve, 300))`);
  return view;
}

/** What runs in a window of Firefox itself: brings it to the front once it has started, and presses the extension's key where the browser hears it. */
const pressWhenReady = `(async () => {
  const find = () => document.querySelector('keyset[id*=ext-keyset] key');
  const isReady = () => gBrowserInit?.delayedStartupFinished && find() && Services.focus.activeWindow === window;
  for (let tries = 0; tries < 200 && !isReady(); tries += 1) {
    window.focus();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!isReady()) throw new Error('This window did not come to the front.');
  find().doCommand();
})()`;

/** Presses the extension's key in one of Firefox's windows. */
export async function pressKeyInFirefox(browser: RunningBrowser, windowId: number): Promise<void> {
  for (const window of await listFirefoxWindows(browser.browser)) {
    // The id by which an extension knows a window.
    if ((await window.run('docShell.outerWindowID')) !== windowId) continue;
    await window.run(pressWhenReady);
    return;
  }
  throw new Error(`Firefox has no window ${windowId}.`);
}

function createView(run: SidePanelView['run'], close: () => Promise<void>): SidePanelView {
  const words = () => run<string>('return document.body.innerText');
  return {
    words,
    waitForHeading: (heading, timeoutMs = 30_000) =>
      waitUntilSays(
        'The heading',
        () => run<string>(`return '[' + (document.querySelector('h1')?.textContent ?? '') + ']'`),
        `[${heading}]`,
        timeoutMs,
      ),
    waitFor: (text, timeoutMs = 30_000) => waitUntilSays('The side panel', words, text, timeoutMs),
    async press(name) {
      const said = await run<string>(`
        const wanted = ${JSON.stringify(name)};
        for (let tries = 0; tries < 100; tries += 1) {
          const found = [...document.querySelectorAll('button')].find((each) =>
            !each.disabled && (each.getAttribute('aria-label') ?? each.textContent).trim() === wanted);
          if (found) { found.click(); return ''; }
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return document.body.innerText;`);
      if (said !== '') throw new Error(`The side panel has no button "${name}". It says: ${said}`);
    },
    async type(text) {
      await run(`
        const field = document.querySelector('textarea');
        field.value = ${JSON.stringify(text)};
        field.dispatchEvent(new Event('input', { bubbles: true }));`);
    },
    run,
    close,
  };
}

function viewInChromium(browser: RunningBrowser, windowId: number): SidePanelView {
  const address = browser.extensionUrl('panel.html');
  const find = async (): Promise<Page | null> => {
    for (const target of browser.browser.targets()) {
      if (target.url() !== address) continue;
      const page = await target.asPage();
      const isMine = `chrome.windows.getCurrent().then(({ id }) => id === ${windowId} && document.visibilityState === 'visible')`;
      if (await page.evaluate(isMine).catch(() => false)) return page;
    }
    return null;
  };
  const run = async <T>(body: string): Promise<T> => {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
      const page = await find();
      if (page !== null) return (await page.evaluate(`(async () => { ${body} })()`)) as T;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`No side panel is open in window ${windowId}.`);
  };
  return createView(run, async () => {
    await run(`void chrome.sidePanel.close({ windowId: ${windowId} })`);
  });
}

/** WebDriver does not list sidebars; the extension's own pages can look into them, as all run in one process. */
function viewInFirefox(ownPage: Page, windowId: number): SidePanelView {
  const run = <T>(body: string): Promise<T> =>
    ownPage.evaluate(`(async () => {
      for (let tries = 0; tries < 200; tries += 1) {
        const [side] = browser.extension.getViews({ type: 'sidebar', windowId: ${windowId} });
        if (side?.document.readyState === 'complete')
          return (async (window, document) => { ${body} })(side, side.document);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('No sidebar is open in window ${windowId}.');
    })()`) as Promise<T>;
  return createView(run, async () => {
    await run('window.close()');
  });
}
