import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Session } from '#contract/session.ts';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact, castStrangers } from '../fixtures/cast.ts';
import { respond, sampleHosts, samplePages } from '../fixtures/sites/routes.ts';
import { joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { type Recorded, type Recorder, recordStore } from './harness/recorder.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { type SiteAnswer, type Sites, serveSites } from './harness/sites.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';
import { findTraces, formsOf, type Identity } from './people/traces.ts';

const browserName = inject('browserName');
const hubspot = 'https://app.hubspot.com/contacts/4417823/record/0-1';
const unknownRecord = 'https://kestrel.lightning.force.com/lightning/r/Contact/0034x00000NoWhiAAF/view';

function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/pages/${name}`, `file://${import.meta.filename}`), 'utf8');
}

function asPage(body: string): SiteAnswer {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** The sample sites, and records that the store knows nothing of. */
function answer(host: string, path: string): SiteAnswer | null {
  if (path.includes('0034x00000NoWhi')) return asPage(fixture('salesforce-contact.html'));
  if (host !== 'app.hubspot.com') return respond(host, path);
  if (path.endsWith('/151')) return asPage(fixture('hubspot-contact.html'));
  const dana = castContact('dana');
  return asPage(
    `<title>${dana.name}</title><div data-test-id="left-sidebar"><span data-selenium-test="highlightTitle">${dana.name}</span><div data-selenium-test="property-input-email"><input value="${dana.email}"></div></div>`,
  );
}

/** Everybody whom the walk shows and the store does not know, in every way a page names them. */
const strangers: Identity[] = [
  ...castStrangers.map(({ name, email, linkedin }) => ({
    clues: [
      { kind: 'email' as const, value: email },
      ...(linkedin === null ? [] : [{ kind: 'linkedin' as const, value: linkedin }]),
      ...(email.endsWith('brightforge.example') ? [] : [{ kind: 'domain' as const, value: email.split('@')[1] ?? '' }]),
    ],
    words: [name],
  })),
  {
    clues: [
      { kind: 'email', value: 'nora.whitfield@pennantworks.example' },
      { kind: 'domain', value: 'pennantworks.example' },
      { kind: 'crm', value: 'salesforce:contact:0034x00000NoWhiAAF' },
      { kind: 'crm', value: 'salesforce:account:0014x00000PnWrkAAF' },
      { kind: 'crm', value: 'hubspot:contact:151' },
    ],
    words: ['Nora Whitfield', 'Pennant Works', '0034x00000NoWhi'],
  },
];
const ravi = castStrangers.find(({ key }) => key === 'ravi');

let sample: Sample;
let sites: Sites;
let recorder: Recorder;
let session: Session;
let browser: RunningBrowser;
let options: Page;

beforeAll(async () => {
  sample = await startSample();
  recorder = await recordStore(sample.store.url);
  const hosts = [...sampleHosts, 'app.hubspot.com'];
  sites = await serveSites(hosts, answer);
  browser = await sample.launch(browserName, { hosts, sitesPort: sites.port });
  session = (await joinStore(await sample.store.invite('rep', 'reader@kestrel.example'), 'Reader')).session;
  const invite = await sample.store.invite('rep', rep.email);
  options = await connect(browser, recorder.leadThrough(invite), rep.name);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([sites?.close(), recorder?.close()]);
  await sample?.close();
});

/** Brings the browser's copy up to date by the button in Options, and waits until the store was asked. */
async function bringUpToDate(): Promise<void> {
  const before = recorder.requests.length;
  await options.bringToFront();
  await options.locator(named('Bring up to date', 'button')).click();
  await expect.poll(() => recorder.requests.slice(before).some(({ path }) => path.startsWith('/v1/pull'))).toBe(true);
}

/** A request without what the store itself made different since: its cursor. */
function withoutCursor({ method, path, headers, body }: Recorded): string {
  return [method, path.replace(/(?<=[?&]after=)\d+\.[\w-]+/, '…'), headers, body].join('\n');
}

describe(`what a page shows stays in ${browserName}`, () => {
  it('the search for traces finds each form, wherever it stands', () => {
    const identity = strangers[0] as Identity;
    for (const form of formsOf(identity, session)) {
      for (const place of [
        { path: `/v1/pull?q=${encodeURIComponent(form)}` },
        { headers: `x: ${form}` },
        { body: form },
      ])
        expect(findTraces([{ method: 'GET', path: '/', headers: '', body: '', ...place }], [form])).toHaveLength(1);
    }
    const wrapped = Buffer.from(JSON.stringify({ seen: ravi?.email })).toString('base64');
    const [sent] = [{ method: 'POST', path: '/', headers: '', body: wrapped }];
    expect(findTraces([sent], formsOf(identity, session)).length).toBeGreaterThan(0);
  });

  it('unknown people in mail, on LinkedIn and in CRMs cause no request, and nothing of them is in any', async () => {
    const mailbox = await openMailbox(browser);
    // Somebody known first: so it is known what a browser asks that has nothing to hide.
    await openThread(mailbox, 'Line 3 stoppages');
    await findCard(mailbox, 'Dana Ortiz');
    await mailbox.goto(`${hubspot}/7001`, { waitUntil: 'domcontentloaded' });
    await waitForWords(await findCard(mailbox, 'Dana Ortiz'), castContact('dana').email);
    await bringUpToDate();
    await bringUpToDate();
    const usual = new Set(recorder.requests.map(withoutCursor));
    const before = recorder.requests.length;

    await mailbox.bringToFront();
    await mailbox.goto(samplePages.thread('Sensor wiring on line 3'), { waitUntil: 'domcontentloaded' });
    await waitForWords(await findCard(mailbox, 'Ravi Mehta'), 'This address stays here until you add it.');
    await mailbox.goto(samplePages.thread('An introduction'), { waitUntil: 'domcontentloaded' });
    await waitForWords(await findCard(mailbox, 'Aris Dunmore'), 'Not known to your store.');
    await mailbox.goto(samplePages.thread('A question after the webinar'), { waitUntil: 'domcontentloaded' });
    await waitForWords(await findCard(mailbox, 'J. Fox'), 'Not known to your store.');
    await mailbox.goto(samplePages.profile('lena-fox-northmill'), { waitUntil: 'domcontentloaded' });
    await waitForWords(await findCard(mailbox, 'Lena Fox'), 'linkedin.com/in/lena-fox-northmill');
    await mailbox.goto(unknownRecord, { waitUntil: 'domcontentloaded' });
    await waitForWords(await findCard(mailbox, 'Ms. Nora Whitfield'), 'Salesforce record');
    await mailbox.goto(`${hubspot}/151`, { waitUntil: 'domcontentloaded' });
    await waitForWords(await findCard(mailbox, 'Nora Whitfield'), 'HubSpot record');
    await bringUpToDate();

    const caused = recorder.requests.slice(before);
    expect(caused.filter((request) => !usual.has(withoutCursor(request)))).toEqual([]);
    expect(caused.filter(({ method, body }) => !/^(GET|OPTIONS)$/.test(method) || body !== '')).toEqual([]);
    const forms = strangers.flatMap((identity) => formsOf(identity, session));
    expect(findTraces(recorder.requests, forms)).toEqual([]);
    await mailbox.close();
  });

  it('who is added on purpose is sent once, and is a contact of the account in PostgreSQL', async () => {
    const mailbox = await openMailbox(browser);
    await mailbox.goto(samplePages.thread('Sensor wiring on line 3'), { waitUntil: 'domcontentloaded' });
    const panel = await findCard(mailbox, 'Ravi Mehta');
    await press(panel, 'Add this person');
    const readContacts = () =>
      sample.store.sql<{ name: string; account: string }>(
        `select c.name, a.name as account from identifier i
         join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
         join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
         where i.value = $1`,
        [ravi?.email],
      );
    await expect.poll(readContacts).toEqual([{ name: 'Ravi Mehta', account: 'Brightforge' }]);
    await waitForWords(panel, 'Exact match');
    const telling = recorder.requests.filter(({ body }) => body.includes(ravi?.email ?? ''));
    expect(telling.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/push']);

    const others = strangers.filter((identity) => !identity.words.includes('Ravi Mehta'));
    expect(
      findTraces(
        recorder.requests,
        others.flatMap((identity) => formsOf(identity, session)),
      ),
    ).toEqual([]);
    await mailbox.close();
  });
});
