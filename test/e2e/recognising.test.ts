import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundlePageScript, pageScriptName } from '../../recognise/bundle-page-script.ts';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { respond, sampleHosts } from '../fixtures/sites/routes.ts';
import { named } from './harness/panel.ts';
import { openPopup } from './harness/popup.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { type SiteAnswer, type Sites, serveSites } from './harness/sites.ts';
import { connect } from './people/connect.ts';
import { findTab } from './people/newcomer.ts';
import { findCard, openMailbox, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const [dana, marek, priya] = [castContact('dana'), castContact('marek'), castContact('priya')];
const host = 'app.hubspot.com';
/** Somebody whom the store does not know, on a record that names its page. */
const stranger = {
  name: 'Oona Vess',
  email: 'oona.vess@tillerlane.example',
  title: 'Kiln Foreman',
  company: 'Tillerlane',
};
const record = `https://${host}/contacts/4417823/record/0-1/77120`;
/** A record's page of which nothing is where it used to be. */
const changed = `https://${host}/contacts/4417823/record/0-1/77121`;

let sample: Sample;
let sites: Sites;
let browsers: RunningBrowser[];
let mine: Page;

const drawRecord = ({ name, email, title, company }: typeof stranger) => `
<div data-test-id="left-sidebar"><div data-card-type="OBJECT_HIGHLIGHT"><h2><span data-selenium-test="highlightTitle"><span>${name}</span></span></h2></div>
<div data-selenium-test="property-input-email"><label>Email</label><span>${email}</span></div>
<div data-selenium-test="property-input-jobtitle"><textarea>${title}</textarea></div>
<div data-selenium-test="property-input-company"><input value="${company}"></div></div>
<div data-test-id="timeline"><p>${name} wrote on Tuesday, from number 4417.</p></div>`;

const html = (title: string, body: string): SiteAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
});

function answer(from: string, path: string) {
  if (from !== host) return respond(from, path);
  if (record.endsWith(path)) return html(stranger.name, drawRecord(stranger));
  return changed.endsWith(path) ? html('A record', `<div id="new-app"><h3>${stranger.name}</h3></div>`) : null;
}

/** What the last sightings in Options say of a site, once they are drawn and it is among them. */
async function readLooks(options: Page, site: string): Promise<string> {
  await options.bringToFront();
  await options.reload();
  const looks = await options.waitForSelector(`::-p-xpath(//details[starts-with(normalize-space(.), "${site}")])`);
  return (await looks?.evaluate((each) => each.textContent)) ?? '';
}

beforeAll(async () => {
  sample = await startSample();
  sites = await serveSites([...sampleHosts, host], answer);
  const launch = () => sample.launch(browserName, { hosts: [...sampleHosts, host], sitesPort: sites.port });
  browsers = [await launch(), await launch()];
  const [first, second] = browsers as [RunningBrowser, RunningBrowser];
  mine = await connect(first, await sample.store.invite('rep', rep.email), rep.name);
  await connect(second, await sample.store.invite('rep', 'lena.hart@kestrel.example'), 'Lena Hart');
});

afterAll(async () => {
  for (const browser of browsers ?? []) await browser.close();
  await sites?.close();
  await sample?.close();
});

const [own, other] = [() => browsers[0] as RunningBrowser, () => browsers[1] as RunningBrowser];

