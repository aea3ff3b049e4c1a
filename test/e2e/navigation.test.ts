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
const switched = ['dynamics', 'outlook', 'pipedrive', 'suitecrm', 'odoo', 'espocrm'];
/** Where the company runs what it runs itself. */
const ownHosts = { suitecrm: 'suite.kestrel.example', odoo: 'odoo.kestrel.example', espocrm: 'espo.kestrel.example' };
const optional = ['*.dynamics.com', 'outlook.office.com', 'outlook.office365.com', 'outlook.live.com'].concat(
  'outlook.cloud.microsoft',
  '*.pipedrive.com',
  ...Object.values(ownHosts),
);

let sample: Sample;
let sites: Sites;
let build: BuildCopy | null = null;
let browser: RunningBrowser;

/** An admin says where the company's own systems are. */
async function nameHosts(): Promise<void> {
  const admin = await joinStore(await sample.store.firstInvite(), 'Ines Okafor');
  const hosts = Object.fromEntries(
    Object.entries(ownHosts).map(([site, host]) => [site, { add: [host], remove: [] as string[] }]),
  );
  await admin.call('/v1/desk/settings', { ...asPost({ sites: { hosts } }), method: 'PATCH' });
}

/** Lets the rep's browser read the sites that are not on by themselves. */
async function switchOn(options: Page): Promise<void> {
  await options.bringToFront();
  // What the admin said comes with the workspace, and moves the company's own systems up: a click before that may fall beside.
  for (const site of Object.keys(ownHosts))
    await options.waitForSelector(`div.group input[aria-describedby="why-${site}"]`);
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
  await nameHosts();
  await switchOn(await connect(browser, await sample.store.invite('rep', rep.email), rep.name));
});

afterAll(async () => {
  await browser?.close();
  await build?.remove();
  await sites?.close();
  await sample?.close();
});

/** What the panel's heading shows at a moment: at what address, and which of the names. */
interface Moment {
  address: string;
  names: string[];
}
/** What the story leaves in the panel's frame: what was seen, and what looks once more. */
type Watched = Window & { moments: Moment[]; look: () => void };

/** Notes from now on what is shown at each frame that is drawn. */
async function record(panel: Frame, names: string[]): Promise<void> {
  await panel.evaluate((sought) => {
    const watched = window as unknown as Watched;
    watched.moments = [];
    watched.look = () => {
      const heading = [...document.querySelectorAll('.who, h1')].map((each) => each.outerHTML).join('');
      watched.moments.push({
        address: parent.location.href,
        names: sought.filter((name) => heading.includes(name)),
      });
    };
    const note = () => {
      watched.look();
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  }, names);
}

const recorded = (panel: Frame) => panel.evaluate(() => (window as unknown as Watched).moments);

/** Watches on until so many more frames have been drawn. */
async function watchFrames(panel: Frame, frames: number): Promise<void> {
  const until = (await recorded(panel)).length + frames;
  await panel.waitForFunction((count) => (window as unknown as Watched).moments.length >= count, {}, until);
}

/**
 * Moves as the page's own script would: by its link, which pushes a state, or by the address's fragment. It does so while a frame is being made, and the panel
 * is looked at before anything else has its turn: what stands there is what this very frame shows, so that whoever clears the card in a later turn is seen.
 */
const follow = (panel: Frame, to: string, byHash: boolean) =>
  panel.evaluate(
    (address, isHash) =>
      new Promise<void>((resolve) => {
        parent.requestAnimationFrame(async () => {
          const page = parent.document;
          const link = page.createElement('a');
          link.href = address;
          page.querySelector('main, #brandBand, body')?.append(link);
          if (isHash) parent.location.hash = link.hash;
          else link.click();
          link.remove();
          // What is drawn is drawn in microtasks; a timer, an idle moment or an event of the page would come later.
          for (let turn = 0; turn < 5; turn += 1) await null;
          (window as unknown as Watched).look();
          resolve();
        });
      }),
    to,
    byHash,
  );

/** Waits until all that the page shows is the address's. */
const waitUntilShown = (page: Page, address: string) =>
  page.waitForFunction((wanted) => document.documentElement.dataset['shown'] === wanted, { timeout: 30_000 }, address);

const threadOf = (email: string) => {
  const found = mailThreads.find(({ messages }) => messages.at(-1)?.from.email === email);
  return samplePages.thread(found?.subject ?? '');
};

interface Moves {
  site: string;
  first: string;
  second: string;
  byHash: boolean;
  /** How long each piece of the later page takes, in milliseconds; 0: all comes at once, after the page before stood for a while. */
  late: number;
}

const bothWays = (site: string, first: string, second: string, byHash = false): Moves[] =>
  [0, 400].map((late) => ({ site: late > 0 ? `${site}, late and in pieces` : site, first, second, byHash, late }));

const [danasProfile, mareksProfile] = [dana, marek].map(({ linkedin }) => samplePages.profile(linkedin ?? ''));
const moves: Moves[] = [
  ...bothWays('mail', threadOf(dana.email), threadOf(marek.email), true),
  ...bothWays('LinkedIn', danasProfile ?? '', mareksProfile ?? ''),
  ...bothWays('the CRM', samplePages.crmContact('dana'), samplePages.crmContact('marek')),
  ...inPlaceSites.flatMap(({ name, addressOf, movesByHash = false }) =>
    bothWays(name, addressOf(151), addressOf(152), movesByHash),
  ),
];

/** After a page has come to an end the panel is watched for so many frames more: what is read of it late shows by then. */
const framesAfter = 45;

describe(`moving through a site in ${browserName}`, () => {
  it.each(moves)('shows nobody on another’s page, not for a frame: $site', async ({ first, second, byHash, late }) => {
    const page = await browser.newPage(first);
    await page.bringToFront();
    const panel = await findCard(page, dana.name);
    await waitUntilShown(page, first);
    await page.evaluate((milliseconds) => {
      document.documentElement.dataset['late'] = String(milliseconds);
    }, late);
    await record(panel, [dana.name, marek.name]);
    await watchFrames(panel, framesAfter);

    await follow(panel, second, byHash);
    await findCard(page, marek.name, 20_000);
    await waitUntilShown(page, second);
    await watchFrames(panel, framesAfter);
    await follow(panel, first, byHash);
    await findCard(page, dana.name, 20_000);
    await waitUntilShown(page, first);
    await watchFrames(panel, framesAfter);

    const moments = await recorded(panel);
    const shownAt = (address: string, name: string) =>
      moments.filter((moment) => moment.address === address && moment.names.includes(name));
    expect(shownAt(second, dana.name)).toEqual([]);
    expect(shownAt(first, marek.name)).toEqual([]);
    expect(shownAt(second, marek.name)).not.toEqual([]);
    await page.close();
  });
});
