import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { readMemory } from './people/memory.ts';
import { findCard, openMailbox, openThread, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const secret = `11111111-2222-4333-8444-555555555555.${'s'.repeat(43)}`;

let sample: Sample;
let browser: RunningBrowser;
let options: Page;
let stranger: Server;
let strangerUrl: string;

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
  // What a hotel's network answers whatever one asks, and whoever asks.
  stranger = createServer((_request, response) => {
    response
      .writeHead(200, {
        'content-type': 'text/html',
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
      })
      .end('<h1>Welcome to our network</h1>');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  strangerUrl = `http://localhost:${(stranger.address() as AddressInfo).port}`;
  options = await browser.openExtensionPage('options.html');
});

afterAll(async () => {
  await browser?.close();
  stranger?.closeAllConnections();
  stranger?.close();
  await sample?.close();
});

/** Pastes this into Options and answers what is complained of. */
async function complaintOf(link: string): Promise<string> {
  await options.locator(named('Invite link', 'textbox')).fill(link);
  await options.locator(named('Look at the invite', 'button')).click();
  const alert = await options.waitForFunction(() => document.querySelector('[role=alert]')?.textContent || null);
  return String(await alert.jsonValue());
}

const silent = (host: string) =>
  `No store answers at ${host}. Check that you are online: a network that wants you to log in on a page of its own first lets nothing else through. If it stays so, ask the person who invited you whether the link is right.`;

describe(`connecting in ${browserName}`, () => {
  it.each<[what: string, link: () => string | Promise<string>, sentence: () => string]>([
    [
      'what is no link',
      () => 'Dana Ortiz',
      () =>
        'This is not an invite link. One looks like https://store.example/join#… Copy it whole from where you got it.',
    ],
    [
      'a link without its secret',
      () => `${sample.store.url}/join`,
      () => 'This invite link is not complete. Copy it again, with everything after the # sign.',
    ],
    [
      'a link that was cut off',
      () => `${sample.store.url}/join#${secret.slice(0, 60)}`,
      () => 'This invite link is not complete. Copy it again, with everything after the # sign.',
    ],
    [
      'plain HTTP to a far host',
      () => `http://store.example/join#${secret}`,
      () =>
        'This link leads to store.example over plain HTTP, where others could read along. Ask for a link that begins with https.',
    ],
    ['a store that is not there', () => `http://localhost:1/join#${secret}`, () => silent('localhost:1')],
    ['an answer that is not a store’s', () => `${strangerUrl}/join#${secret}`, () => silent(new URL(strangerUrl).host)],
    [
      'an invite of another store',
      () => `${sample.store.url}/join#${secret}`,
      () => 'This store does not know this invite. Check that the link was copied whole, or ask for a new one.',
    ],
    [
      'an invite that was used',
      async () => {
        const link = await sample.store.invite('rep', 'used@kestrel.example');
        await joinStore(link, 'Used');
        return link;
      },
      () =>
        'This invite was already used: each one connects one browser. If that was not you, tell the person who invited you. Ask for a new one.',
    ],
    [
      'an invite that has expired',
      async () => {
        const link = await sample.store.invite('rep', 'late@kestrel.example');
        await sample.store.sql(`update invite set expires_at = now() - interval '1 minute' where address = $1`, [
          'late@kestrel.example',
        ]);
        return link;
      },
      () => 'This invite has expired: it was good for 24 hours. Ask for a new one.',
    ],
    [
      'an invite that was taken back',
      async () => {
        const link = await sample.store.invite('rep', 'back@kestrel.example');
        await sample.store.sql('update invite set revoked_at = now() where address = $1', ['back@kestrel.example']);
        return link;
      },
      () => 'This invite was taken back. Ask the person who invited you for a new one.',
    ],
  ])('says what is wrong with %s and what to do', async (_what, link, sentence) => {
    expect(await complaintOf(await link())).toBe(sentence());
  });

  it('takes a complaint back as soon as the link is changed, and says that an invite expired while it was looked at', async () => {
    const link = await sample.store.invite('rep', 'slow@kestrel.example');
    await complaintOf('Dana Ortiz');
    await options.locator(named('Invite link', 'textbox')).fill(link);
    expect(await options.$eval('[role=alert]', (alert) => alert.textContent)).toBe('');
    await options.locator(named('Look at the invite', 'button')).click();
    await options.locator(named('Your name', 'textbox')).fill('Slow');
    await sample.store.sql(`update invite set expires_at = now() - interval '1 minute' where address = $1`, [
      'slow@kestrel.example',
    ]);
    await options.locator('::-p-text(Join)').click();
    await options.waitForSelector('::-p-text(This invite has expired)');
    await options.locator(named('Use another link', 'button')).click();
  });

  it('brings a rep who opens the Desk to their own results, and tells them what the rest is for, without figures', async () => {
    const invite = await sample.store.invite('rep', rep.email);
    await options.close();
    options = await connect(browser, invite, rep.name);
    const desk = await browser.openExtensionPage('desk.html');
    await desk.waitForSelector(named('Your results', 'heading'));
    await desk.waitForSelector('::-p-text(One click in the panel says weak or strong)');
    await desk.evaluate(() => {
      location.hash = '#/lead-quality';
    });
    await desk.waitForSelector('::-p-text(The Desk is for marketing)');
    const said = await desk.evaluate(() => document.body.innerText.replace(/\s+/g, ' '));
    expect(said).toContain('What marketing knows about an account is in your panel');
    expect(said).not.toMatch(/\d+ ?%|verdicts in|Talking points that/);
    await desk.close();
  });

  it('signing out takes the card away and wipes what the browser held', async () => {
    const mailbox = await openMailbox(browser);
    await openThread(mailbox, 'Line 3 stoppages');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    expect(await readMemory(options)).toContain('Head of Operations');

    await options.bringToFront();
    await options.locator(named('Sign out', 'button')).click();
    await options.waitForSelector(named('Connect this browser', 'heading'));
    const memory = await readMemory(options);
    for (const held of ['Head of Operations', 'Brightforge', rep.name, rep.email, sample.store.url, 'token'])
      expect(memory).not.toContain(held);
    await mailbox.bringToFront();
    await waitForWords(panel, 'Connect to your company’s store');
    expect(await panel.$(named('Dana Ortiz', 'heading'))).toBeNull();
    const devices = await sample.store.sql(
      `select 1 from device d join member m on m.workspace_id = d.workspace_id and m.id = d.member_id
       where m.address = $1 and d.revoked_at is null`,
      [rep.email],
    );
    expect(devices).toEqual([]);
    await mailbox.close();
  });
});
