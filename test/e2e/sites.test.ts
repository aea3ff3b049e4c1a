import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { inventedHost, inventedRecord, respondInvented } from '../fixtures/sites/invented-crm.ts';
import { respond, sampleHosts } from '../fixtures/sites/routes.ts';
import { type BuildCopy, copyBuildWithHosts } from './harness/copy-build.ts';
import { asPost, type Device, joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { findBuild, rep, type Sample, startSample } from './harness/sample.ts';
import { restMotion, showIn } from './harness/settle.ts';
import { type Sites, serveSites } from './harness/sites.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { findCard } from './people/rep.ts';

const browserName = inject('browserName');
const hosts = [...sampleHosts, inventedHost];
const pattern = `https://${inventedHost}/*`;
const pictures = fileURLToPath(new URL(`../../.output/sites/${browserName}`, import.meta.url));
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let sample: Sample;
let sites: Sites;
let build: BuildCopy | null = null;
let adminBrowser: RunningBrowser;
let repBrowser: RunningBrowser;
let admin: Device;
let desk: Page;
let options: Page;
let record: Page;
let openedAt: number;

/** Chromium cannot be asked for a host while it has no window: there the host is in the manifest of a copy. Firefox grants what is asked for. */
async function launch(): Promise<RunningBrowser> {
  if (browserName === 'chromium') build ??= await copyBuildWithHosts(browserName, [pattern]);
  return sample.launch(browserName, {
    extension: build?.folder ?? findBuild(browserName),
    hosts,
    sitesPort: sites.port,
    viewport: { width: 1440, height: 900 },
  });
}

beforeAll(async () => {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  sample = await startSample();
  sites = await serveSites(hosts, (host, path) =>
    host === inventedHost ? respondInvented(path) : respond(host, path),
  );
  [adminBrowser, repBrowser] = [await launch(), await launch()];
  admin = await joinStore(await sample.store.firstInvite(), 'Ines Okafor');
  await connect(adminBrowser, await sample.store.invite('admin', 'noor.haddad@kestrel.example'), 'Noor Haddad');
  options = await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
});

afterAll(async () => {
  await adminBrowser?.close();
  await repBrowser?.close();
  await build?.remove();
  await sites?.close();
  await sample?.close();
});

/** A picture for people to look at, light and (where the browser can be told to) dark, and what axe finds wrong. */
async function take(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  for (const value of browserName === 'chromium' ? ['light', 'dark'] : ['light']) {
    // Buttons take a while to come to their new colours.
    if (browserName === 'chromium') await showIn(page, value);
    else await restMotion(page);
    await page.screenshot({ path: join(pictures, `${name}-${value}.png`) as `${string}.png`, fullPage: true });
    await page.evaluate(await readFile(axeFile, 'utf8'));
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    });
    expect(found, `${name}, ${value}`).toEqual([]);
  }
  if (browserName === 'chromium') await page.emulateMediaFeatures([]);
}

/** A field of the editor by its label. */
const field = (label: string) =>
  desk.locator(`::-p-xpath(//label[starts-with(normalize-space(.), "${label}")]//*[self::input or self::textarea])`);
const pressDesk = (name: string) => desk.locator(named(name, 'button')).click();
const flip = (name: string) => options.locator(named(name, 'switch')).click();

interface ExtensionApi {
  permissions: { contains(what: object): Promise<boolean> };
  scripting: { getRegisteredContentScripts(): Promise<{ matches?: string[] }[]> };
}

/** What of the invented host the rep's browser lets Baton read, and whether its reader is registered there. */
function readHold(): Promise<{ isAllowed: boolean; isRegistered: boolean }> {
  return options.evaluate(async (origin) => {
    const { browser, chrome } = globalThis as unknown as { browser?: ExtensionApi; chrome: ExtensionApi };
    const { permissions, scripting } = browser ?? chrome;
    const isAllowed = await permissions.contains({ origins: [origin] });
    const scripts = await scripting.getRegisteredContentScripts();
    return { isAllowed, isRegistered: scripts.some(({ matches }) => matches?.includes(origin)) };
  }, pattern);
}

const settle = (own: object) => admin.call('/v1/desk/settings', { ...asPost({ sites: { own } }), method: 'PATCH' });

