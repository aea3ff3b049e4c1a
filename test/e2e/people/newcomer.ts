import type { Page } from 'puppeteer-core';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { named } from '../harness/panel.ts';
import { openPopup } from '../harness/popup.ts';

/** Waits for a tab whose address begins so: one that Baton or a link opened. Rejects with what is open instead. */
export async function findTab(browser: RunningBrowser, address: string): Promise<Page> {
  let open: string[] = [];
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    const pages = await browser.browser.pages();
    // Firefox keeps the old address of a tab that Baton's own page took over: the page itself knows.
    open = await Promise.all(pages.map((page) => page.evaluate(() => location.href).catch(() => '')));
    const at = open.findIndex((href) => href.startsWith(address));
    const page = pages[at];
    if (page) return page;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No tab at ${address}. There are: ${open.join(', ')}`);
}

/** Opens the invite's page and hands it over: Baton's icon, *Join*, and Options comes to the front. Answers the join page and Options. */
export async function handOver(
  browser: RunningBrowser,
  inviteLink: string,
): Promise<{ joinPage: Page; options: Page }> {
  const joinPage = await browser.newPage(inviteLink);
  const popup = await openPopup(browser, joinPage);
  await popup.waitFor('This page is an invite');
  await popup.press('Join');
  const options = await findTab(browser, browser.extensionUrl('options.html'));
  await options.bringToFront();
  return { joinPage, options };
}

/** Says the name and joins, once the invite is shown. Resolves when this browser is a member's. */
export async function joinAs(options: Page, name: string): Promise<void> {
  await options.locator(named('Your name', 'textbox')).fill(name);
  await options.locator('::-p-text(Join)').click();
  await options.waitForSelector(named('This browser', 'heading'));
}

/** Whether this step of the first steps is ticked, as a screen reader says it. */
export async function isTicked(options: Page, step: string): Promise<boolean> {
  return options.evaluate((title) => {
    const heading = [...document.querySelectorAll('h3')].find((each) => each.textContent?.endsWith(title));
    return heading?.textContent?.startsWith('Done:') ?? false;
  }, step);
}
