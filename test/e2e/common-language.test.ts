import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { castContact } from '../fixtures/cast.ts';
import { named } from './harness/panel.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { findCard, openMailbox, openThread, readWords, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const dana = castContact('dana');
const meaning = 'Fit and engagement are good enough, and somebody there asked a question of ours.';

let sample: Sample;
let deskBrowser: RunningBrowser;
let repBrowser: RunningBrowser;
let mailbox: Page;
let desk: Page;

beforeAll(async () => {
  sample = await startSample();
  const { store } = sample;
  deskBrowser = await sample.launch(browserName, { viewport: { width: 1280, height: 900 } });
  await connect(deskBrowser, await store.invite('admin', marketer.email), marketer.name);
  repBrowser = await sample.launch(browserName);
  await connect(repBrowser, await store.invite('rep', rep.email), rep.name);
  mailbox = await openMailbox(repBrowser);
  await openThread(mailbox, 'Line 3 stoppages');
  await findCard(mailbox, dana.name);
  desk = await openDesk(deskBrowser, 'language', 'Common language');
});

afterAll(async () => {
  await Promise.all([deskBrowser?.close(), repBrowser?.close()]);
  await sample?.close();
});

const press = (name: string) => desk.locator(named(name, 'button')).click();
const field = (label: string) =>
  desk.locator(`::-p-xpath(//label[starts-with(normalize-space(.), "${label}")]//*[self::input or self::textarea])`);

/** Rests on a button of the rep's panel as one does who reads; answers what its tip says. */
async function readTip(name: string): Promise<string> {
  await mailbox.bringToFront();
  const panel = await findCard(mailbox, dana.name);
  const button = await panel.waitForSelector(named(name, 'button'));
  await button?.focus();
  await panel.waitForSelector('[role=tooltip]');
  return readWords(panel);
}

async function findViolations(): Promise<unknown> {
  await desk.evaluate(`${axe};0`);
  return desk.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes.map((node) => node.target).join(' ')))`,
  );
}

/** Publishes what both sides have signed. */
async function publish(version: number): Promise<void> {
  await desk.bringToFront();
  await desk.locator(`::-p-xpath(//button[normalize-space(.)="Publish v${version}" and not(@disabled)])`).click();
  await desk.locator('::-p-xpath(//label[contains(., "Why, in a sentence")]//input)').fill('One word for both.');
  await desk.locator(`::-p-xpath(//form//button[contains(., "Publish v${version}")])`).click();
  await waitForText(desk, `Version ${version} is in force`);
}

/** The rep signs in a Desk of their own. */
async function signForSales(place: string): Promise<void> {
  const repDesk = await openDesk(repBrowser, place, 'Common language');
  await repDesk.locator(named('Sign for Sales', 'button')).click();
  await waitForText(repDesk, 'signed');
  await repDesk.close();
}

describe(`the common language in ${browserName}`, () => {
  it('begins with the words that came with the workspace, and says at its field what is wrong with another', async () => {
    await waitForText(desk, 'v1 in force');
    await waitForText(desk, 'Marketing qualified');
    await press('Begin a draft');
    await press('Change MQL');
    await field('Target days').fill('0');
    await press('Change it');
    await waitForText(desk, 'A whole number of days from 1 to 3,650');
    await field('Target days').fill('14');
    await field('What it means').fill(meaning);
    await press('Change it');
    await waitForText(desk, 'no target agreed at most 14 days');
    expect(await findViolations()).toEqual([]);
  });

  it('is in force once both sides signed, and the rep’s panel says on the chip what it means, whose it is and who signed', async () => {
    await press('Choose');
    await desk.locator(`::-p-xpath(//label[contains(., "${rep.name}")]//input)`).click();
    await desk.keyboard.press('Escape');
    await press('Sign for Marketing');
    await waitForText(desk, `Waits for ${rep.name}`);
    await signForSales('language');
    await publish(2);
    await mailbox.bringToFront();
    await expect.poll(() => readTip('MQL')).toContain(meaning);
    const tip = await readTip('MQL');
    expect(tip).toContain('Marketing is responsible · at most 14 days');
    expect(tip).toMatch(new RegExp(`Version 2, signed by .*${rep.name}`));
  });

  it('counts who would move before segments are published, and moves them then', async () => {
    await desk.bringToFront();
    await press('Segments');
    await press('Begin a draft');
    await press('Add a segment');
    await field('Word').fill('Growing makers');
    await field('What it means').fill('Makes things, with a few hundred people.');
    await press('Add a rule');
    await desk.locator(named('Asks about', 'combobox')).fill('employees');
    await desk.locator(named('Holds when it', 'combobox')).fill('between');
    await field('From').fill('300');
    await field('To').fill('600');
    // By keys alone: what is added has the focus.
    await desk.focus('::-p-xpath(//button[contains(., "another group of rules")])');
    await desk.keyboard.press('Enter');
    await desk.waitForFunction(() => document.activeElement?.matches('[data-rule="1-0"] select'));
    await desk.keyboard.press('Tab');
    await desk.keyboard.press('Tab');
    await desk.keyboard.type('Shipbuilding');
    await press('Add it');
    await waitForText(desk, 'Industry is Shipbuilding');
    await desk.locator('::-p-xpath(//label[contains(., "The rules go before")]//input)').click();
    await waitForText(desk, 'accounts would move');
    await expect
      .poll(() => desk.evaluate(() => document.querySelector('[aria-busy=false] table')?.textContent ?? ''))
      .toContain('Growing makers');
    expect(await findViolations()).toEqual([]);
    await press('Sign for Marketing');
    await signForSales('language?agreement=segments');
    await publish(2);
    await mailbox.bringToFront();
    const panel = await findCard(mailbox, dana.name);
    await waitForWords(panel, 'Growing makers');
    const tip = await readTip('Growing makers');
    expect(tip).toContain('Makes things, with a few hundred people.');
    expect(tip).toContain('By rules: Employees from 300 to 600; or Industry is Shipbuilding.');
  });

  it('says on the grade what both sides call a qualified lead', async () => {
    await desk.bringToFront();
    await press('Qualified lead');
    await press('Begin a draft');
    await field('In words').fill('Has a need we can meet, and somebody who decides.');
    await waitForText(desk, 'What the draft changes');
    await desk.waitForSelector('::-p-xpath(//button[normalize-space(.)="Sign for Marketing" and not(@disabled)])');
    await press('Sign for Marketing');
    await signForSales('language?agreement=qualified');
    await publish(2);
    await mailbox.bringToFront();
    const panel = await findCard(mailbox, dana.name);
    const grade = await panel.waitForSelector('button.grade');
    await grade?.focus();
    await waitForWords(panel, 'Has a need we can meet, and somebody who decides.');
  });
});
