import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { findBuild, marketer } from './harness/sample.ts';
import { type RunningStore, startStore } from './harness/store.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';

const browserName = inject('browserName');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** A table that no tool exports: its names are somebody's own, its times name no zone, its days come first. */
const visitors = (rows: string[]) => ['Besucher-Mail;Wer;Betrieb;Am;Stand;Notiz', ...rows, ''].join('\n');
const first = visitors([
  'dana.ortiz@brightforge.example;Dana Ortiz;Brightforge;13/11/2026 14:00;Hall 3;=HYPERLINK("http://evil.example")',
  'marek.bielik@lumenglass.example;Marek Bielik;Lumen Glass;13/11/2026 14:05;Hall 3;',
  'nobody at all;No Body;None;13/11/2026 15:00;Hall 3;',
]);
const second = visitors(['priya.raman@brightforge.example;Priya Raman;Brightforge;14/11/2026 09:30;Hall 4;']);

let store: RunningStore;
let browser: RunningBrowser;
let folder: string;
let desk: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-tables-'));
  store = await startStore({ WORKSPACE_NAME: 'Kestrel Works' });
  browser = await launchBrowser(browserName, {
    extension: findBuild(browserName),
    viewport: { width: 1440, height: 1000 },
  });
  await connect(browser, await store.invite('admin', marketer.email), marketer.name);
  desk = await openDesk(browser, 'sources', 'Sources');
});

