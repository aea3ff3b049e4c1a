import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { AgreementDraft } from '#contract/agreement.ts';
import type { PushedMutation } from '#contract/mutation.ts';
import type { RunningBrowser } from '../browsers/launch.ts';
import { asPost, type Device, joinStore } from './harness/device.ts';
import { findPanel } from './harness/panel.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openMailbox, openThread, readWords } from './people/rep.ts';

const browserName = inject('browserName');

/** Markup, a script, Markdown with a link that runs, an address without encryption, and characters that turn text around. */
const hostile =
  '\u202egnorw\u202c <img src=x onerror=alert(1)> [win](javascript:alert(2)) \u200f<script>alert(3)</script> **now** http://plain.example/';
const line = (what: string) => `${what} ${hostile}`;
const dana = 'dana.ortiz@brightforge.example';

let sample: Sample;
let marketerBrowser: RunningBrowser;
let repBrowser: RunningBrowser;
const alarms: string[] = [];

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

async function bringIn(name: string, rows: string[][]): Promise<void> {
  const path = join(sample.store.dataDir, name);
  await writeFile(path, rows.map((row) => `${row.map(cell).join(',')}\r\n`).join(''));
  await sample.store.command('import', path);
}

async function must(device: Device, path: string, body: unknown, method = 'POST'): Promise<unknown> {
  const answer = await device.call(path, { ...asPost(body), method });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

/** Everything that a person can type, or a table bring, says it. */
async function sayItEverywhere(): Promise<void> {
  const day = new Date().toISOString();
  const places = ['Segment', 'Stage', 'Territory', 'Industry', 'Country', 'Latest Win', 'Technologies'];
  await bringIn('accounts.csv', [
    ['Account Name', 'Domain', ...places],
    [line('Hostile Works'), 'brightforge.example', ...places.map((place) => line(place).slice(0, 100))],
  ]);
  await bringIn('contacts.csv', [
    ['Email', 'Name', 'Title', 'Account Name', 'Domain'],
    [dana, line('Dana'), line('Head'), line('Hostile Works'), 'brightforge.example'],
  ]);
  await bringIn('touches.csv', [
    ['Email', 'Kind', 'At', 'Campaign', 'Detail'],
    [dana, 'clicked', day, line('Campaign'), line('Detail')],
  ]);
  const { store } = sample;
  const admin = await joinStore(await store.invite('admin', 'ada@kestrel.example'), line('Ada'));
  await must(admin, '/v1/invites', { role: 'rep', address: 'noor@kestrel.example', team: 'Team <b>x</b>' });
  const seller = await joinStore(await store.invite('rep', 'kit@kestrel.example'), line('Kit'));
  const [found] = await store.sql<{ contactId: string; accountId: string }>(
    `select c.id as "contactId", c.account_id as "accountId" from contact c where c.name like 'Dana %<img%'`,
  );
  if (!found) throw new Error('The table with the hostile name did not go in.');
  const place = { contactId: found.contactId as never, accountId: found.accountId as never };
  const audience = { segments: [], tiers: [], stages: [], activeDays: null };
  const pointId = randomUUID();
  await must(admin, '/v1/desk/talking-points', {
    ...{
      id: pointId,
      title: `Point ${hostile}`.slice(0, 60),
      text: line('Say').slice(0, 280),
      whyNow: line('Why').slice(0, 120),
    },
    ...{ link: 'https://kestrel.example/x', campaignId: null, startsOn: null, expiresOn: null, audience },
  });
  const [waits] = await store.sql<{ id: string }>(
    `select id from hand_over where contact_id = $1 and state = 'offered'`,
    [found.contactId],
  );
  if (waits) await must(admin, `/v1/desk/hand-overs/${waits.id}/withdraw`, {});
  const handed = (await must(admin, '/v1/desk/hand-overs', {
    ...{ contactId: place.contactId, memberId: seller.session.member.id, note: line('Note').slice(0, 300) },
  })) as { id: string };
  const [verdictId, insightId, askId] = [randomUUID(), randomUUID(), randomUUID()];
  const said = [
    { kind: 'recordVerdict', body: { verdictId, contactId: place.contactId, value: 'weak', shown: null } },
    {
      kind: 'recordInsight',
      body: { ...place, insightId, text: line('Text'), quote: line('Quote'), kind: 'customer', method: 'interview' },
    },
    { kind: 'recordAsk', body: { ...place, askId, kind: 'other', text: line('Ask').slice(0, 300) } },
    {
      kind: 'answerHandOver',
      body: {
        ...{ answerId: randomUUID(), handOverId: handed.id, contactId: place.contactId, answer: 'returned' },
        ...{ way: 'recycle', reason: 'bad_timing', line: line('Line').slice(0, 300) },
      },
    },
  ];
  const pushed = await seller.push(
    said.map((each, at) => ({ ...each, sequence: at + 1, at: day }) as unknown as PushedMutation),
  );
  expect(pushed.rejected).toEqual([]);
  await must(admin, `/v1/desk/insights/${insightId}`, { theme: line('Theme').slice(0, 60), swot: 'threat' }, 'PATCH');
  await must(admin, `/v1/desk/insights/${insightId}/answer`, { kind: 'used', text: line('Used') }, 'PUT');
  const answered = { text: line('Answer').slice(0, 300), link: null };
  await must(admin, `/v1/desk/asks/${askId}/answer`, answered, 'PUT');
  for (const kind of ['scorecard', 'stages', 'segments', 'qualified', 'ideal-customer']) {
    await must(admin, `/v1/agreements/${kind}/draft`, {});
    await must(admin, `/v1/agreements/${kind}/notes`, { kind: 'comment', text: line(`Note on ${kind}`) });
  }
  const { draft } = (await must(admin, '/v1/agreements/stages/draft', {})) as { draft: AgreementDraft };
  const stages = [{ name: 'MQL <b>x</b>', definition: line('Means'), side: 'sales', targetDays: 7 }];
  const edited = { draftId: draft.id, revision: draft.revision, body: { stages } };
  await must(admin, '/v1/agreements/stages/draft', edited, 'PUT');
  const ruled = (await must(admin, '/v1/agreements/segments/draft', {})) as { draft: AgreementDraft };
  const is = (field: string) => ({ field, test: { op: 'is', values: [line(field).slice(0, 200)] } });
  const segment = {
    name: line('Mills').slice(0, 120),
    definition: line('Means'),
    rules: [is('industry')],
    or: [[is('country')]],
  };
  const segments = { segments: [segment], rulesFirst: true };
  const ruling = { draftId: ruled.draft.id, revision: ruled.draft.revision, body: segments };
  await must(admin, '/v1/agreements/segments/draft', ruling, 'PUT');
}

/** What of the words has become more than words. */
function inspect(): string[] {
  const wrong: string[] = [];
  const alive = 'img, iframe, object, embed, form[action], body script, [onerror], [onclick], [srcdoc]';
  for (const each of document.querySelectorAll(alive)) wrong.push(each.outerHTML.slice(0, 80));
  for (const { href } of document.querySelectorAll<HTMLAnchorElement>('a[href]'))
    if (!/^(https|chrome-extension|moz-extension):/.test(href)) wrong.push(href.slice(0, 80));
  const turned = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
    if (turned.test(node.nodeValue ?? '')) wrong.push(`turned: ${node.nodeValue?.slice(0, 60)}`);
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes)
      if (name !== 'value' && turned.test(value))
        wrong.push(`turned ${element.localName}[${name}]: ${value.slice(0, 60)}`);
  return wrong;
}

