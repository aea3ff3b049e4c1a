import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { writeExports } from '../fixtures/exports/write.ts';
import { sampleHosts } from '../fixtures/sites/routes.ts';
import { named } from './harness/panel.ts';
import { openPopup } from './harness/popup.ts';
import { findBuild, marketer, rep } from './harness/sample.ts';
import { serveSampleSites } from './harness/sample-sites.ts';
import { restMotion, showIn } from './harness/settle.ts';
import type { Sites } from './harness/sites.ts';
import { type RunningStore, startStore } from './harness/store.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { findTab, handOver, isTicked, joinAs } from './people/newcomer.ts';
import { findCard, openThread } from './people/rep.ts';
import { waitUntilSays } from './people/wait-until-says.ts';

const browserName = inject('browserName');
const pictures = fileURLToPath(new URL(`../../.output/onboarding/${browserName}`, import.meta.url));

let store: RunningStore;
let sites: Sites;
let adminBrowser: RunningBrowser;
let repBrowser: RunningBrowser;
let adminOptions: Page;
let repOptions: Page;
let mailbox: Page;
let repInvite: string;

const launch = () =>
  launchBrowser(browserName, { extension: findBuild(browserName), hosts: sampleHosts, sitesPort: sites.port });

/** A step of the walk, light and (where the browser can be told to) dark: a picture for people to look at, and what axe finds wrong. */
async function take(page: Page, name: string): Promise<void> {
  const schemes = browserName === 'chromium' ? ['light', 'dark'] : ['light'];
  for (const value of schemes) {
    // Buttons take a while to come to their new colours.
    if (browserName === 'chromium') await showIn(page, value);
    else await restMotion(page);
    await page.screenshot({ path: join(pictures, `${name}-${value}.png`) as `${string}.png`, fullPage: true });
    expect(await findViolations(page), `${name}, ${value}`).toEqual([]);
  }
  if (browserName === 'chromium') await page.emulateMediaFeatures([]);
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong on a page as it stands, a line each. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

const says = (page: Page) => page.evaluate(() => document.body.innerText);
const waitForWords = (page: Page, words: string) => waitUntilSays('Options', () => says(page), words, 30_000);

beforeAll(async () => {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  [store, sites] = await Promise.all([
    startStore({ WORKSPACE_NAME: 'Kestrel Systems', FIRST_ADMIN: marketer.email }),
    serveSampleSites(),
  ]);
  adminBrowser = await launch();
});

afterAll(async () => {
  await Promise.all([adminBrowser?.close(), repBrowser?.close()]);
  await sites?.close();
  await store?.stop();
});

describe(`from an empty folder to the first card in ${browserName}`, () => {
  it('the join page’s icon hands the invite over, and Options shows all of it before anything is taken', async () => {
    const { joinPage, options } = await handOver(adminBrowser, await store.firstInvite());
    await take(joinPage, '01-join-page');
    adminOptions = options;
    await options.bringToFront();
    await waitForWords(options, 'Good until');
    const said = await says(options);
    for (const fact of [
      new URL(store.url).host,
      'Kestrel Systems',
      'whoever set this store up',
      'Admin',
      marketer.email,
    ])
      expect(said).toContain(fact);
    expect(said).toMatch(/Good until\s+\S/);
    expect(await options.evaluate(() => location.href)).not.toContain('#');
    expect(await store.sql('select 1 from member')).toEqual([]);
    await take(options, '02-invite-shown');
  });

  it('asks for a name, and takes the invite only with one', async () => {
    await adminOptions.locator('::-p-text(Join)').click();
    await waitForWords(adminOptions, 'Enter your name first');
    expect(await store.sql('select 1 from member')).toEqual([]);
    await joinAs(adminOptions, marketer.name);
  });

  it('an admin of an empty store is led to bring accounts in, and the step ticks itself when they are there', async () => {
    await waitForWords(adminOptions, 'The store is empty');
    expect(await isTicked(adminOptions, 'Bring your accounts in')).toBe(false);
    await take(adminOptions, '03-empty-store');
    const { paths } = writeExports(join(store.dataDir, 'exports'), new Date().toISOString().slice(0, 10));
    await store.command('import', ...paths);
    await expect.poll(() => isTicked(adminOptions, 'First copy')).toBe(true);
    await waitForWords(adminOptions, 'accounts are here');
    await take(adminOptions, '04-accounts-are-here');
  });

  it('the admin invites a rep in the Desk, from where the first steps lead', async () => {
    await adminOptions.locator(named('Open People in the Desk', 'button')).click();
    const desk = await findTab(adminBrowser, adminBrowser.extensionUrl('desk.html#/people'));
    await desk.bringToFront();
    await desk.locator('input[type=email]').fill(rep.email);
    await desk.locator(named('Make the link', 'button')).click();
    const link = await desk.waitForSelector('input[readonly]');
    repInvite = await link!.evaluate((input) => (input as HTMLInputElement).value);
    expect(repInvite).toContain(`${store.url}/join#`);
    await desk.close();
  });

  it('the rep comes from the link to the first card', async () => {
    repBrowser = await launch();
    const started = performance.now();
    const { options } = await handOver(repBrowser, repInvite);
    repOptions = options;
    await waitForWords(options, `Invited by\n${marketer.name}`);
    await joinAs(options, rep.name);
    await waitForWords(options, 'accounts are here');
    await options.locator(named('HubSpot', 'switch')).click();
    await options.locator(named('In the browser’s side panel', 'radio')).click();
    await expect.poll(() => isTicked(options, 'Choose where Baton reads')).toBe(true);
    await options.locator(named('Open Gmail', 'button')).click();
    mailbox = await findTab(repBrowser, 'https://mail.google.com/');
    await mailbox.bringToFront();
    await openThread(mailbox, 'Line 3 stoppages');
    await findCard(mailbox, 'Dana Ortiz');
    const seconds = (performance.now() - started) / 1000;
    process.stderr.write(`From the invite link to the first card in ${browserName}: ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(60);
    await mailbox.screenshot({ path: join(pictures, '07-first-card.png') as `${string}.png` });
  });

  it('the checklist ticks itself when the card was shown, and is gone the next time', async () => {
    await repOptions.bringToFront();
    await expect.poll(() => isTicked(repOptions, 'Open a mail')).toBe(true);
    await waitForWords(repOptions, 'All set');
    await take(repOptions, '08-all-set');
    const again = await repBrowser.openExtensionPage('options.html');
    await again.waitForSelector(named('This browser', 'heading'));
    expect(await says(again)).not.toContain('First steps');
    await again.close();
  });

  it('the popup tells who and where, what is unsent, and switches this site off and on', async () => {
    const popup = await openPopup(repBrowser, mailbox);
    await popup.waitFor('On: Baton reads who is in view here');
    const said = await popup.words();
    for (const fact of [
      'Kestrel Systems',
      `${rep.name}, Sales rep`,
      new URL(store.url).host,
      'Nothing: all is sent',
      'Gmail',
    ])
      expect(said).toContain(fact);
    await popup.picture(join(pictures, '09-popup.png') as `${string}.png`);
    await popup.press('Gmail');
    await popup.waitFor('Off: nothing of Baton’s runs here');
    await expect.poll(() => mailbox.frames().length).toBe(1);
    await popup.press('Gmail');
    await popup.waitFor('On: Baton reads who is in view here');
    await findCard(mailbox, 'Dana Ortiz');
  });

  it('the inviter is told who joined', async () => {
    const desk = await openDesk(adminBrowser, 'today', 'Today');
    await waitForText(desk, 'Joined lately');
    await waitForText(desk, `invited by ${marketer.name}`);
    expect(await says(desk)).toContain(rep.name);
    await desk.screenshot({ path: join(pictures, '10-inviter-is-told.png') as `${string}.png` });
    await desk.close();
  });
});

describe(`an invite that cannot be taken in ${browserName}`, () => {
  it('says so when it was used, and leaves the way to another', async () => {
    const { joinPage, options } = await handOver(repBrowser, repInvite);
    await waitForWords(options, 'This invite was already used');
    await take(options, '11-used');
    await options.locator(named('Use another link', 'button')).click();
    await options.waitForFunction(() => !document.body.innerText.includes('already used'));
    await joinPage.close();
  });

  it('is not taken by a browser that works for somebody else, until that one has signed out here', async () => {
    const invite = await store.invite('rep', 'nora.lind@kestrel.example');
    const { joinPage, options } = await handOver(repBrowser, invite);
    await waitForWords(options, `This browser already works for Kestrel Systems as ${rep.name}`);
    expect(await says(options)).toContain('nora.lind@kestrel.example');
    await take(options, '12-somebody-else');
    await options.locator(named('Sign out', 'button')).click();
    await joinAs(options, 'Nora Lind');
    await waitForWords(options, 'As Nora Lind');
    await joinPage.close();
  });

  it('of a link that is cut off the popup says so, and offers nothing', async () => {
    const page = await repBrowser.newPage(`${store.url}/join#11111111-2222-4333-8444-555555555555.cut`);
    const popup = await openPopup(repBrowser, page);
    await popup.waitFor('This invite link is not complete');
    expect(await popup.words()).not.toContain('Join ');
    expect(await says(page)).toContain('This link is not whole');
    await page.close();
  });
});
