import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { writeExports } from '../fixtures/exports/write.ts';
import { type Recorder, recordStore } from './harness/recorder.ts';
import { type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { readMemory } from './people/memory.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const dana = castContact('dana');

/** A rep's browser with a line of its own to the store. */
interface Desk {
  browser: RunningBrowser;
  line: Recorder;
  options: Page;
}

let sample: Sample;
const desks: Desk[] = [];

async function open(address: string): Promise<Desk> {
  const [browser, line] = await Promise.all([sample.launch(browserName), recordStore(sample.store.url)]);
  const options = await connect(browser, line.leadThrough(await sample.store.invite('rep', address)), 'Sam Weir');
  const desk = { browser, line, options };
  desks.push(desk);
  return desk;
}

beforeAll(async () => {
  sample = await startSample();
});
afterAll(async () => {
  for (const { browser, line } of desks) {
    await browser.close();
    await line.close();
  }
  await sample?.close();
});

/** By what this browser could still tell the person. */
async function tracesIn({ options }: Desk, contactId: string): Promise<string[]> {
  const held = (await readMemory(options)).toLowerCase();
  return [dana.name, dana.email, contactId, dana.linkedin ?? dana.name].filter((each) =>
    held.includes(each.toLowerCase()),
  );
}

it('a person who is erased while in two copies and an offline outbox is nowhere, also after a re-import', async () => {
  const [near, far] = [await open('sam.weir@kestrel.example'), await open('lee.marsh@kestrel.example')];
  const [{ id: contactId } = { id: '' }] = await sample.store.sql<{ id: string }>(
    `select contact_id as id from identifier where kind = 'email' and value = $1`,
    [dana.email],
  );
  const panels = [];
  for (const { browser } of [near, far]) {
    const mailbox = await openMailbox(browser);
    await openThread(mailbox, 'Line 3 stoppages');
    panels.push(await findCard(mailbox, dana.name, 30_000));
  }
  for (const each of [near, far]) expect(await tracesIn(each, contactId)).toContain(contactId);
  // One of them is in a tunnel, and its rep has something to say about her.
  far.line.isCut = true;
  const panel = panels[1];
  if (panel === undefined) throw new Error('No panel.');
  await press(panel, 'Weak');
  await waitForWords(panel, 'Saved here');

  await sample.store.command('erase', dana.email);
  await expect.poll(() => tracesIn(near, contactId)).toEqual([]);
  expect(await tracesIn(far, contactId)).toContain(contactId);
  far.line.isCut = false;
  await expect.poll(() => tracesIn(far, contactId), { timeout: 75_000, interval: 500 }).toEqual([]);
  expect(far.line.requests.filter(({ body }) => body.includes('recordVerdict')).length).toBeGreaterThan(0);

  const { paths } = writeExports(join(sample.store.dataDir, 'again'), new Date().toISOString().slice(0, 10));
  await sample.store.command('import', ...paths);
  for (const table of ['contact where id', 'verdict where contact_id', 'touch where contact_id'])
    expect(await sample.store.sql(`select 1 from ${table} = $1`, [contactId])).toEqual([]);
  expect(await sample.store.sql('select 1 from identifier where value = $1', [dana.email])).toEqual([]);
  expect(await sample.store.sql('select 1 from contact where name = $1', [dana.name])).toEqual([]);
  // Both have taken in what the import changed, and she is not in it.
  for (const each of [near, far]) {
    const before = each.line.requests.length;
    await each.options.bringToFront();
    await each.options.locator('::-p-aria(Bring up to date[role="button"])').click();
    await expect
      .poll(() => each.line.requests.slice(before).some(({ path }) => path.startsWith('/v1/pull')))
      .toBe(true);
    expect(await tracesIn(each, contactId)).toEqual([]);
  }
});