const watch = (page: Page) => page.on('dialog', (dialog) => void alarms.push(dialog.message()));

beforeAll(async () => {
  sample = await startSample();
  await sayItEverywhere();
  marketerBrowser = await sample.launch(browserName, { viewport: { width: 1440, height: 900 } });
  await connect(marketerBrowser, await sample.store.invite('admin', marketer.email), marketer.name);
  repBrowser = await sample.launch(browserName);
  await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
});

afterAll(async () => {
  await Promise.all([marketerBrowser?.close(), repBrowser?.close()]);
  await sample?.close();
});

/** A page's address, and words by which it is known to show something hostile. */
const pages: [place: string, words: string][] = [
  ['today', 'Dana gnorw <img'],
  ['talking-points', 'Point gnorw <img'],
  ['talking-points?point=new', 'All accounts'],
  ['lead-quality?value=all', 'Dana gnorw <img'],
  ['lead-quality?value=all&by=segment', 'Segment gnorw <img'],
  ['hand-overs?view=returned', 'Dana gnorw <img'],
  ['insights', 'Quote gnorw <img'],
  ['asks?state=answered', 'Ask gnorw <img'],
  ['criteria', 'Note on scorecard gnorw <img'],
  ['language', 'Means gnorw <img'],
  ['language?agreement=segments', 'Note on segments gnorw <img'],
  ['language?agreement=segments', 'Country is country gnorw <img'],
  ['funnel', 'Segment gnorw <img'],
  ['people', 'Kit gnorw <img'],
  ['sources', 'accounts.csv'],
  ['settings', 'Gmail'],
];

describe(`hostile words in ${browserName}`, () => {
  it.each(pages)('are words and nothing else on the page %s', async (place, words) => {
    const page = await marketerBrowser.openExtensionPage(`desk.html#/${place}`);
    watch(page);
    await expect.poll(() => page.evaluate(() => document.body.textContent)).toContain(words);
    expect(await page.evaluate(inspect)).toEqual([]);
    await page.close();
  });

  it('are words and nothing else in a verdict’s context and in the hand-over that is chosen', async () => {
    for (const place of ['lead-quality?value=all', 'hand-overs?view=returned']) {
      const page = await marketerBrowser.openExtensionPage(`desk.html#/${place}`);
      watch(page);
      await page.locator('::-p-xpath(//tr[contains(., "Dana gnorw <img")]//button)').click();
      await page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0);
      await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/verdict=|handOver=|lead=|id=/);
      expect(await page.evaluate(inspect)).toEqual([]);
      await page.close();
    }
  });

  it.each([
    ['results', 'Point gnorw <img'],
    ['language', 'Note on stages gnorw <img'],
    ['criteria', 'Note on scorecard gnorw <img'],
  ])('are words and nothing else in what a rep reads of the Desk: %s', async (place, words) => {
    const page = await repBrowser.openExtensionPage(`desk.html#/${place}`);
    watch(page);
    await expect.poll(() => page.evaluate(() => document.body.textContent)).toContain(words);
    expect(await page.evaluate(inspect)).toEqual([]);
    await page.close();
  });

  it('are words and nothing else on a card', async () => {
    const mailbox = await openMailbox(repBrowser);
    watch(mailbox);
    await openThread(mailbox, 'Line 3 stoppages');
    const panel: Frame = await findPanel(mailbox, '::-p-xpath(//h1[contains(., "Dana")] | //h2[contains(., "Dana")])');
    await expect.poll(() => readWords(panel)).toContain('Head gnorw <img');
    const said = await readWords(panel);
    for (const words of ['Say gnorw <img', 'Quote gnorw <img', 'Segment gnorw <img', 'Latest Win gnorw <img'])
      expect(said).toContain(words);
    expect(await panel.evaluate(inspect)).toEqual([]);
    await mailbox.close();
  });

  it('have run nowhere', () => {
    expect(alarms).toEqual([]);
  });
});
