import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { openPopup } from './harness/popup.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');

let sample: Sample;
let repBrowser: RunningBrowser;
let marketerBrowser: RunningBrowser;
let mailbox: Page;
let panel: Frame;
let desk: Page;

beforeAll(async () => {
  sample = await startSample();
  repBrowser = await sample.launch(browserName);
  marketerBrowser = await sample.launch(browserName, { viewport: { width: 1440, height: 900 } });
  await connect(marketerBrowser, await sample.store.invite('marketer', marketer.email), marketer.name);
});
afterAll(async () => {
  await Promise.all([repBrowser?.close(), marketerBrowser?.close()]);
  await sample?.close();
});

interface Row {
  state: string;
  way: string | null;
  reason: string | null;
  line: string | null;
  owner: string | null;
}
const readRows = (name: string) =>
  sample.store.sql<Row>(
    `select h.state, h.way, h.reason, h.line, m.address as owner from hand_over h
     join contact c on c.workspace_id = h.workspace_id and c.id = h.contact_id
     left join member m on m.workspace_id = h.workspace_id and m.id = h.member_id where c.name = $1 order by h.offered_at, h.id`,
    [name],
  );
const goTo = (place: string) =>
  desk.evaluate((hash) => {
    location.hash = hash;
  }, `#/${place}`);

describe(`a hand-over's story in ${browserName}`, () => {
  it('waits with nobody until the account’s owner joins, and then with them, as the marketer’s open Desk shows', async () => {
    desk = await openDesk(marketerBrowser, 'hand-overs', 'Hand-overs');
    await waitForText(desk, 'Dana Ortiz');
    await waitForText(desk, 'Nobody to take it');
    expect(await readRows('Dana Ortiz')).toMatchObject([{ state: 'offered', owner: null }]);
    await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
    await goTo('hand-overs?view=all');
    await waitForText(desk, rep.name);
    expect(await readRows('Dana Ortiz')).toMatchObject([{ state: 'offered', owner: rep.email }]);
  });

  it('stands in the rep’s card beside the mail, with until when and why, and the popup counts it', async () => {
    mailbox = await openMailbox(repBrowser);
    await openThread(mailbox, 'Line 3 stoppages');
    panel = await findCard(mailbox, 'Dana Ortiz');
    await waitForWords(panel, 'Offered to you');
    await waitForWords(panel, 'Answer by tomorrow');
    await waitForWords(panel, 'Came to A2');
    const popup = await openPopup(repBrowser, mailbox);
    await popup.waitFor('wait for your answer');
    await mailbox.bringToFront();
  });

  it('is taken with one click, confirmed by the store, and seen in the Desk without a reload', async () => {
    await press(panel, 'Accept');
    await waitForWords(panel, 'Accepted today');
    await waitForWords(panel, 'Sent');
    await goTo('hand-overs?view=accepted');
    await waitForText(desk, 'Dana Ortiz');
    await waitForText(desk, '1 of 20 — not enough yet');
    expect(await readRows('Dana Ortiz')).toMatchObject([{ state: 'accepted', way: null }]);
  });

  it('waits again when the answer is taken back, and goes back with a reason and a line', async () => {
    await press(panel, 'Undo');
    await waitForWords(panel, 'Offered to you');
    await press(panel, 'Return');
    await panel.locator('::-p-aria(Bad timing[role="radio"])').click();
    await panel
      .locator('::-p-aria(A line to marketing \\(not needed\\)[role="textbox"])')
      .fill('New budget in spring.');
    await press(panel, 'Return it');
    await waitForWords(panel, 'Returned today: Nurture, Bad timing');
    await waitForWords(panel, 'Sent');
    await goTo('hand-overs?view=returned');
    await waitForText(desk, 'Nurture: Bad timing');
    await desk.locator(named('Context', 'button')).click();
    await waitForText(desk, 'New budget in spring.');
    await waitForText(desk, `${rep.name} took the answer back`);
    expect(await readRows('Dana Ortiz')).toMatchObject([
      { state: 'returned', way: 'recycle', reason: 'bad_timing', line: 'New budget in spring.' },
    ]);
  });

  it('that is offered again by hand says that it came back, when and why, and marketing can call it back', async () => {
    await goTo('hand-overs?lead=new');
    await desk.locator('::-p-aria(Anybody of an account[role="combobox"])').fill('Brightforge');
    await desk.locator('::-p-xpath(//ul[contains(@class, "offerable")]//button[contains(., "Dana Ortiz")])').click();
    await desk
      .locator('::-p-xpath(//label[contains(., "Why now")]//textarea)')
      .fill('She has asked for a price per line.');
    await desk.locator(named('Offer Dana Ortiz', 'button')).click();
    await waitForWords(panel, 'Came back.');
    await waitForWords(panel, `Returned today by ${rep.name}: Nurture, because Bad timing.`);
    await waitForWords(panel, 'She has asked for a price per line.');
    await desk.locator(named('Call it back', 'button')).click();
    await waitForWords(panel, 'Returned today: Nurture, Bad timing');
    expect(await readRows('Dana Ortiz')).toMatchObject([{ state: 'returned' }, { state: 'withdrawn' }]);
  });
});
