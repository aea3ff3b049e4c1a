import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { respondInPlace } from '../fixtures/sites/in-place/respond.ts';
import { inPlaceSites } from '../fixtures/sites/in-place/sites.ts';
import { mailThreads } from '../fixtures/sites/mail/threads.ts';
import { respond, sampleHosts, samplePages } from '../fixtures/sites/routes.ts';
import { type BuildCopy, copyBuildWithHosts } from './harness/copy-build.ts';
import { asPost, joinStore } from './harness/device.ts';
import { findBuild, rep, type Sample, startSample } from './harness/sample.ts';
import { type Sites, serveSites } from './harness/sites.ts';
import { connect } from './people/connect.ts';
import { findCard } from './people/rep.ts';

const browserName = inject('browserName');
const [dana, marek] = [castContact('dana'), castContact('marek')];

const hosts = [...sampleHosts, ...inPlaceSites.map(({ host }) => host)];
/** Of the sites that are not on by themselves, those that a member switches on. HubSpot is. */
const switched = ['dynamics', 'outlook', 'pipedrive', 'suitecrm'];
const optional = ['*.dynamics.com', 'outlook.office.com', 'outlook.office365.com', 'outlook.live.com'].concat(
  'outlook.cloud.microsoft',
  '*.pipedrive.com',
  'suite.kestrel.example',
);

let sample: Sample;
let sites: Sites;
let build: BuildCopy | null = null;
let browser: RunningBrowser;

/** An admin says where the company's SuiteCRM is. */
async function nameSuite(): Promise<void> {
  const admin = await joinStore(await sample.store.firstInvite(), 'Ines Okafor');
  const word = { hosts: { suitecrm: { add: ['suite.kestrel.example'], remove: [] } } };
  await admin.call('/v1/desk/settings', { ...asPost({ sites: word }), method: 'PATCH' });
}

/** Lets the rep's browser read the sites that are not on by themselves. */
async function switchOn(options: Page): Promise<void> {
  await options.bringToFront();
  await options.locator('details.group > summary').click();
  for (const site of switched) {
    const control = `input[aria-describedby="why-${site}"]`;
    await options.locator(control).click();
    await options.waitForSelector(`${control}[aria-checked="true"]`);
  }
}

beforeAll(async () => {
  sample = await startSample();
  sites = await serveSites(hosts, (host, path) => respondInPlace(host, path) ?? respond(host, path));
  if (browserName === 'chromium')
    build = await copyBuildWithHosts(
      browserName,
      optional.map((host) => `https://${host}/*`),
    );
  browser = await sample.launch(browserName, {
    extension: build?.folder ?? findBuild(browserName),
    hosts,
    sitesPort: sites.port,
  });
  await nameSuite();
  await switchOn(await connect(browser, await sample.store.invite('rep', rep.email), rep.name));
});

afterAll(async () => {
  await browser?.close();
  await build?.remove();
  await sites?.close();
  await sample?.close();
});

/** Which of the names the panel's heading shows at each frame that is drawn, and at what address; from now on. */
async function record(panel: Frame, names: string[]): Promise<void> {
  await panel.evaluate((sought) => {
    const seen: [string, string[]][] = [];
    Object.assign(window, { seen });
    const note = () => {
      const heading = [...document.querySelectorAll('.who, h1')].map((each) => each.outerHTML).join('');
      seen.push([parent.location.href, sought.filter((name) => heading.includes(name))]);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  }, names);
}

const recorded = (panel: Frame) => panel.evaluate(() => (window as unknown as { seen: [string, string[]][] }).seen);

/** Follows a link that is put on the page for it, as a click on the page's own would. */
const follow = (page: Page, to: string) =>
  page.evaluate((address) => {
    const link = document.createElement('a');
    link.href = address;
    document.querySelector('main, #brandBand, body')?.append(link);
    link.click();
    link.remove();
  }, to);

const threadOf = (email: string) => {
  const found = mailThreads.find(({ messages }) => messages.at(-1)?.from.email === email);
  return samplePages.thread(found?.subject ?? '');
};

const moves: [string, string, string, number][] = [
  ['mail', threadOf(dana.email), threadOf(marek.email), 0],
  ['LinkedIn', samplePages.profile(dana.linkedin ?? ''), samplePages.profile(marek.linkedin ?? ''), 0],
  [
    'LinkedIn, late and in pieces',
    samplePages.profile(dana.linkedin ?? ''),
    samplePages.profile(marek.linkedin ?? ''),
    900,
  ],
  ['the CRM', samplePages.crmContact('dana'), samplePages.crmContact('marek'), 0],
  ['the CRM, late and in pieces', samplePages.crmContact('dana'), samplePages.crmContact('marek'), 900],
  ...inPlaceSites.flatMap(({ name, addressOf }): [string, string, string, number][] => [
    [name, addressOf(151), addressOf(152), 0],
    [`${name}, late and in pieces`, addressOf(151), addressOf(152), 400],
  ]),
];

describe(`moving through a site in ${browserName}`, () => {
  it.each(moves)('shows nobody on another’s page, not for a frame: %s', async (_site, first, second, late) => {
    const page = await browser.newPage(first);
    await page.bringToFront();
    const panel = await findCard(page, dana.name);
    await page.evaluate((milliseconds) => {
      document.documentElement.dataset['late'] = String(milliseconds);
    }, late);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await record(panel, [dana.name, marek.name]);
    await follow(page, second);
    await findCard(page, marek.name, 20_000);
    await new Promise((resolve) => setTimeout(resolve, 300 + late * 5));
    await follow(page, first);
    await findCard(page, dana.name, 20_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const frames = await recorded(panel);
    const isAt = (address: string) => (frame: [string, string[]]) => frame[0].startsWith(address);
    expect(frames.filter(isAt(second)).filter(([, names]) => names.includes(dana.name))).toEqual([]);
    expect(frames.filter(isAt(first)).filter(([, names]) => names.includes(marek.name))).toEqual([]);
    expect(frames.filter(isAt(second)).some(([, names]) => names.includes(marek.name))).toBe(true);
    await page.close();
  });
});