describe(`who is in view, in ${browserName}`, () => {
  it('two drafts side by side each keep whom the person chose', async () => {
    const mailbox = await openMailbox(own());
    await mailbox.bringToFront();
    const write = async (window: number, emails: string[]) => {
      const field = await mailbox.waitForSelector(`.nn:nth-of-type(${window}) [aria-label="To recipients"]`);
      for (const email of emails) {
        await field?.type(email);
        await field?.press('Enter');
      }
    };
    const takeUp = (window: number) => mailbox.focus(`.nn:nth-of-type(${window}) [aria-label="Message Body"]`);
    await mailbox.locator(named('Compose', 'button')).click();
    await write(1, [dana.email, priya.email]);
    await findCard(mailbox, dana.name);
    await mailbox.locator(named('Compose', 'button')).click();
    await write(2, [marek.email]);
    await findCard(mailbox, marek.name);

    await takeUp(1);
    const panel = await findCard(mailbox, dana.name);
    // Switching is one key.
    await (await panel.$('.panel'))?.focus();
    await mailbox.keyboard.down('Alt');
    await mailbox.keyboard.press('ArrowDown');
    await mailbox.keyboard.up('Alt');
    await findCard(mailbox, priya.name);
    await takeUp(2);
    await findCard(mailbox, marek.name);
    await takeUp(1);
    await findCard(mailbox, priya.name);
    await mailbox.close();
  });

  it('somebody unknown is said to be so; who they are, once chosen, is known to a colleague, with who chose it', async () => {
    const page = await own().newPage(record);
    await page.bringToFront();
    const panel = await findCard(page, stranger.name);
    await waitForWords(panel, 'Not known to your store.');
    const field = await panel.waitForSelector(named('Is it somebody you know?', 'searchbox'));
    await field?.type('Priya');
    await panel.locator(`::-p-xpath(//button[contains(., "${priya.name}")])`).click();
    await waitForWords(await findCard(page, priya.name), 'Chosen by you');

    const seen = await other().newPage(record);
    await seen.bringToFront();
    await waitForWords(await findCard(seen, priya.name, 60_000), `Chosen by ${rep.name}`);
    await press(await findCard(seen, priya.name), 'Undo the choice');
    await waitForWords(await findCard(seen, stranger.name), 'Not known to your store.');
    await page.bringToFront();
    await waitForWords(await findCard(page, stranger.name, 60_000), 'Not known to your store.');
    await seen.close();
    await page.close();
  });

  it('a page that does not show whom its address promises is no guess but a search, and Options says what was looked for in vain', async () => {
    const page = await own().newPage(record);
    await page.bringToFront();
    const panel = await findCard(page, stranger.name);
    await page.evaluate((address) => {
      history.pushState(null, '', address);
      document.title = 'A record';
      document.body.innerHTML = '<div id="new-app"><h3>Oona Vess</h3></div>';
    }, changed);
    await waitForWords(panel, 'I can’t tell who this is', 60_000);
    await (await panel.waitForSelector(named('Find a person or an account', 'searchbox')))?.type('Priya');
    await panel.locator(`::-p-xpath(//button[contains(., "${priya.name}")])`).click();
    await findCard(page, priya.name);
    let looks = '';
    await expect
      .poll(async () => {
        looks = await readLooks(mine, 'HubSpot');
        return looks;
      })
      .toContain('Could not tell who');
    expect(looks).toContain('heading');
    expect(looks).not.toContain('Oona');
    await page.close();
  });

  it('a report of a page’s structure holds nobody and no number, and is read like the page itself', async () => {
    const page = await own().newPage(record);
    await findCard(page, stranger.name);
    const popup = await openPopup(own(), page);
    await popup.press('Report this page');
    const options = await findTab(own(), own().extensionUrl('options.html?report='));
    const field = await options.waitForSelector(named('The page’s structure', 'textbox'));
    const report = (await field?.evaluate((each) => (each as HTMLTextAreaElement).value)) ?? '';
    for (const secret of ['Oona', 'Vess', 'tillerlane', 'Kiln', 'Foreman', '77120', '4417', 'Tuesday'])
      expect(report.toLowerCase()).not.toContain(secret.toLowerCase());

    const [, url = ''] = /^<!-- (\S+) -->/.exec(report) ?? [];
    const blank = await other().newPage('about:blank');
    await blank.setContent(report);
    const { sighting } = (await blank.evaluate(
      `${await bundlePageScript()};${pageScriptName}.recognisePage(null, ${JSON.stringify(url)})`,
    )) as {
      sighting: { site: string; people: { clues: { kind: string }[]; name: string | null; title: string | null }[] };
    };
    expect(sighting.site).toBe('hubspot');
    expect(sighting.people.map(({ clues }) => clues.map(({ kind }) => kind))).toEqual([['crm', 'email']]);
    expect(sighting.people.every(({ name, title }) => name !== null && title !== null)).toBe(true);
    await blank.close();
    await options.close();
    await page.close();
  });
});
