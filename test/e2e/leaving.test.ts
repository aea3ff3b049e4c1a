import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { named } from './harness/panel.ts';
import { rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { readMemory } from './people/memory.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';
import { waitUntilSays } from './people/wait-until-says.ts';

const browserName = inject('browserName');
const dana = castContact('dana');
let sample: Sample;
let browser: RunningBrowser;
let options: Page;

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample?.close());

beforeEach(async () => {
  browser = await sample.launch(browserName);
  options = await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
});
afterEach(() => browser?.close());

/** The mailbox with Dana's card open in it. */
async function openDana(): Promise<Page> {
  const mailbox = await openMailbox(browser);
  await openThread(mailbox, 'Line 3 stoppages');
  await findCard(mailbox, dana.name, 30_000);
  return mailbox;
}

/** What this browser holds that the workspace gave it: of people, and to reach them by. */
async function readSecrets(): Promise<string[]> {
  const held = await readMemory(options);
  const given = [/"token":"([^"]+)"/, /"key":"([^"]{20,})"/].map((form) => form.exec(held)?.[1] ?? '');
  expect(given.every((each) => each.length > 20)).toBe(true);
  return [...given, dana.name, 'Brightforge'];
}

async function expectWiped(secrets: readonly string[], timeout: number): Promise<void> {
  const left = async () => {
    const held = await readMemory(options);
    return secrets.filter((each) => held.includes(each));
  };
  await expect.poll(left, { timeout, interval: 250 }).toEqual([]);
}

const saysInOptions = (words: string) =>
  waitUntilSays('Options', () => options.evaluate(() => document.body.innerText), words, 20_000);

describe(`leaving, in ${browserName}`, () => {
  it('a revoked browser that is online is refused at once and wiped within a minute', async () => {
    await openDana();
    const secrets = await readSecrets();
    await sample.store.sql(`update device set revoked_at = now()`);
    const refused = await fetch(`${sample.store.url}/v1/session`, {
      headers: { authorization: `Bearer ${secrets[0]}` },
    });
    expect(refused.status).toBe(401);
    await expectWiped(secrets, 60_000);
    await options.bringToFront();
    await saysInOptions('The store no longer accepts this browser.');
  });

  it('one revoked while it was offline shows cards until it is online again, keeps what waits, and gives it to nobody else', async () => {
    const mailbox = await openDana();
    const secrets = await readSecrets();
    await sample.store.kill();
    try {
      const panel = await findCard(mailbox, dana.name);
      await press(panel, 'Weak');
      await waitForWords(panel, 'Saved here');
      await sample.store.sql(`update device set revoked_at = now()`);
    } finally {
      await sample.store.restart();
    }
    await expectWiped(secrets.slice(0, 2), 90_000);
    await options.bringToFront();
    await saysInOptions('Not sent yet');
    const [row] = JSON.parse(await readMemory(options))
      .flat()
      .filter((each: { kind?: string }) => each.kind === 'recordVerdict');
    expect(row).toMatchObject({ state: 'waiting' });

    await options
      .locator(named('Invite link', 'textbox'))
      .fill(await sample.store.invite('rep', 'other@kestrel.example'));
    await options.locator(named('Look at the invite', 'button')).click();
    await saysInOptions('not sent yet, and this invite is for other@kestrel.example');
    expect(await sample.store.sql('select 1 from verdict')).toEqual([]);

    // It can be taken back for half a minute; then nothing of it is left, at the latest with the next minute's alarm: an idle background does not live that long.
    await options.locator(named('Discard all', 'button')).click();
    await expect
      .poll(async () => (await readMemory(options)).includes(row.body.contactId), { timeout: 120_000 })
      .toBe(false);
  });

  it('signing out leaves nothing of people, keys or token in any of its stores', async () => {
    const mailbox = await openDana();
    const secrets = await readSecrets();
    await mailbox.close();
    await options.bringToFront();
    await options.locator(named('Sign out', 'button')).click();
    await expectWiped([...secrets, dana.email, rep.email], 20_000);
    const inMemory = await options.evaluate(async () => {
      const { browser: api, chrome } = globalThis as unknown as Record<
        string,
        { storage: { session: { get(): Promise<unknown> } } }
      >;
      return JSON.stringify(await (api ?? chrome)?.storage.session.get());
    });
    expect(inMemory).toBe('{}');
  });

  it('a lease that ended offline locks every card and says so; the store opens them again', async () => {
    const mailbox = await openDana();
    await sample.store.kill();
    try {
      await options.evaluate(endLease);
      await mailbox.bringToFront();
      await mailbox.evaluate(() => {
        location.hash = 'inbox';
      });
      await openThread(mailbox, 'Line 3 stoppages');
      const locked = await findCard(mailbox, 'Cards are locked', 20_000);
      await waitForWords(locked, 'This browser has not reached the store for too long.');
      await press(locked, 'Try again');
      await findCard(mailbox, 'Cards are locked');
    } finally {
      await sample.store.restart();
    }
    // By itself, with the next try.
    await findCard(mailbox, dana.name, 90_000);
  });
});

/** Runs in one of Baton's own pages: as if the lease had begun a week and an hour ago. */
async function endLease(): Promise<void> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open('baton-local'));
  const store = database.transaction('values', 'readwrite').objectStore('values');
  const connection = await settled(store.get('connection'));
  const past = 7 * 86_400_000 + 3_600_000;
  const moved = { leaseEndsAt: connection.leaseEndsAt - past, clockAt: connection.clockAt - past };
  await settled(store.put({ ...connection, ...moved }, 'connection'));
  database.close();
}
