import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { type RunningStore, startStore } from './harness/store.ts';
import { connect } from './people/connect.ts';
import { waitForText } from './people/marketer.ts';
import { inventPast } from './people/past-stages.ts';

const browserName = inject('browserName');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const schemes = browserName === 'chromium' ? ['light', 'dark'] : ['light'];

let sample: Sample;
let empty: RunningStore;
let filledBrowser: RunningBrowser;
let emptyBrowser: RunningBrowser;
let repBrowser: RunningBrowser;

beforeAll(async () => {
  sample = await startSample();
  await inventPast(sample.store);
  empty = await startStore({ WORKSPACE_NAME: 'Larkspur' });
  const viewport = { width: 1440, height: 900 };
  filledBrowser = await sample.launch(browserName, { viewport });
  emptyBrowser = await sample.launch(browserName, { viewport });
  repBrowser = await sample.launch(browserName, { viewport });
  await connect(filledBrowser, await sample.store.invite('admin', marketer.email), marketer.name);
  await connect(emptyBrowser, await empty.invite('admin', marketer.email), marketer.name);
  await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
  await sayThings();
});

afterAll(async () => {
  await Promise.all([filledBrowser?.close(), emptyBrowser?.close(), repBrowser?.close()]);
  await Promise.all([sample?.close(), empty?.stop()]);
});

/** What reps said of the sample's people, enough of it for rates, intervals and something in every list. */
async function sayThings(): Promise<void> {
  const { store } = sample;
  const [who] = await store.sql<{ workspace: string; member: string; device: string }>(
    `select m.workspace_id as workspace, m.id as member, d.id as device from member m join device d on d.member_id = m.id where m.role = 'rep' limit 1`,
  );
  if (!who) throw new Error('No rep has joined.');
  const by = [who.workspace, who.member, who.device];
  await store.sql(
    `insert into verdict (workspace_id, id, contact_id, account_id, member_id, device_id, value, reason, at, claimed_at, score, grade, scorecard_version, campaign_ids,
       last_campaign_id, segment)
     select $1, gen_random_uuid(), c.id, c.account_id, $2, $3, case when c.n % 3 = 0 then 'strong' else 'weak' end, case when c.n % 3 > 0 then 'wrong_person' end,
       now() - make_interval(hours => c.n::int), now(),
       '{"fit":40,"engagement":20,"points":60,"grade":"A2","trend":[],"reasons":[],"scorecardVersion":1,"asOf":"2026-11-01T00:00:00.000Z"}', 'A2', 1, '{}',
       (select p.id from campaign p order by p.name, p.id limit 1 offset c.n % 2), a.segment
     from (select *, row_number() over (order by id) as n from contact) c left join account a on a.id = c.account_id where c.n <= 80`,
    by,
  );
  await store.sql(
    `insert into insight (workspace_id, id, account_id, member_id, device_id, text, quote, kind, method, at, claimed_at)
     select $1, gen_random_uuid(), id, $2, $3, 'They lose the night shift.', 'We cannot stop again.', 'customer', 'interview', now() - interval '1 hour', now()
     from account order by id limit 12`,
    by,
  );
  await store.sql(
    `insert into ask (workspace_id, id, member_id, device_id, kind, text, account_id, at, claimed_at)
     select $1, gen_random_uuid(), $2, $3, 'material', 'A price sheet for their board.', id, now() - interval '2 hours', now() from account order by id limit 4`,
    by,
  );
}

/** Which rules of accessibility the page breaks as it stands, and where. */
async function listFaults(desk: Page): Promise<string[]> {
  await desk.evaluate(`${axe};0`);
  const faults = await desk.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes.map((node) => node.target + ' ' + node.failureSummary).join(' | ')))`,
  );
  return faults as string[];
}

async function look(browser: RunningBrowser, place: string, heading: string): Promise<void> {
  const desk = await browser.openExtensionPage(`desk.html#/${place}`);
  await desk.waitForSelector(named(heading, 'heading'));
  for (const value of schemes) {
    if (browserName === 'chromium') await desk.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await desk.waitForFunction(() => document.querySelector('.skeleton, [aria-busy=true]') === null);
    expect(await listFaults(desk), `${place} ${value}`).toEqual([]);
  }
  await desk.close();
}

