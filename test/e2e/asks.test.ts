import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { named } from './harness/panel.ts';
import { marketer, rep } from './harness/sample.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { type Pair, startPair } from './people/pair.ts';
import { findCard, openThread, press, readWords, waitForWords } from './people/rep.ts';

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

describe(`asks in ${browserName}`, () => {
  it('go from a mail to the Desk and come back, answered, to the card they were asked on', async () => {
    await mailbox.waitForSelector('::-p-text(Line 3 stoppages)');
    await openThread(mailbox, 'Line 3 stoppages');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await press(panel, 'Ask marketing');
    await panel.locator(named('What do you need?', 'textbox')).fill('A price sheet for their board, by Thursday.');
    await press(panel, 'Ask');
    await waitForWords(panel, 'Sent to marketing');

    const desk = await openDesk(marketerBrowser, 'today', 'Today');
    await waitForText(desk, 'A price sheet for their board, by Thursday.');
    const asked = '::-p-xpath(//li[@aria-current="true" and contains(., "A price sheet for their board")])';
    for (let line = 0; line < 9 && (await desk.$(asked)) === null; line++) await desk.keyboard.press('j');
    await desk.waitForSelector(asked);
    await desk.keyboard.press('Enter');
    await desk.waitForSelector(named('Asks', 'heading'));
    await waitForText(desk, `${rep.name} asked`);
    await desk.keyboard.press('r');
    await desk.locator('form textarea').fill('The one for foundries, valid until March.');
    await desk.locator('form input[type=url]').fill('https://kestrel.example/prices');
    await desk.locator(named('Send the answer', 'button')).click();
    await waitForText(desk, 'Nothing waits for an answer');

    await waitForWords(panel, `Answered by ${marketer.name}`);
    await waitForWords(panel, 'The one for foundries, valid until March.');
    await waitForWords(panel, 'kestrel.example');
    await press(panel, 'Read');
    await expect.poll(() => panel.$(named('Read', 'button')), { timeout: 20_000 }).toBeNull();
    const rows = () =>
      sample.store.sql<{ account: string; contact: string; by: string; read: boolean }>(
        `select a.name as account, c.name as contact, m.name as by, k.read_at is not null as read from ask k
         join account a on a.workspace_id = k.workspace_id and a.id = k.account_id
         join contact c on c.workspace_id = k.workspace_id and c.id = k.contact_id
         join member m on m.workspace_id = k.workspace_id and m.id = k.answered_by`,
      );
    await expect.poll(rows).toEqual([{ account: 'Brightforge', contact: 'Dana Ortiz', by: marketer.name, read: true }]);
    await desk.close();
  });

  it('about a verdict reach who gave it, who is named only once they have answered', async () => {
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await press(panel, 'Weak');
    const desk = await openDesk(marketerBrowser, 'lead-quality?value=all', 'Lead quality');
    await desk.locator('::-p-xpath(//tr[contains(., "Dana Ortiz")]//button)').click();
    await desk.locator(named('Ask the rep', 'button')).click();
    await desk.locator('form textarea').fill('Who else was in the room?');
    await desk.locator('::-p-xpath(//form//button[@type="submit" and not(@disabled)])').click();
    await waitForText(desk, '1 colleague is asked');
    await desk.evaluate(() => {
      location.hash = '#/asks?for=sales';
    });
    await waitForText(desk, `${marketer.name} asked who gave the verdict`);

    await waitForWords(panel, `${marketer.name} asks`);
    await panel.locator('.answer-line input').fill('Their trainer, and nobody who buys.');
    await press(panel, 'Answer');
    await expect.poll(() => readWords(panel)).toContain(`Answered by ${rep.name}`);
    await desk.evaluate(() => {
      location.hash = '#/asks?for=sales&state=answered';
    });
    await waitForText(desk, 'Their trainer, and nobody who buys.');
    await waitForText(desk, `${marketer.name} asked ${rep.name}`);
    await desk.close();
  });

  it('typed without the store are saved here, and sent when it is back', async () => {
    const panel = await findCard(mailbox, 'Dana Ortiz');
    await sample.store.kill();
    await press(panel, 'Ask marketing');
    await panel.locator(named('What do you need?', 'textbox')).fill('Somebody for the call on Monday.');
    await press(panel, 'Ask');
    await waitForWords(panel, 'Saved here');
    await sample.store.restart();
    await waitForWords(panel, 'Sent to marketing', 90_000);
  });
});
