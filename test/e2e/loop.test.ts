import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { samplePages } from '../fixtures/sites/routes.ts';
import { joinStore } from './harness/device.ts';
import { named } from './harness/panel.ts';
import { marketer } from './harness/sample.ts';
import { openDesk, pushPoint, waitForText, writePoint } from './people/marketer.ts';
import { type Pair, startPair } from './people/pair.ts';
import { findCard, openThread, press, readWords, selectText, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');

let pair: Pair;
let sample: Pair['sample'];
let repBrowser: Pair['repBrowser'];
let marketerBrowser: Pair['marketerBrowser'];
let mailbox: Pair['mailbox'];

beforeAll(async () => {
  pair = await startPair(browserName);
  ({ sample, repBrowser, marketerBrowser, mailbox } = pair);
});

afterAll(() => pair?.close());

interface VerdictRow {
  value: string;
  reason: string | null;
  undone_at: Date | null;
  score: { grade: string; reasons: unknown[] };
  scorecard_version: number;
  campaigns: number;
  device_id: string;
}

function readVerdicts(name: string): Promise<VerdictRow[]> {
  return sample.store.sql<VerdictRow>(
    `select v.value, v.reason, v.undone_at, v.score, v.scorecard_version, cardinality(v.campaign_ids) as campaigns, v.device_id
     from verdict v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
     where c.name = $1 order by v.at`,
    [name],
  );
}

/** Waits until the store's verdicts on this contact are as wanted; rejects with what they are. */
async function waitForVerdicts(name: string, isWanted: (rows: VerdictRow[]) => boolean): Promise<VerdictRow[]> {
  return await expect
    .poll(
      async () => {
        const rows = await readVerdicts(name);
        return isWanted(rows) ? 'as wanted' : rows;
      },
      { timeout: 30_000 },
    )
    .toBe('as wanted')
    .then(() => readVerdicts(name));
}

describe(`the rep's story in ${browserName}`, () => {
  it('shows nobody on a list, and the sender of the thread that is opened', async () => {
    await mailbox.waitForSelector('::-p-text(Line 3 stoppages)');
    expect(mailbox.frames()).toHaveLength(1);
    await openThread(mailbox, 'Line 3 stoppages');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await waitForWords(panel, 'Exact match');
    await waitForWords(panel, '2 marked as robots');
  });

  it('keeps a verdict once, with the store’s own score, scorecard and campaigns, and shows it in an open Desk without a reload', async () => {
    const desk = await openDesk(marketerBrowser, 'lead-quality', 'Lead quality');
    await desk.evaluate(() => {
      document.documentElement.dataset['mark'] = 'not reloaded';
    });
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await press(panel, 'Weak');
    await panel.locator('::-p-aria(Bad timing[role="radio"])').click();
    await waitForWords(panel, 'Sent');

    const [verdict, ...others] = await waitForVerdicts('Dana Ortiz', (rows) => rows[0]?.reason === 'bad_timing');
    expect(others).toEqual([]);
    expect(verdict).toMatchObject({ value: 'weak', undone_at: null, scorecard_version: 1 });
    expect(verdict?.score.grade).toBe('A2');
    expect(verdict?.score.reasons.length).toBeGreaterThan(5);
    expect(verdict?.campaigns).toBeGreaterThan(0);

    await waitForText(desk, 'Dana Ortiz');
    await waitForText(desk, 'Bad timing');
    expect(await desk.evaluate(() => document.documentElement.dataset['mark'])).toBe('not reloaded');
    await desk.close();
  });

  it('takes a verdict back everywhere', async () => {
    const desk = await openDesk(marketerBrowser, 'lead-quality', 'Lead quality');
    await waitForText(desk, 'Dana Ortiz');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await press(panel, 'Undo');
    await waitForWords(panel, 'Taken back');
    const rows = await waitForVerdicts('Dana Ortiz', (found) => found[0]?.undone_at !== null);
    expect(rows).toHaveLength(1);
    await expect.poll(() => desk.evaluate(() => document.body.innerText)).not.toContain('Dana Ortiz');
    expect(await panel.$('[aria-pressed=true]')).toBeNull();
    await desk.close();
  });

  it('sends an insight with the words selected on the page, to the Desk and to colleagues’ cards', async () => {
    await selectText(mailbox, 'We lose the night shift');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await press(panel, 'What did the customer say?');
    await waitForWords(panel, 'We lose the night shift');
    await panel.locator('::-p-aria(In your words[role="textbox"])').fill('Night shift is the cost they feel.');
    await press(panel, 'Save insight');
    await waitForWords(panel, 'Insight sent');
    const rows = await sample.store.sql<{ quote: string; account: string }>(
      `select i.quote, a.name as account from insight i join account a on a.workspace_id = i.workspace_id and a.id = i.account_id`,
    );
    expect(rows).toEqual([{ quote: expect.stringContaining('We lose the night shift'), account: 'Brightforge' }]);
    const desk = await openDesk(marketerBrowser, 'insights', 'Insights');
    await waitForText(desk, 'Night shift is the cost they feel.');
    await desk.close();
  });

  it('opens the card of a LinkedIn profile and of a CRM record', async () => {
    const profile = await repBrowser.newPage(samplePages.profile('priya-raman-plants'));
    await findCard(profile, 'Priya Raman');
    await profile.close();
    const record = await repBrowser.newPage(samplePages.crmContact('marek'));
    await findCard(record, 'Marek Bielik');
    await record.close();
  });

  it('clears the card when the page navigates away', async () => {
    const page = await repBrowser.newPage(samplePages.profile('priya-raman-plants'));
    const panel = await findCard(page, 'Priya Raman');
    await page.evaluate(() => document.querySelector<HTMLAnchorElement>('a[href="/feed/"]')?.click());
    await waitForWords(panel, 'Nobody in view');
    expect(await readWords(panel)).not.toContain('Plant Manager, Brightforge');
    await page.close();
  });
});

describe(`the marketer's story in ${browserName}`, () => {
  const point = {
    title: 'Fewer stops in eight weeks',
    text: 'Start with one line: Ashcombe Castings had 31 % fewer stops within eight weeks.',
    whyNow: 'Budgets for next year',
    segment: 'Mid-market manufacturing',
  };

  it('pushes a talking point into the mail page that is already open, and reads what became of it', async () => {
    const panel = await findCard(mailbox, 'Dana Ortiz');
    const desk = await openDesk(marketerBrowser, 'talking-points', 'Talking points');
    await writePoint(desk, point);
    await pushPoint(desk);
    await waitForText(desk, 'went to');
    await waitForWords(panel, point.text);

    await press(panel, 'Copy');
    await waitForWords(panel, 'Used today');
    await press(panel, 'Landed');
    const outcomes = () =>
      sample.store.sql<{ outcome: string }>(
        'select outcome from talking_point_outcome where undone_at is null order by at',
      );
    await expect.poll(outcomes).toEqual([{ outcome: 'copied' }, { outcome: 'landed' }]);
    await waitForText(desk, '1 of 20');
    await press(panel, 'What did they say?');
    await panel.locator('.composer textarea').fill('They counted 31 stops themselves.');
    await press(panel, 'Save insight');
    await waitForText(desk, 'They counted 31 stops themselves.');
    await desk.close();
  });

  it('pauses it and resumes it, and the history says who did', async () => {
    const panel = await findCard(mailbox, 'Dana Ortiz');
    const desk = await openDesk(marketerBrowser, 'talking-points', 'Talking points');
    await desk.locator(named('Pause', 'button')).click();
    await waitForText(desk, 'Reps no longer see it');
    await expect.poll(() => readWords(panel), { timeout: 20_000 }).not.toContain(point.text);
    await desk.locator(named('Resume', 'button')).click();
    await waitForWords(panel, point.text);
    await waitForText(desk, 'Resumed');
    await waitForText(desk, marketer.name);
    await desk.close();
  });

  it('invites a person from the Desk by a link that works once', async () => {
    const desk = await openDesk(marketerBrowser, 'people', 'People');
    await desk.locator(named('Address', 'textbox')).fill('lotte.aas@kestrel.example');
    await desk.locator(named('Make the link', 'button')).click();
    await waitForText(desk, 'It is shown only now');
    const link = await desk.evaluate(() =>
      [...document.querySelectorAll('input, code, output')]
        .map((each) => (each instanceof HTMLInputElement ? each.value : (each.textContent ?? '')))
        .find((text) => text.includes('/join#')),
    );
    const device = await joinStore(link ?? '', 'Lotte Aas');
    expect(device.session.member.role).toBe('rep');
    await waitForText(desk, 'Used');
    await expect(joinStore(link ?? '', 'Somebody else')).rejects.toThrow('already used');
    await desk.close();
  });
});