/** Every page of the Desk, and the states that are told by its address. */
const pages: [place: string, heading: string][] = [
  ['today', 'Today'],
  ['results', 'Your results'],
  ['talking-points', 'Talking points'],
  ['talking-points?point=new', 'Talking points'],
  ['lead-quality', 'Lead quality'],
  ['lead-quality?by=segment&value=all&sort=name', 'Lead quality'],
  ['hand-overs', 'Hand-overs'],
  ['hand-overs?view=all', 'Hand-overs'],
  ['hand-overs?lead=new', 'Hand-overs'],
  ['insights', 'Insights'],
  ['insights?insight=new', 'Insights'],
  ['asks', 'Asks'],
  ['asks?ask=new', 'Asks'],
  ['criteria', 'Criteria'],
  ['language', 'Common language'],
  ['language?agreement=segments', 'Common language'],
  ['funnel', 'Funnel'],
  ['funnel?in=MQL&only=all', 'Funnel'],
  ['people', 'People'],
  ['sources', 'Sources'],
  ['settings', 'Settings'],
];

describe(`no page of the Desk has a fault of accessibility in ${browserName}`, () => {
  it.each(pages)('filled: %s', (place, heading) => look(filledBrowser, place, heading));
  it.each(pages)('in a workspace where nothing has happened yet: %s', (place, heading) =>
    look(emptyBrowser, place, heading),
  );

  it('with a verdict, a hand-over and a line of Today selected by keys', async () => {
    for (const [place, selected] of [
      ['lead-quality?value=all', 'tr.selected'],
      ['hand-overs?view=all', 'tr.selected'],
      ['funnel?in=MQL&only=all', 'tr.selected.funnel-account'],
      ['today', '[aria-current=true]'],
    ] as const) {
      const desk = await filledBrowser.openExtensionPage(`desk.html#/${place}`);
      await desk.waitForSelector(place === 'today' ? '.todo' : 'tr[data-index]');
      await desk.keyboard.press('j');
      await desk.waitForSelector(selected);
      await desk.waitForFunction(() => document.querySelector('.skeleton, [aria-busy=true]') === null);
      expect(await listFaults(desk), place).toEqual([]);
      await desk.close();
    }
  });
});

it(`lead quality is filtered by keys, Back undoes one filter, and none has a fault of accessibility, in ${browserName}`, async () => {
  const count = async (where: string) => {
    const [counted] = await sample.store.sql<{ times: number }>(
      `select count(*)::int as times from verdict v left join campaign p on p.id = v.last_campaign_id where undone_at is null and ${where}`,
    );
    return counted?.times ?? 0;
  };
  const [most] = await sample.store.sql<{ segment: string }>(
    `select segment from verdict where segment is not null group by 1 order by count(*) desc limit 1`,
  );
  const [where] = await sample.store.sql<{ source: string }>(
    `select p.channel as source from verdict v join campaign p on p.id = v.last_campaign_id where v.segment = '${most?.segment}' group by 1 order by count(*) limit 1`,
  );
  const inSegment = await count(`v.segment = '${most?.segment}'`);
  const ofSource = await count(`v.segment = '${most?.segment}' and p.channel = '${where?.source}'`);
  expect(ofSource).toBeGreaterThan(0);
  expect(ofSource).toBeLessThan(inSegment);

  const desk = await filledBrowser.openExtensionPage('desk.html#/lead-quality');
  const choose = async (name: string, words: string) => {
    await (await desk.waitForSelector(`select[aria-label="${name}"]`))?.focus();
    await desk.keyboard.type(words);
    await expect.poll(() => desk.evaluate(() => location.hash)).toContain(`${name.toLowerCase()}=`);
  };
  const look = async (times: number) => {
    await waitForText(desk, `All ${times}`);
    expect(await listFaults(desk)).toEqual([]);
  };
  await look(await count('true'));
  await choose('Segment', most?.segment ?? '');
  await look(inSegment);
  await choose('Source', where?.source ?? '');
  await look(ofSource);
  await desk.evaluate(() => history.back());
  await look(inSegment);
  expect(await desk.evaluate(() => location.hash)).not.toContain('source=');
  await choose('Tier', 'No tier');
  await look(await count(`v.segment = '${most?.segment}' and v.tier is null`));
  await desk.evaluate(() => {
    location.hash = '#/lead-quality?segment=Nobody';
  });
  await waitForText(desk, 'No verdicts like these in this period');
  expect(await listFaults(desk)).toEqual([]);
  await desk.close();
});

