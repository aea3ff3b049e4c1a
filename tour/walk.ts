import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { RunningBrowser } from '../test/browsers/launch.ts';
import { marketer, rep, type Sample } from '../test/e2e/harness/sample.ts';
import { connect } from '../test/e2e/people/connect.ts';
import { openDesk, pushPoint, waitForText, writePoint } from '../test/e2e/people/marketer.ts';
import { findCard, openMailbox, openThread, press, selectText, waitForWords } from '../test/e2e/people/rep.ts';
import { castContact } from '../test/fixtures/cast.ts';
import { samplePages } from '../test/fixtures/sites/routes.ts';
import { type Camera, createCamera } from './picture.ts';

/** What the steps share: two people at two browsers, and the pages they have open. */
interface Walk {
  sample: Sample;
  rep: RunningBrowser;
  marketer: RunningBrowser;
  camera: Camera;
  mailbox: Page;
}

interface Step {
  does: string;
  /** Acts, asserts the state, then takes its picture. Answers what was seen, in a few words. */
  walk(walk: Walk): Promise<string>;
}

const insight = 'Night shift is the cost they feel, not the repair. Wants a number per shift.';
const point = {
  title: 'Fewer stops within eight weeks',
  text: 'Start with one line: Ashcombe Castings had 31 % fewer stops within eight weeks. Ask which line stops most.',
  whyNow: 'Budgets for next year are being written now',
  segment: 'Mid-market manufacturing',
};

/** Pages of the Desk beside the ones that have steps of their own, what each says once it is there, and what its first row opens. */
const deskPages: readonly { place: string; says: string; picture: string; opens?: string }[] = [
  {
    place: 'hand-overs?view=returned&order=newest',
    says: 'Leads offered',
    picture: 'hand-overs',
    opens: 'What happened',
  },
  { place: 'asks', says: 'Oldest first', picture: 'asks' },
  { place: 'criteria', says: 'What the draft changes', picture: 'criteria' },
  { place: 'language', says: 'The funnel in its order', picture: 'common-language' },
  { place: 'funnel', says: 'went on', picture: 'funnel' },
];

