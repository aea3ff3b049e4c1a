import { askBackground } from '../e2e/harness/ask-background.ts';
import { named } from '../e2e/harness/panel.ts';
import { rep, startSample } from '../e2e/harness/sample.ts';
import { connect } from '../e2e/people/connect.ts';
import { findCard, openMailbox, openThread } from '../e2e/people/rep.ts';
import { atMost, figure, type Mark, percentile } from './benchmark.ts';
import { fillPeople, fillTouches } from './store-load.ts';

const contactsEach = 10;
const touchesEach = 10;
const looks = 60;
const person = 'Dana Ortiz';
const patienceMs = 5 * 60_000;

/** From a thread that is recognised to the frame that shows its card, in a real mail page over a copy of so many contacts, by the times that the extension itself notes for Diagnostics. */
export async function measurePainted(contacts: number, say: (line: string) => void): Promise<Mark[]> {
  const sample = await startSample({ RATE_LIMIT: 'off' });
  try {
    const [workspace] = await sample.store.sql<{ id: string }>('select workspace_id as id from workspace');
    const accounts = Math.ceil(contacts / contactsEach);
    await fillPeople(sample.store, workspace?.id ?? '', { accounts, contactsEach, touchesEach });
    await fillTouches(sample.store, workspace?.id ?? '', { from: 0, to: contacts, each: touchesEach });
    await sample.store.sql('vacuum analyze');
    say(`  cards painted in a mail page, ${contacts.toLocaleString('en-US')} contacts`);
    const browser = await sample.launch('chromium');
    try {
      const options = await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
      for (const until = Date.now() + patienceMs; ; ) {
        const facts = await askBackground(options, 'getDiagnostics', null);
        if ((facts?.copy?.contacts ?? 0) >= contacts) break;
        if (Date.now() > until) throw new Error('No copy came within five minutes.');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const mailbox = await openMailbox(browser);
      for (let look = 0; look < looks; look++) {
        await openThread(mailbox, 'Line 3 stoppages');
        const panel = await findCard(mailbox, person);
        await mailbox.evaluate(() => {
          location.hash = 'inbox';
        });
        await panel.waitForSelector(named(person, 'heading'), { hidden: true });
      }
      const timings = (await askBackground(options, 'getDiagnostics', null))?.timings ?? [];
      // The first ones wake what a browser keeps warm afterwards.
      const warm = timings.slice(-looks + 5);
      const [lookedUp, painted] = [warm.map((each) => each.lookedUp), warm.map((each) => each.painted)];
      const of = `${contacts.toLocaleString('en-US')} contacts`;
      return [
        figure(`page recognised → card looked up, warm, p50, ${of}`, percentile(lookedUp, 0.5), 'ms'),
        figure(`page recognised → card looked up, warm, p95, ${of}`, percentile(lookedUp, 0.95), 'ms'),
        figure(`page recognised → card painted, warm, p50, ${of}`, percentile(painted, 0.5), 'ms'),
        atMost(50, `page recognised → card painted, warm, p95, ${of}`, percentile(painted, 0.95), 'ms'),
      ];
    } finally {
      await browser.close();
    }
  } finally {
    await sample.close();
  }
}