/** What each page says where there is nothing yet: why, and what helps. */
const teaches: [place: string, heading: string, words: string[]][] = [
  ['today', 'Today', ['Nothing has happened here yet', 'Bring in a table', 'Invite somebody']],
  ['talking-points', 'Talking points', ['None yet. Write what reps should say now', 'A table of accounts or contacts']],
  ['lead-quality', 'Lead quality', ['No verdicts in this period', 'one click in their panel']],
  ['hand-overs', 'Hand-overs', ['No lead was offered yet', 'Offer a lead']],
  ['insights', 'Insights', ['No insights yet', 'one line of their panel', 'Nothing was heard in this period']],
  ['asks', 'Asks', ['Nobody has asked anything yet', 'Reps ask in the panel']],
  ['funnel', 'Funnel', ['No account has a stage', 'in a column Stage']],
  ['sources', 'Sources', ['Nothing was brought in yet', 'Choose files']],
  ['results', 'Your results', ['One click in the panel says weak or strong', 'what marketing asks for most']],
];

it.each(teaches)(
  `a page with nothing on it says why, and what helps, in ${browserName}: %s`,
  async (place, heading, words) => {
    const desk = await emptyBrowser.openExtensionPage(`desk.html#/${place}`);
    await desk.waitForSelector(named(heading, 'heading'));
    for (const each of words) await waitForText(desk, each);
    await desk.close();
  },
);

describe(`a chart in ${browserName}`, () => {
  it.each(['today', 'talking-points', 'lead-quality', 'criteria', 'funnel', 'insights'])(
    'has a name with its figures, and the same as a table behind it: %s',
    async (place) => {
      const desk = await filledBrowser.openExtensionPage(`desk.html#/${place}`);
      await desk.waitForSelector('h1');
      await desk.waitForFunction(() => document.querySelector('.skeleton, [aria-busy=true]') === null);
      if (place === 'talking-points') await desk.keyboard.press('j');
      // Marks within a table's cells are beside their figures. A picture's table is shown in its place by a button, or stands right below.
      const names = await desk.evaluate(() => {
        const charts = [...document.querySelectorAll('[role=img]')].filter((each) => !each.closest('td, th'));
        const homes = new Set(charts.map((each) => each.closest('section')));
        for (const home of homes)
          [...(home?.querySelectorAll('button') ?? [])]
            .find(({ textContent }) => /Table/.test(textContent ?? ''))
            ?.click();
        Object.assign(globalThis, { homes: [...homes] });
        return charts.map((each) => each.getAttribute('aria-label') ?? '');
      });
      if (['today', 'lead-quality', 'funnel'].includes(place)) expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(name).toMatch(/\d/);
      const countBare = () =>
        desk.evaluate(() => {
          const { homes } = globalThis as unknown as { homes: (Element | null)[] };
          const hasTable = (place: Element | null | undefined) => (place?.querySelectorAll('table').length ?? 0) > 0;
          return homes.filter((home) => !hasTable(home) && !hasTable(home?.nextElementSibling)).length;
        });
      await expect.poll(countBare).toBe(0);
      await desk.close();
    },
  );
});

describe('a rep', () => {
  const own: [place: string, heading: string][] = [
    ['results', 'Your results'],
    ['criteria', 'Criteria'],
    ['language', 'Common language'],
    ['language?agreement=segments', 'Common language'],
    ['hand-overs', 'Desk'],
  ];
  it.each(own)('reads %s without a fault of accessibility', (place, heading) => look(repBrowser, place, heading));

  it('finds the leads handed to them among their results, and is offered no page of marketing’s', async () => {
    const desk = await repBrowser.openExtensionPage('desk.html');
    await desk.waitForSelector(named('Leads handed to you', 'heading'));
    const said = await desk.evaluate(() => document.body.innerText);
    expect(said).toContain('Dana Ortiz');
    const links = await desk.evaluate(() =>
      [...document.querySelectorAll('nav a')].map((each) => each.getAttribute('href')),
    );
    expect(links).toEqual(['#/results', '#/criteria', '#/language']);
    await desk.close();
  });
});