describe(`a site that an admin describes, in ${browserName}`, () => {
  it('is described in the Desk, where what is wrong stands at the field where it was written', async () => {
    desk = await openDesk(adminBrowser, 'settings', 'Settings');
    await desk.waitForSelector(named('Sites', 'heading'));
    await take(desk, 'desk-sites');
    await pressDesk('Describe another site');
    await field('Name').fill('Kestrel CRM');
    await field('Hosts').fill(inventedRecord('4711'));
    await field('Addresses').fill('people/{id}');
    await waitForText(desk, '“people/{id}” is no address with named parts');
    await field('E-mail address').fill('a:has(b)');
    await waitForText(desk, '“a:has(b)” is no selector');
    await take(desk, 'desk-site-faults');
    await field('Addresses').fill('/people/{id}');
    await desk
      .locator(
        '::-p-xpath(//section[.//h2[contains(., "Where things stand")]]//label[starts-with(., "Name")]//textarea)',
      )
      .fill('h1.who');
    await field('E-mail address').fill('.reach a');
    await expect.poll(() => desk.evaluate(() => document.querySelectorAll('.fault').length)).toBe(0);
  });

  it('is tried on a pasted address at once as one types', async () => {
    await field('Address of a record').fill('https://crm.kestrel.example/people');
    await waitForText(desk, 'No template fits this address');
    await field('Address of a record').fill('https://merlin.example/people/4711');
    await waitForText(desk, 'merlin.example is none of this site’s hosts');
    await field('Address of a record').fill(`${inventedRecord('4711')}?tab=notes`);
    await waitForText(desk, '4711');
    expect(await desk.evaluate(() => document.querySelector('.found')?.textContent)).toContain('contact, a person');
  });

  it('is tried on an open tab, of which nothing is kept', async () => {
    const page = await adminBrowser.newPage(inventedRecord('4711'));
    await desk.bringToFront();
    await pressDesk('Show open tabs');
    await desk.waitForSelector('::-p-text(Dana Ortiz)');
    await pressDesk('Read this tab');
    await waitForText(desk, 'dana.ortiz@brightforge.example');
    await waitForText(desk, 'This is what Baton would read.');
    await take(desk, 'desk-site-tried');
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('iframe');
    await page.close();
    await desk.locator('::-p-xpath(//button[contains(., "Save for everybody")])').click();
    await waitForText(desk, 'Kestrel CRM is saved');
    await take(desk, 'desk-sites-own');
  });

  it('is told to a rep, with who asks, for which host and what is read there, and is off until they allow it', async () => {
    record = await repBrowser.newPage(inventedRecord('4711'));
    await options.bringToFront();
    await waitForText(options, 'An admin of your workspace asks you to let Baton read crm.kestrel.example.', 20_000);
    await waitForText(options, 'what the page shows of it: the name, the e-mail address');
    expect(await readHold()).toMatchObject({ isRegistered: false, isAllowed: browserName === 'chromium' });
    expect(record.frames()).toHaveLength(1);
    await take(options, 'options');
    openedAt = await options.evaluate(() => performance.timeOrigin);
  });

  it('shows the card of the imported contact once it is switched on, in the page that is open already', async () => {
    await flip('Kestrel CRM');
    await expect.poll(readHold).toEqual({ isAllowed: true, isRegistered: true });
    await record.bringToFront();
    await findCard(record, 'Dana Ortiz');
    await record.goto(inventedRecord('4712'), { waitUntil: 'domcontentloaded' });
    await findCard(record, 'Priya Raman');
    // A page of the extension goes with it: this one was there all the time.
    expect(await options.evaluate(() => performance.timeOrigin)).toBe(openedAt);
  });

  it('is read by its new rule in the page that is open, as soon as an admin changes it', async () => {
    const rule = { system: 'kestrel-crm', fields: { name: ['h1.who'], email: ['.reach a'] } };
    const withUrls = (urls: string[]) => ({
      name: 'Kestrel CRM',
      hosts: [inventedHost],
      rule: { ...rule, records: [{ object: 'contact', isCompany: false, urls }] },
    });
    const before = await admin.call('/v1/desk/settings');
    const { sites: said } = (await before.json()) as { sites: { own: { id: string }[] } };
    const id = said.own[0]?.id ?? '';
    await settle({ [id]: withUrls(['/nobody/{id}']) });
    await findCard(record, 'Nobody in view');
    await settle({ [id]: withUrls(['/people/{id}']) });
    await findCard(record, 'Priya Raman');
  });

  it('leaves the page at once when it is switched off, and the host goes back to the browser', async () => {
    await options.bringToFront();
    await flip('Kestrel CRM');
    await expect.poll(() => record.frames().length).toBe(1);
    await expect.poll(readHold).toEqual({ isAllowed: browserName === 'chromium', isRegistered: false });
    await flip('Kestrel CRM');
    await record.bringToFront();
    await findCard(record, 'Priya Raman');
  });

  it('is gone for everybody when an admin switches it off, which says so', async () => {
    await desk.bringToFront();
    await desk
      .locator('::-p-xpath(//tr[contains(., "Kestrel CRM")]//button[contains(., "Off for everybody")])')
      .click();
    await waitForText(desk, 'Kestrel CRM is off for everybody.');
    await record.bringToFront();
    await expect.poll(() => record.frames().length).toBe(1);
    await options.bringToFront();
    await waitForText(options, 'Fixed by an admin of your workspace.');
    expect(
      await options.$eval(named('Kestrel CRM', 'switch'), (element) => [
        element.getAttribute('aria-checked'),
        (element as HTMLInputElement).disabled,
      ]),
    ).toEqual(['false', true]);
  });

  it('is taken away with a way back', async () => {
    await desk.bringToFront();
    await pressDesk('Remove Kestrel CRM');
    await waitForText(desk, 'Kestrel CRM is removed.');
    await options.bringToFront();
    await expect.poll(() => options.evaluate(() => document.body.innerText)).not.toContain('Kestrel CRM');
    await desk.bringToFront();
    await pressDesk('Undo');
    await options.bringToFront();
    await waitForText(options, 'Kestrel CRM');
  });
});
