import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { openPopup } from './harness/popup.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';
import { waitUntilSays } from './people/wait-until-says.ts';

const browserName = inject('browserName');
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const many = 500;
const saidAtOnce = 50;

let sample: Sample;
let browser: RunningBrowser;
let options: Page;
let mailbox: Page;

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName);
  options = await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
  mailbox = await openMailbox(browser);
  await openThread(mailbox, 'Line 3 stoppages');
  await findCard(mailbox, 'Dana Ortiz');
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

const says = (words: string, timeoutMs = 30_000) =>
  waitUntilSays('Options', () => options.evaluate(() => document.body.innerText), words, timeoutMs);

/** Says something to the background, as the extension's own pages do. */
function send(name: string, request: unknown): Promise<unknown> {
  return options.evaluate(
    async (message) => {
      const { browser: theirs, chrome } = globalThis as unknown as Record<
        string,
        { runtime: { sendMessage(message: unknown): Promise<unknown> } }
      >;
      return (theirs ?? chrome)?.runtime.sendMessage(message);
    },
    { baton: 1, name, request },
  );
}

async function findDana(): Promise<string> {
  const [dana] = await sample.store.sql<{ id: string }>(`select id from contact where name = 'Dana Ortiz'`);
  return dana?.id ?? '';
}

/** The ids of all verdicts, in the order in which they were given. */
async function listVerdicts(): Promise<string[]> {
  return (await sample.store.sql<{ id: string }>('select id from verdict order by claimed_at, id')).map(({ id }) => id);
}

/** How many mutations the store has of all of this member's devices. */
async function countMutations(): Promise<number> {
  const [row] = await sample.store.sql<{ count: number }>('select count(*)::int as count from mutation');
  return row?.count ?? 0;
}

async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

describe(`the outbox in ${browserName}`, () => {
  it('sends nothing while another sender holds the queue, and all of it once it lets go', async () => {
    await options.bringToFront();
    // A window that holds the one lock of the queue, as another background at work would.
    await options.evaluate(() => {
      const held = Promise.withResolvers<void>();
      Object.assign(globalThis, { letGo: held.resolve });
      void navigator.locks.request('cycle of baton-outbox', () => held.promise);
    });
    const countWaiting = () =>
      options.evaluate(async () => {
        const { pending = [] } = await navigator.locks.query();
        return pending.filter(({ name }) => name === 'cycle of baton-outbox').length;
      });
    const before = await countMutations();
    await mailbox.bringToFront();
    await press(await findCard(mailbox, 'Dana Ortiz'), 'Weak');
    await waitForWords(await findCard(mailbox, 'Dana Ortiz'), 'Saved here');
    // The background stands in line behind the holder: it wanted to send, and did not.
    await expect.poll(countWaiting).toBeGreaterThan(0);
    expect(await countMutations()).toBe(before);
    await options.evaluate(() => (globalThis as unknown as { letGo(): void }).letGo());
    await waitForWords(await findCard(mailbox, 'Dana Ortiz'), 'Sent');
    expect(await listVerdicts()).toHaveLength(1);
  });

  it('is one queue for two windows: what is done in both arrives once, in the order in which it was done', async () => {
    const second = await openMailbox(browser);
    await openThread(second, 'Line 3 stoppages');
    await findCard(second, 'Dana Ortiz');
    await sample.store.kill();
    for (const [page, button] of [
      [mailbox, 'Strong'],
      [second, 'Weak'],
      [mailbox, 'Strong'],
    ] as const) {
      await page.bringToFront();
      await press(await findCard(page, 'Dana Ortiz'), button);
      await waitForWords(await findCard(page, 'Dana Ortiz'), 'Saved here');
    }
    await sample.store.restart();
    const values = () => sample.store.sql('select value from verdict order by claimed_at');
    await options.bringToFront();
    await expect
      .poll(values, { timeout: 90_000 })
      .toEqual(['weak', 'strong', 'weak', 'strong'].map((value) => ({ value })));
    await second.close();
  });

  it('discards what the person discards, sends nothing in its stead, and gives it back on undo', async () => {
    await sample.store.kill();
    await send('saveMutation', {
      kind: 'recordVerdict',
      body: { verdictId: randomUUID(), contactId: await findDana(), value: 'weak', shown: null },
    });
    await options.bringToFront();
    await says('Saved here');
    await options.locator(named('Discard: Weak: Dana Ortiz', 'button')).click();
    await says('1 thing discarded');
    await options.locator(named('Undo', 'button')).click();
    await says('Weak: Dana Ortiz');
    await options.locator(named('Discard all', 'button')).click();
    await says('Nothing waits to be sent.');
    expect(await findViolations(options)).toEqual([]);
    await sample.store.restart();
    const last = async () => {
      await send('syncNow', null);
      return sample.store.sql('select rejection_code from mutation order by at desc, sequence desc limit 1');
    };
    await expect.poll(last, { timeout: 60_000, interval: 1000 }).toEqual([{ rejection_code: 'discarded' }]);
    expect(await listVerdicts()).toHaveLength(4);
  });

  it('tells how fast cards came, and how this browser stands without a word of who', async () => {
    await options.bringToFront();
    await says('The last cards');
    const readReport = () => options.$eval('textarea.report', (area) => (area as HTMLTextAreaElement).value);
    await expect.poll(readReport).toMatch(/cards: [1-9]\d*; looked up p50 [\d.]+ ms/);
    const report = await readReport();
    for (const secret of ['Dana', 'Ortiz', rep.name, rep.email, 'kestrel', 'localhost', 'Brightforge'])
      expect(report).not.toContain(secret);
    expect(await findViolations(options)).toEqual([]);
  });

  it('keeps 500 things over an expired login, never sends them as somebody else, and sends them once the same member is back', async () => {
    const contactId = await findDana();
    const verdictIds = Array.from({ length: many }, () => randomUUID());
    await sample.store.kill();
    const say = (verdictId: string) =>
      send('saveMutation', { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } });
    for (let at = 0; at < many; at += saidAtOnce) await Promise.all(verdictIds.slice(at, at + saidAtOnce).map(say));
    await sample.store.sql(`update device set expires_at = now() - interval '1 minute'`);
    await sample.store.restart();
    await send('syncNow', null);
    await says('The store no longer accepts this browser.');
    await says(`Show ${many - 20} more`);
    await says(`It is sent once ${rep.name} joins again, and never under another name.`);
    expect(await findViolations(options)).toEqual([]);
    const popup = await openPopup(browser, mailbox);
    await popup.waitFor(`${many} waiting`);
    await options.bringToFront();

    await options.locator(named('Invite link', 'textbox')).fill(await sample.store.invite('marketer', marketer.email));
    await options.locator(named('Look at the invite', 'button')).click();
    await says(`${many} things that ${rep.name} did here are not sent yet`);
    await options.locator(named('Use another link', 'button')).click();
    expect(await listVerdicts()).toHaveLength(4);

    await options.locator(named('Invite link', 'textbox')).fill(await sample.store.invite('rep', rep.email));
    await options.locator(named('Look at the invite', 'button')).click();
    await options.locator(named('Your name', 'textbox')).fill(rep.name);
    await options.locator('::-p-text(Join)').click();
    await options.waitForSelector(named('This browser', 'heading'));
    await expect.poll(async () => (await listVerdicts()).length, { timeout: 60_000, interval: 500 }).toBe(4 + many);
    expect((await listVerdicts()).slice(4).sort()).toEqual([...verdictIds].sort());
    await says('Nothing waits to be sent.');
  });
});
