import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { named } from './harness/panel.ts';
import { marketer } from './harness/sample.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { type Pair, startPair } from './people/pair.ts';
import { findCard, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');

let pair: Pair;
let sample: Pair['sample'];
let marketerBrowser: Pair['marketerBrowser'];
let mailbox: Pair['mailbox'];

beforeAll(async () => {
  pair = await startPair(browserName);
  ({ sample, marketerBrowser, mailbox } = pair);
});

afterAll(() => pair?.close());

/** Writes an insight on who is in view, as a rep does. */
async function sayInsight(words: string): Promise<void> {
  const panel = await findCard(mailbox, 'Dana Ortiz');
  await press(panel, 'What did the customer say?');
  await panel.locator('::-p-aria(In your words[role="textbox"])').fill(words);
  await press(panel, 'Save insight');
  await waitForWords(panel, 'Insight sent');
}

describe(`what reps said, in ${browserName}`, () => {
  it('is found by its words in any order, filed under a theme and answered; the answer stands on the rep’s card', async () => {
    await openThread(mailbox, 'Line 3 stoppages');
    await sayInsight('Every stop on the night shift is felt by the whole plant.');
    await sayInsight('Their budget is settled in March.');
    const desk = await openDesk(marketerBrowser, 'insights', 'Insights');
    await waitForText(desk, 'Their budget is settled in March.');
    await desk.locator('input[type=search]').fill('plant shift');
    await expect.poll(() => desk.evaluate(() => document.body.innerText)).not.toContain('Their budget is settled');
    await waitForText(desk, 'Every stop on the night shift');
    expect(await desk.evaluate(() => location.hash)).toContain('search=plant');

    await desk.locator(named('File', 'button')).click();
    await desk.locator('form input[list]').fill('Night shift');
    await desk.locator(named('Threat', 'button')).click();
    await desk.locator('::-p-xpath(//form//button[@type="submit"])').click();
    await desk.waitForSelector('::-p-xpath(//li//*[contains(@class, "chip") and .="Night shift"])');
    await desk.locator(named('Answer', 'button')).click();
    await desk.locator('form textarea').fill('the page on unplanned stops.');
    await desk.locator(named('Send the answer', 'button')).click();
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await waitForWords(panel, `${marketer.name} used it: the page on unplanned stops.`);
    const rows = await sample.store.sql(
      `select theme, swot, answer_kind as kind from insight where text like 'Every stop%'`,
    );
    expect(rows).toEqual([{ theme: 'Night shift', swot: 'threat', kind: 'used' }]);
    await desk.close();
  });

  it('against a score is on a list until somebody looked into it', async () => {
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await press(panel, 'Weak');
    await panel.locator('::-p-aria(Can’t be reached[role="radio"])').click();
    await waitForWords(panel, 'Sent');
    const desk = await openDesk(marketerBrowser, 'lead-quality?only=disagreements', 'Lead quality');
    await desk.locator('::-p-xpath(//tr[contains(., "Dana Ortiz")]//button)').click();
    await desk.locator(named('Done', 'button')).click();
    await waitForText(desk, 'Looked into: it left the list.');
    await waitForText(desk, 'No verdict contradicts its score, or all were looked into.');
    await desk.close();
  });

  it('of a record that is wrong is put right where it was said, and every card shows it', async () => {
    const desk = await openDesk(marketerBrowser, 'lead-quality?value=all', 'Lead quality');
    await desk.locator('::-p-xpath(//tr[contains(., "Dana Ortiz")]//button)').click();
    const title = await desk.waitForSelector(
      '::-p-xpath(//form[@aria-label="Correct the record"]//label[contains(., "Title")]//input)',
    );
    await title?.click({ count: 3 });
    await title?.type('Head of Plant Operations');
    await desk.locator(named('Save the correction', 'button')).click();
    await waitForText(desk, 'Corrected: every card shows it.');
    await waitForWords(await findCard(mailbox, 'Dana Ortiz'), 'Head of Plant Operations');
    await desk.close();
  });

  it('is what Today counts, and each count leads to its rows', async () => {
    const desk = await openDesk(marketerBrowser, 'today', 'Today');
    const [counted] = await sample.store.sql<{ verdicts: number; insights: number; accounts: number; offered: number }>(
      `select (select count(*)::int from verdict where undone_at is null and at > now() - interval '7 days') as verdicts,
         (select count(*)::int from insight where withdrawn_at is null and at > now() - interval '7 days') as insights,
         (select count(distinct account_id)::int from insight where withdrawn_at is null) as accounts,
         (select count(*)::int from hand_over where state = 'offered' and member_id is null) as offered`,
    );
    const tiles = () =>
      desk.evaluate(() => [...document.querySelectorAll('.ribbon a')].map((tile) => (tile as HTMLElement).innerText));
    await expect
      .poll(tiles)
      .toEqual([
        expect.stringMatching(new RegExp(`^Verdicts\\s+${counted?.verdicts}\\b`)),
        expect.stringMatching(new RegExp(`^Insights\\s+${counted?.insights}\\b[^]*at ${counted?.accounts} account`)),
        expect.stringMatching(/^Asks\s+0\b/),
        expect.stringMatching(/^Live talking points\s+0\b/),
      ]);
    await waitForText(desk, `${counted?.offered} qualified leads have nobody to take them`);
    await desk.locator('.ribbon a[href^="#/insights"]').click();
    await desk.waitForSelector(named('Insights', 'heading'));
    await waitForText(desk, `${counted?.insights} insights`);
    await desk.close();
  });
});