afterAll(async () => {
  await browser?.close();
  await store?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function choose(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, text);
  const input = (await desk.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(path);
}

const press = (name: string) => desk.locator(named(name, 'button')).click();
const select = (name: string, value: string) => desk.locator(`select[aria-label="${name}"]`).fill(value);
const means = (column: string, field: string) => select(`What the column ${column} means`, field);

/** What axe finds wrong with the page as it stands. */
async function findBarriers(page: Page = desk): Promise<string[]> {
  await page.evaluate(`${axe};0`);
  return (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes.map((node) => node.target).join(' ')))`,
  )) as string[];
}

const touches = () =>
  store.sql<{ name: string; kind: string; at: Date; campaign: string | null; detail: string | null }>(
    `select c.name, t.kind, t.at, g.name as campaign, t.detail from touch t
     join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
     left join campaign g on g.workspace_id = t.workspace_id and g.id = t.campaign_id order by t.at`,
  );

describe(`a marketer with tables in ${browserName}`, () => {
  it('sees the first rows of a table that Baton does not know, and that nothing of it is in', async () => {
    await choose('fair-visitors-2026.csv', first);
    await waitForText(desk, 'Baton does not know this table');
    await waitForText(desk, 'marek.bielik@lumenglass.example');
    expect(await touches()).toEqual([]);
    expect(await findBarriers()).toEqual([]);
  });

  it('says what its columns mean and reads at once what the first rows would be', async () => {
    // What comes late moves what is below it: a press that hit nothing is made again.
    await vi.waitFor(async () => {
      await press('a touch');
      await desk.waitForSelector('select[aria-label="Kind of touch in every row"]', { timeout: 2000 });
    }, 20_000);
    await means('Besucher-Mail', 'email');
    await means('Wer', 'full_name');
    await means('Betrieb', 'account_name');
    await means('Am', 'at');
    await means('Stand', 'campaign');
    await means('Notiz', 'detail');
    await select('Kind of touch in every row', 'attended');
    await select('Dates like 3/4/2026 have', 'dmy');
    await select('Times without a zone are times in', 'Europe/Berlin');
    await waitForText(desk, '2 of 3 would go in');
    await waitForText(desk, '2026-11-13 13:00 UTC');
    await waitForText(desk, 'nobody at all');
    expect(await findBarriers()).toEqual([]);
  });

  it('tries it out, which keeps nothing, and imports it', async () => {
    await desk.locator('input[aria-label="The name to keep it under"]').fill('Fair visitors');
    await press('Try it out');
    await waitForText(desk, 'This file would change:');
    await waitForText(desk, '1 row does not go in.');
    expect(await touches()).toEqual([]);
    expect(await store.sql('select name from import_mapping')).toEqual([]);
    await press('Import');
    await waitForText(desk, 'Imported.');
    expect(await touches()).toMatchObject([
      {
        name: 'Dana Ortiz',
        kind: 'attended',
        at: new Date('2026-11-13T13:00:00Z'),
        campaign: 'Hall 3',
        detail: '=HYPERLINK("http://evil.example")',
      },
      {
        name: 'Marek Bielik',
        kind: 'attended',
        at: new Date('2026-11-13T13:05:00Z'),
        campaign: 'Hall 3',
        detail: null,
      },
    ]);
  });

  it('finds the mapping kept, and the next table recognised by itself: dropped, tried, one button', async () => {
    expect(await store.sql('select name from import_mapping')).toEqual([{ name: 'Fair visitors' }]);
    await press('Close');
    await choose('fair-visitors-2027.csv', second);
    await waitForText(desk, 'Read as “Fair visitors”');
    await waitForText(desk, 'This file would change:');
    await press('Import');
    await waitForText(desk, 'Imported.');
    expect(await touches()).toMatchObject([{}, {}, { name: 'Priya Raman', at: new Date('2026-11-14T08:30:00Z') }]);
    await press('Close');
  });

  it('reads in the history what each import changed, and takes the last one back', async () => {
    await desk.locator('::-p-xpath(//table//button[.="fair-visitors-2027.csv"])').click();
    await press('Take this import back');
    await waitForText(desk, '1 touch');
    await press('Take it back');
    await waitForText(desk, 'What “fair-visitors-2027.csv” changed was taken back.');
    await waitForText(desk, `Taken back by ${marketer.name}`);
    expect((await touches()).map(({ name }) => name)).toEqual(['Dana Ortiz', 'Marek Bielik']);
    expect(await findBarriers()).toEqual([]);
  });

  it('finds the same when the page is opened anew, with the one before as the last now', async () => {
    await desk.close();
    desk = await openDesk(browser, 'sources', 'Sources');
    await waitForText(desk, 'Taken back');
    await desk.locator('::-p-xpath(//table//button[.="fair-visitors-2026.csv"])').click();
    await desk.waitForSelector(named('Take this import back', 'button'));
    await waitForText(desk, 'nobody at all');
  });

  it('renames what is kept, deletes it, and has it back', async () => {
    await press('Rename “Fair visitors”');
    const field = desk.locator('input[aria-label="Rename “Fair visitors”"]');
    await field.fill('Visitors of fairs');
    await press('Save');
    await press('Delete “Visitors of fairs”');
    await waitForText(desk, '“Visitors of fairs” is no longer kept.');
    expect(await store.sql('select name from import_mapping')).toEqual([]);
    await press('Undo');
    await desk.waitForSelector(named('Delete “Visitors of fairs”', 'button'));
    expect(await store.sql('select name from import_mapping')).toEqual([{ name: 'Visitors of fairs' }]);
  });
});

describe(`an admin’s settings in ${browserName}`, () => {
  it('fix the panel’s place on a site for everybody, with a way back', async () => {
    const settings = await openDesk(browser, 'settings', 'Settings');
    const sides = () => store.sql<{ settings: { panelSides?: object } }>('select settings from workspace');
    const group = 'fieldset[aria-label="Where the panel stands on LinkedIn"]';
    await settings.locator(`${group} ::-p-text(In the browser’s side panel)`).click();
    await waitForText(settings, 'LinkedIn: the panel stands in the browser’s side panel, for everybody.');
    expect(await sides()).toEqual([{ settings: { panelSides: { linkedin: 'side' } } }]);
    await settings.locator(named('Undo', 'button')).click();
    await waitForText(settings, 'each member chooses again');
    expect(await sides()).toEqual([{ settings: { panelSides: {} } }]);
    await settings.close();
  });

  it('tell what is held on a person, and erase them after a second word: no import brings them back', async () => {
    const address = 'priya.raman@brightforge.example';
    const people = (value: string) => store.sql(`select 1 as found from identifier where value = '${value}'`);
    const table = (name: string) =>
      `Email,Full name,Account,Domain\n${address},${name},Brightforge,brightforge.example\n`;
    await choose('priya.csv', table('Priya Raman'));
    await press('Import');
    await waitForText(desk, 'Imported.');
    await vi.waitFor(async () => expect(await people(address)).toHaveLength(1), 30_000);
    const settings = await openDesk(browser, 'settings', 'Settings');
    await settings.locator(named('Address, LinkedIn profile or record', 'textbox')).fill(address);
    await settings.locator(named('Look up', 'button')).click();
    await waitForText(settings, 'Priya Raman');
    expect(await findBarriers(settings)).toEqual([]);
    await settings.locator(named('Erase for good …', 'button')).click();
    await waitForText(settings, 'This cannot be undone.');
    await settings.locator(named('Erase Priya Raman', 'button')).click();
    await waitForText(settings, 'Priya Raman is erased.');
    expect(await people(address)).toEqual([]);
    await desk.bringToFront();
    await choose('priya-again.csv', table('P. Raman'));
    await waitForText(desk, 'erased for good');
    expect(await people(address)).toEqual([]);
    await settings.close();
  });
});