const steps: readonly Step[] = [
  {
    does: 'The rep opens the mailbox: nobody is in view in a list',
    async walk({ mailbox, camera }) {
      await mailbox.waitForSelector('::-p-text(Line 3 stoppages)');
      if (mailbox.frames().length > 1) throw new Error('The panel is on a list, where nobody is in view.');
      await camera.take(mailbox, 'mailbox');
      return 'no panel on the list';
    },
  },
  {
    does: 'The rep reads a thread, and its sender’s card is there',
    async walk({ mailbox, camera }) {
      await openThread(mailbox, 'Line 3 stoppages');
      const panel = await findCard(mailbox, 'Dana Ortiz');
      await waitForWords(panel, 'Exact match');
      await waitForWords(panel, 'You said');
      await camera.take(mailbox, 'thread');
      await press(panel, 'Got it');
      await panel.locator('::-p-xpath(//button[contains(., "Why ")])').click();
      await waitForWords(panel, 'Scorecard v2');
      await camera.take(mailbox, 'why');
      await panel.locator('::-p-xpath(//button[contains(., "Why ")])').click();
      return 'Dana Ortiz, exact match, with the reasons of her score';
    },
  },
  {
    does: 'The rep says weak, and why',
    async walk({ mailbox, camera, sample }) {
      const panel = await findCard(mailbox, 'Dana Ortiz');
      await press(panel, 'Weak');
      await panel.locator('::-p-aria(Bad timing[role="radio"])').click();
      await waitForWords(panel, 'Sent');
      await camera.take(mailbox, 'verdict');
      const rows = await sample.store.sql<{ value: string; reason: string; grade: string }>(
        `select v.value, v.reason, v.grade from verdict v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id where c.name = 'Dana Ortiz' and v.undone_at is null`,
      );
      const [verdict] = rows;
      if (rows.length !== 1 || verdict?.value !== 'weak' || verdict.reason !== 'bad_timing')
        throw new Error(`The store holds ${JSON.stringify(rows)} instead of one weak verdict with its reason.`);
      return `in PostgreSQL once: weak, bad timing, given at ${verdict.grade}`;
    },
  },
  {
    does: 'The rep writes an insight from words selected in the mail',
    async walk({ mailbox, camera, sample }) {
      await selectText(mailbox, 'We lose the night shift');
      const panel = await findCard(mailbox, 'Dana Ortiz');
      await press(panel, 'What did the customer say?');
      await waitForWords(panel, 'We lose the night shift');
      await panel.locator('::-p-aria(In your words[role="textbox"])').fill(insight);
      await camera.take(mailbox, 'insight');
      await press(panel, 'Save insight');
      await waitForWords(panel, 'Insight sent');
      const rows = await sample.store.sql<{ quote: string }>('select quote from insight where text = $1', [insight]);
      if (rows.length !== 1 || !rows[0]?.quote.includes('We lose the night shift'))
        throw new Error(`The store holds ${JSON.stringify(rows)} instead of one insight with its quote.`);
      return 'in PostgreSQL once, with the quote';
    },
  },
  {
    does: 'The rep opens a LinkedIn profile',
    async walk({ rep: browser, camera }) {
      const page = await browser.newPage(samplePages.profile(castContact('priya').linkedin ?? ''));
      await findCard(page, 'Priya Raman');
      await camera.take(page, 'linkedin');
      await page.close();
      return 'Priya Raman, by the profile’s identifier';
    },
  },
  {
    does: 'The rep opens a CRM record',
    async walk({ rep: browser, camera }) {
      const page = await browser.newPage(samplePages.crmContact('marek'));
      await findCard(page, 'Marek Bielik');
      await camera.take(page, 'crm');
      await page.close();
      return 'Marek Bielik, by the record’s id';
    },
  },
  {
    does: 'The rep gives the lead that was offered back, to be nurtured',
    async walk({ mailbox, camera, sample }) {
      const panel = await findCard(mailbox, 'Dana Ortiz');
      await waitForWords(panel, 'Offered to you');
      await press(panel, 'Return');
      await panel.locator('::-p-aria(Bad timing[role="radio"])').click();
      await camera.take(mailbox, 'return');
      await press(panel, 'Return it');
      await waitForWords(panel, 'Returned today: Nurture, Bad timing');
      // The verdict of before stands there as sent already.
      await panel.waitForSelector('::-p-xpath(//section[contains(@class, "hand-over")]//*[text()="Sent"])');
      const rows = await sample.store.sql<{ state: string }>(
        `select h.state from hand_over h join contact c on c.workspace_id = h.workspace_id and c.id = h.contact_id where c.name = 'Dana Ortiz'`,
      );
      if (rows.length !== 1 || rows[0]?.state !== 'returned')
        throw new Error(`The store holds ${JSON.stringify(rows)} instead of one hand-over that was given back.`);
      return 'in PostgreSQL: returned, within the agreed day';
    },
  },
  {
    does: 'The marketer opens the Desk and sees what the field said and what waits',
    async walk({ marketer: browser, camera }) {
      const desk = await openDesk(browser, 'today', 'Today');
      await waitForText(desk, 'What needs you');
      await waitForText(desk, 'In their words');
      await camera.take(desk, 'today');
      for (const { place, says, picture, opens } of deskPages) {
        await browser.goToExtensionPage(desk, `desk.html#/${place}`);
        await waitForText(desk, says);
        if (opens) {
          await desk.locator(`::-p-xpath((//tbody//button[normalize-space(.)="Context"])[1])`).click();
          await waitForText(desk, opens);
        }
        await camera.take(desk, picture);
      }
      await desk.close();
      return `Today, ${deskPages.map(({ picture }) => picture.replaceAll('-', ' ')).join(', ')}`;
    },
  },
  {
    does: 'The rep reads what became of what reps said',
    async walk({ rep: browser, camera }) {
      const desk = await openDesk(browser, 'results', 'Your results');
      await waitForText(desk, 'Scorecard v2');
      await camera.take(desk, 'results');
      await desk.close();
      return 'the change of the criteria in which their verdicts had part';
    },
  },
  {
    does: 'The marketer reads the verdicts',
    async walk({ marketer: browser, camera }) {
      const desk = await openDesk(browser, 'lead-quality', 'Lead quality');
      await waitForText(desk, 'verdicts were weak');
      await desk.locator('::-p-xpath((//tbody//button[normalize-space(.)="Context"])[1])').click();
      await waitForText(desk, 'As it stood');
      await camera.take(desk, 'lead-quality');
      await browser.goToExtensionPage(desk, 'desk.html#/insights');
      await waitForText(desk, insight);
      await camera.take(desk, 'insights');
      await desk.close();
      return 'the roll-up, and the rep’s insight among the others';
    },
  },
  {
    does: 'The marketer pushes a talking point, and it arrives in the rep’s open mail',
    async walk({ marketer: browser, mailbox, camera }) {
      const desk = await openDesk(browser, 'talking-points', 'Talking points');
      await writePoint(desk, point);
      await desk.waitForSelector('::-p-xpath(//button[contains(., "Push to") and not(@disabled)])');
      await camera.take(desk, 'talking-point');
      const panel = await findCard(mailbox, 'Dana Ortiz');
      const pushedAt = Date.now();
      await pushPoint(desk);
      await waitForWords(panel, point.text);
      const tookMs = Date.now() - pushedAt;
      await camera.take(mailbox, 'arrived');
      await waitForText(desk, 'went to');
      await camera.take(desk, 'pushed');
      return `there ${tookMs} ms after the click, without a reload`;
    },
  },
];

/** Walks the tour with two browsers: a rep and a marketer. Every step asserts its state before its picture; the first that fails ends the walk. */
export async function walkTour(sample: Sample, root: string, say: (line: string) => void): Promise<void> {
  const folder = join(root, '.output', 'tour');
  const camera = createCamera(folder);
  const repBrowser = await sample.launch('chromium', { viewport: { width: 1280, height: 860 } });
  const marketerBrowser = await sample.launch('chromium', { viewport: { width: 1440, height: 900 } });
  try {
    await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
    await connect(marketerBrowser, await sample.store.invite('marketer', marketer.email), marketer.name);
    say(`${rep.name} (rep) and ${marketer.name} (marketer) are connected, each in a browser of their own.`);
    const mailbox = await openMailbox(repBrowser);
    const walk: Walk = { sample, rep: repBrowser, marketer: marketerBrowser, camera, mailbox };
    for (const [index, step] of steps.entries()) {
      const seen = await step.walk(walk).catch((cause: Error) => {
        throw new Error(`Step ${index + 1} of the tour failed (${step.does}): ${cause.message}`, { cause });
      });
      say(`${index + 1}. ${step.does}: ${seen}.`);
    }
    say(`${camera.taken.length} pictures in ${folder}`);
  } finally {
    await Promise.all([repBrowser.close(), marketerBrowser.close()]);
  }
}
