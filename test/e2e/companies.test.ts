import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { sampleHosts } from '../fixtures/sites/routes.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { type Sites, serveSites } from './harness/sites.ts';
import { connect } from './people/connect.ts';
import { findCard, readWords, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const salesforce = 'https://kestrel.lightning.force.com/lightning/r';
const hubspot = 'https://app.hubspot.com/contacts/4417823/record';
const dana = castContact('dana');

/** A saved structure with the cast's identifiers in the place of its own. */
function page(name: string, identifiers: Record<string, string>): string {
  const saved = readFileSync(new URL(`../fixtures/pages/${name}`, `file://${import.meta.filename}`), 'utf8');
  return Object.entries(identifiers).reduce((text, [from, to]) => text.replaceAll(from, to), saved);
}

const pages: Record<string, string> = {
  'https://www.linkedin.com/company/brightforge/': page('linkedin-company.html', { 'pennant-works': 'brightforge' }),
  [`${hubspot}/0-2/9042`]: page('hubspot-company.html', { 'pennantworks.example': 'brightforge.example' }),
  [`${salesforce}/Account/0015g00000BrFrgAAF/view`]: page('salesforce-account.html', {
    '0014x00000PnWrkAAF': '0015g00000BrFrgAAF',
  }),
  [`${salesforce}/Lead/00Q4x00000IlMarEAF/view`]: page('salesforce-lead-editing.html', {
    'ilse.marrow@tarnfield.example': dana.email,
  }),
  [`${hubspot}/0-1/151`]: page('hubspot-contact.html', { 'nora.whitfield@pennantworks.example': dana.email }),
};

let sample: Sample;
let sites: Sites;
let browser: RunningBrowser;

beforeAll(async () => {
  sample = await startSample();
  const hosts = [...sampleHosts, 'app.hubspot.com'];
  sites = await serveSites(hosts, (host, path) => {
    const body = pages[`https://${host}${path}`];
    if (body === undefined) return null;
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
  });
  browser = await sample.launch(browserName, { hosts, sitesPort: sites.port });
  await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
});

afterAll(async () => {
  await browser?.close();
  await sites?.close();
  await sample?.close();
});

const companies = Object.keys(pages).filter((address) => /company|0-2|Account/.test(address));
const people = Object.keys(pages).filter((address) => !companies.includes(address));

describe(`records and company pages in ${browserName}`, () => {
  it.each(companies)('show the account’s card, with its people, and nobody to judge: %s', async (address) => {
    const tab = await browser.newPage(address);
    const panel = await findCard(tab, 'Brightforge');
    await waitForWords(panel, 'Exact match');
    await waitForWords(panel, '3 in the buying group');
    const words = await readWords(panel);
    expect(words).toContain('Dana Ortiz');
    expect(words).not.toMatch(/\bWeak\b|\bStrong\b|Add this person/);
    await tab.close();
  });

  it.each(people)('show the person’s card by their address: %s', async (address) => {
    const tab = await browser.newPage(address);
    const panel = await findCard(tab, dana.name);
    await waitForWords(panel, dana.email);
    await tab.close();
  });
});
