import { writeFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { waitUntilSays } from '../people/wait-until-says.ts';
import { runInChrome } from './firefox-chrome.ts';
import { showIn } from './settle.ts';

/** The popup of Baton's icon in the toolbar, opened on a tab as by a click on it: with that click's right to read the tab's address. */
export interface Popup {
  /** What it says, as text. */
  words(): Promise<string>;
  /** Waits until it says this. Rejects with what it says instead. */
  waitFor(words: string): Promise<void>;
  /** Presses the button or the switch whose name begins so. Rejects when there is none. */
  press(name: string): Promise<void>;
  /** Takes a picture of it; where the browser can be told to, a dark one beside it. */
  picture(path: `${string}.png`): Promise<void>;
}

type Means = Omit<Popup, 'waitFor'>;

/** Presses Baton's icon while this tab is in front. In Firefox, whose WebDriver cannot, the browser's own window does what its button does. */
export async function openPopup(browser: RunningBrowser, tab: Page): Promise<Popup> {
  await tab.bringToFront();
  const means = browser.name === 'chromium' ? await openInChromium(browser, tab) : await openInFirefox(browser);
  return { ...means, waitFor: (words) => waitUntilSays('The popup', means.words, words, 30_000) };
}

/** Runs inside the popup: the first thing whose name begins so, as a person would call it. */
const find = (name: string) => `[...document.querySelectorAll('button, input, a')].find((each) =>
  (each.getAttribute('aria-label') ?? each.textContent).trim().startsWith(${JSON.stringify(name)}))`;

async function openInChromium({ browser, extensionId }: RunningBrowser, tab: Page): Promise<Means> {
  const extension = (await browser.extensions()).get(extensionId);
  if (!extension) throw new Error('The browser runs without Baton.');
  const opened = browser.waitForTarget((target) => target.url().endsWith('/popup.html'), { timeout: 30_000 });
  await tab.triggerExtensionAction(extension);
  const popup = await (await opened).asPage();
  return {
    words: () => popup.evaluate(() => document.body.innerText),
    async press(name) {
      const button = await popup.waitForFunction(find(name), { timeout: 30_000 });
      await (button as unknown as { click(): Promise<void> }).click();
    },
    async picture(path) {
      for (const value of ['dark', 'light']) {
        await showIn(popup, value);
        await popup.screenshot({
          path: value === 'light' ? path : (path.replace('.png', '-dark.png') as `${string}.png`),
        });
      }
    },
  };
}

/** The popup's `<browser>` in Firefox's own window. */
const popupBrowser = `document.querySelector('.webextension-popup-browser')`;

/**
 * Asks inside the popup through a frame script, as the popup's process is none that WebDriver knows. What is pressed there counts as pressed by a
 * person. A popup that closes on the way leaves the question without an answer: it is given up after a while.
 */
function askPopup(expression: string): string {
  const script = `data:,(${encodeURIComponent(`async () => {
    const { document } = content;
    const input = content.windowUtils.setHandlingUserInput(true);
    try { sendAsyncMessage('baton:answer', { value: await (${expression}) }); }
    catch (error) { sendAsyncMessage('baton:answer', { error: String(error) }); }
    finally { input.destruct(); }
  }`)})()`;
  return `new Promise((resolve, reject) => {
    const { messageManager } = ${popupBrowser} ?? {};
    if (!messageManager) return reject(new Error('No popup is open.'));
    const hear = ({ data }) => {
      messageManager.removeMessageListener('baton:answer', hear);
      data.error ? reject(new Error(data.error)) : resolve(data.value);
    };
    messageManager.addMessageListener('baton:answer', hear);
    messageManager.loadFrameScript(${JSON.stringify(script)}, false);
    setTimeout(() => reject(new Error('The popup gave no answer.')), 3000);
  })`;
}

async function openInFirefox({ browser, extensionId }: RunningBrowser): Promise<Means> {
  await runInChrome(
    browser,
    `(async () => {
      const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(extensionId)});
      ${popupBrowser}?.closest('panel')?.hidePopup();
      await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
    })()`,
  );
  return {
    words: async () => String(await runInChrome(browser, askPopup('document.body?.innerText ?? ""')).catch(() => '')),
    async press(name) {
      for (let tries = 0; tries < 100; tries++) {
        const done = await runInChrome(
          browser,
          askPopup(`(() => { const found = ${find(name)}; found?.click(); return !!found; })()`),
        );
        if (done) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`The popup has no "${name}".`);
    },
    async picture(path) {
      const data = await runInChrome(
        browser,
        `(async () => {
          const { width, height } = ${popupBrowser}.getBoundingClientRect();
          const shot = await ${popupBrowser}.browsingContext.currentWindowGlobal.drawSnapshot(new DOMRect(0, 0, width, height), 1, 'white');
          const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
          [canvas.width, canvas.height] = [shot.width, shot.height];
          canvas.getContext('2d').drawImage(shot, 0, 0);
          return canvas.toDataURL().split(',')[1];
        })()`,
      );
      writeFileSync(path, Buffer.from(String(data), 'base64'));
    },
  };
}
