import type { Page } from 'puppeteer-core';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { named } from '../harness/panel.ts';

/** Connects a browser as a person does: pastes the link in Options, reads who invites, says the name, joins. Leaves Options open and answers it. */
export async function connect(browser: RunningBrowser, inviteLink: string, name: string): Promise<Page> {
  const options = await browser.openExtensionPage('options.html');
  await options.locator(named('Invite link', 'textbox')).fill(inviteLink);
  await options.locator(named('Look at the invite', 'button')).click();
  await options.locator(named('Your name', 'textbox')).fill(name);
  await options.locator('::-p-text(Join)').click();
  await options.waitForSelector(named('This browser', 'heading'));
  return options;
}
