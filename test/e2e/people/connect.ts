import type { Page } from 'puppeteer-core';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { named } from '../harness/panel.ts';

/** Answers what Options asks of LinkedIn, whose terms object to inserted elements: the panel may stand in the page. Nothing where it is not asked. */
export async function allowInPage(options: Page): Promise<void> {
  const choice = await options.$('.side.open input');
  if (choice === null) return;
  await options.locator('.side.open input').click();
  await options.waitForFunction(() => document.querySelector('.side.open') === null);
}

/**
 * Connects a browser as a person does: pastes the link in Options, reads who invites, says the name, joins, and lets the panel stand in LinkedIn's
 * page (`linkedIn` `open`: leaves that question alone). Leaves Options open and answers it.
 */
export async function connect(
  browser: RunningBrowser,
  inviteLink: string,
  name: string,
  linkedIn: 'inPage' | 'open' = 'inPage',
): Promise<Page> {
  const options = await browser.openExtensionPage('options.html');
  await options.locator(named('Invite link', 'textbox')).fill(inviteLink);
  await options.locator(named('Look at the invite', 'button')).click();
  await options.locator(named('Your name', 'textbox')).fill(name);
  await options.locator('::-p-text(Join)').click();
  await options.waitForSelector(named('This browser', 'heading'));
  if (linkedIn === 'inPage') await allowInPage(options);
  return options;
}
