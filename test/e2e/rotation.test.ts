import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { type Device, joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { findCard, openMailbox, openThread } from './people/rep.ts';

const browserName = inject('browserName');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const dana = castContact('dana');

let sample: Sample;
let adminBrowser: RunningBrowser;
let repBrowser: RunningBrowser;
let adminOptions: Page;
let repOptions: Page;
let mailbox: Page;
let leaver: Device;

beforeAll(async () => {
  sample = await startSample();
  const table = join(sample.store.dataDir, 'long-ago.csv');
  const rows = [1, 2, 3].map((day) => `old-${day},${dana.email},Fair of long ago,attended,2021-03-0${day}T10:00:00Z`);
  await writeFile(table, `${['Id,Email,Campaign,Kind,At', ...rows].join('\n')}\n`);
  await sample.store.command('import', table);
  leaver = await joinStore(await sample.store.invite('rep', 'noel@kestrel.example'), 'Noel Brandt');
  adminBrowser = await sample.launch(browserName, { viewport: { width: 1440, height: 1400 } });
  adminOptions = await connect(adminBrowser, await sample.store.invite('admin', marketer.email), marketer.name);
  repBrowser = await sample.launch(browserName);
  repOptions = await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
  mailbox = await openMailbox(repBrowser);
  await openThread(mailbox, 'Line 3 stoppages');
  await findCard(mailbox, dana.name);
});

afterAll(async () => {
  await Promise.all([adminBrowser?.close(), repBrowser?.close()]);
  await sample?.close();
});

/** What axe finds wrong with the page as it stands. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(`${axe};0`);
  return (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes.map((node) => node.target).join(' ')))`,
  )) as string[];
}

/** The rep opens the thread anew: the card is looked up from the start. */
async function seesDana(): Promise<void> {
  await mailbox.bringToFront();
  await mailbox.reload({ waitUntil: 'domcontentloaded' });
  await findCard(mailbox, dana.name);
}

async function bringUpToDate(options: Page): Promise<void> {
  await options.bringToFront();
  await options.locator(named('Bring up to date', 'button')).click();
}

const keys = async () => {
  const [row] = await sample.store.sql<{ current: string; previous: string | null }>(
    'select hash_key_id as current, previous_key_id as previous from workspace',
  );
  return row ?? { current: '', previous: '' };
};
const copies = () =>
  sample.store.sql<{ keyId: string }>(
    'select distinct d.key_id as "keyId" from device d where d.revoked_at is null order by 1',
  );

describe(`an admin rotates the key in ${browserName}`, () => {
  let desk: Page;

  it('is offered it when somebody leaves, whose access is over at once', async () => {
    desk = await openDesk(adminBrowser, 'people', 'People');
    await waitForText(desk, 'Noel Brandt');
    await desk.locator(named('End membership of Noel Brandt', 'button')).click();
    await waitForText(desk, 'There is no undo');
    expect(await findBarriers(desk)).toEqual([]);
    await desk.locator(named('End it for Noel Brandt', 'button')).click();
    await waitForText(desk, 'Noel Brandt has left, and knew this key');
    expect((await leaver.call('/v1/session')).status).toBe(401);
    expect((await leaver.call('/v1/snapshot')).status).toBe(401);
  });

  it('puts a new key in the place of the old one, while a rep sees the card all along', async () => {
    const before = await keys();
    await desk.locator(named('Rotate the key', 'button')).click();
    await waitForText(desk, 'This cannot be undone.');
    await desk.locator(named('Rotate now', 'button')).click();
    await waitForText(desk, 'There is a new key.');
    const after = await keys();
    expect(after).toMatchObject({ previous: before.current });
    await seesDana();

    const settings = await openDesk(adminBrowser, 'settings', 'Settings');
    await waitForText(settings, 'The new key is on its way');
    expect(await findBarriers(settings)).toEqual([]);
    await bringUpToDate(repOptions);
    await seesDana();
    await bringUpToDate(adminOptions);
    await expect.poll(copies).toEqual([{ keyId: after.current }]);
    await expect.poll(async () => (await keys()).previous, { timeout: 45_000, interval: 500 }).toBeNull();
    await seesDana();
    await settings.bringToFront();
    await settings.waitForFunction(() => !document.body.innerText.includes('The new key is on its way'), {
      timeout: 30_000,
    });
  });
});

describe(`an admin settles how long touches are kept in ${browserName}`, () => {
  const counted = async () => {
    const [row] = await sample.store.sql<{ touches: string; counts: string }>(
      `select (select count(*) from touch where at < '2022-01-01') as touches, (select coalesce(sum(touches), 0) from folded_touch where month < '2022-01-01') as counts`,
    );
    return [Number(row?.touches), Number(row?.counts)];
  };

  it('reads what would become of them before it is settled, and what came of it', async () => {
    const settings = await openDesk(adminBrowser, 'settings', 'Settings');
    await settings.locator('select[aria-label="Keep each touch"]').fill('36');
    await waitForText(settings, '3 touches from before');
    expect(await counted()).toEqual([3, 0]);
    expect(await findBarriers(settings)).toEqual([]);
    await settings.locator(named('Keep each for 36 months, count what is older', 'button')).click();
    await waitForText(settings, 'Settled.');
    await expect.poll(counted, { timeout: 45_000, interval: 500 }).toEqual([0, 3]);
    await seesDana();
    await settings.bringToFront();
    await waitForText(settings, '3 touches from before', 45_000);
  });
});
