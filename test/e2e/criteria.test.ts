import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Agreement, agreementSchema } from '#contract/agreement.ts';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { asPost, type Device, joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { findCard, openMailbox, openThread, press as pressInPanel, readWords, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const dana = castContact('dana');
const path = '/v1/agreements/scorecard';
const points = named('Points of Size: 200 to 500 people', 'spinbutton');

let sample: Sample;
let deskBrowser: RunningBrowser;
let repBrowser: RunningBrowser;
let mailbox: Page;
let desk: Page;
let colleague: Device;
let sales: Device;

beforeAll(async () => {
  sample = await startSample();
  const { store } = sample;
  deskBrowser = await sample.launch(browserName, { viewport: { width: 1440, height: 1000 } });
  await connect(deskBrowser, await store.invite('admin', marketer.email), marketer.name);
  repBrowser = await sample.launch(browserName);
  await connect(repBrowser, await store.invite('rep', rep.email), rep.name);
  colleague = await joinStore(await store.invite('marketer', 'marius@kestrel.example'), 'Marius Lind');
  sales = await joinStore(await store.invite('rep', 'dario@kestrel.example'), 'Dario Pell');
  mailbox = await openMailbox(repBrowser);
  await openThread(mailbox, 'Line 3 stoppages');
  await findCard(mailbox, dana.name);
  desk = await openDesk(deskBrowser, 'criteria', 'Criteria');
});

afterAll(async () => {
  await Promise.all([deskBrowser?.close(), repBrowser?.close()]);
  await sample?.close();
});

async function read(device: Device): Promise<Agreement> {
  return agreementSchema.parse(await (await device.call(path)).json());
}

/** Changes the points of a criterion as somebody else's Desk does. */
async function changeElsewhere(id: string, to: number): Promise<void> {
  const { draft } = await read(colleague);
  if (!draft) throw new Error('There is no draft.');
  const criteria = draft.body.criteria.map((each) => (each.id === id ? { ...each, points: to } : each));
  const wish = { draftId: draft.id, revision: draft.revision, body: { ...draft.body, criteria } };
  const answer = await colleague.call(`${path}/draft`, { ...asPost(wish), method: 'PUT' });
  expect(answer.status).toBe(200);
}

const pointsOf = async (id: string) => (await read(sales)).draft?.body.criteria.find((each) => each.id === id)?.points;
const press = (name: string) => desk.locator(named(name, 'button')).click();

/** How the rep's panel scores Dana's fit; where it shows none, what it says instead. */
async function readScore(): Promise<string> {
  const words = await readWords(await findCard(mailbox, dana.name));
  return /Fit\s+\S+/.exec(words)?.[0] ?? words.slice(0, 400);
}

describe(`criteria in ${browserName}`, () => {
  /** The rep's panel, before anybody changed anything. */
  let before = '';

  it('stand with what is in force until somebody begins a draft, and change by keys', async () => {
    before = await readScore();
    const panel = await findCard(mailbox, dana.name);
    await pressInPanel(panel, 'Weak');
    await waitForWords(panel, 'Sent');
    await waitForText(desk, 'v1 in force');
    await press('Begin a draft');
    const field = await desk.waitForSelector(points);
    await field?.focus();
    for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageDown', 'Minus'] as const)
      await desk.keyboard.press(key);
    await expect.poll(() => pointsOf('size_core')).toBe(9);
    await waitForText(desk, '+30 → +9');
  });

  it('stand beside what the workspace’s own past says of them', async () => {
    await waitForText(desk, 'Back-test', 20_000);
    await waitForText(desk, 'No suggestion yet');
    await press('Table: Predicted against what came');
    await desk.waitForSelector(named('Predicted against what came', 'table'));
  });

  it('lose nothing when two people edit at once, and ask which holds where both changed the same', async () => {
    await changeElsewhere('size_large', 20);
    await waitForText(desk, '+24 → +20');
    // Pressed here and changed there before this is saved.
    await (await desk.waitForSelector(points))?.focus();
    await desk.keyboard.press('ArrowUp');
    await changeElsewhere('size_core', 15);
    await waitForText(desk, 'Which one holds?');
    await desk.locator('::-p-xpath(//label[contains(., "Mine: +10")]//input)').click();
    await press('Save what I chose');
    await expect.poll(() => pointsOf('size_core')).toBe(10);
    expect(await pointsOf('size_large')).toBe(20);
  });

  it('take another criterion by a form that says what is wrong at its field, and what it asks is changed there too', async () => {
    await press('Add a criterion of fit');
    const type = (name: string, text: string) => desk.locator(named(name, 'textbox')).fill(text);
    await type('Name', 'Tier: our best');
    await press('Add to the draft');
    await waitForText(desk, 'At least one value, one a line.');
    await desk.locator(named('Asks about', 'combobox')).fill('tier');
    await type('Values', '1');
    await type('Points', '7');
    await press('Add to the draft');
    await expect.poll(() => pointsOf('tier_our_best')).toBe(7);
    await press('Tier: our best');
    await press('Change what “Tier: our best” asks');
    await type('Points', '0');
    await press('Change in the draft');
    await expect.poll(() => pointsOf('tier_our_best')).toBe(0);
    await press('Remove “Tier: our best”');
    await expect.poll(() => pointsOf('tier_our_best')).toBeUndefined();
  });

  it('wait for both sides, of which an admin names who signs for sales', async () => {
    await waitForText(desk, 'An admin names who signs for sales');
    await press('Choose');
    await desk.locator('::-p-xpath(//label[contains(., "Dario Pell")]//input)').click();
    await desk.keyboard.press('Escape');
    await press('Sign for Marketing');
    await waitForText(desk, 'Waits for Dario Pell');
    expect(await desk.$(`${named('Publish v2', 'button')}`)).not.toBeNull();
    const { draft } = await read(sales);
    const signing = { draftId: draft?.id, revision: draft?.revision, side: 'sales' };
    expect((await sales.call(`${path}/draft/sign`, asPost(signing))).status).toBe(200);
    await desk.waitForSelector('::-p-xpath(//button[normalize-space(.)="Publish v2" and not(@disabled)])');
  });

  it('are clean for everybody who reads or hears them', async () => {
    await desk.evaluate(`${axe};0`);
    const found = await desk.evaluate(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes.map((node) => node.target).join(' ')))`,
    );
    expect(found).toEqual([]);
  });

  it('change the card in an open tab once they are published, and are as before after going back', async () => {
    await waitForText(desk, 'You said “Weak” on 1 lead.');
    await press('Publish v2');
    await desk
      .locator('::-p-xpath(//label[contains(., "Why, in a sentence")]//input)')
      .fill('Size told us too little.');
    await desk.locator('::-p-xpath(//form//button[contains(., "Publish v2")])').click();
    await waitForText(desk, 'Version 2 is in force');
    await expect.poll(readScore).not.toBe(before);
    const panel = await findCard(mailbox, dana.name);
    await waitForWords(panel, 'You said “Weak” on 1 lead. From today, “Size: 200 to 500 people” counts +10.');
    await pressInPanel(panel, 'Got it');
    await expect.poll(() => readWords(panel)).not.toContain('You said');
    await press('Versions');
    await waitForText(desk, 'Size told us too little.');
    await waitForText(desk, 'Signed for sales by Dario Pell');
    await press('Go back by one');
    await desk.locator('::-p-xpath(//label[contains(., "Why, in a sentence")]//input)').fill('It was better before.');
    await desk.locator('::-p-xpath(//form//button[contains(., "Back to v1")])').click();
    await waitForText(desk, 'Is version 1 again.');
    await expect.poll(readScore).toBe(before);
    expect(await readWords(panel)).not.toContain('You said');
  });
});
