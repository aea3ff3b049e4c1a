import type { Page } from 'puppeteer-core';
import type { Crowd, Unknown } from '../../fixtures/unknown-crowd.ts';
import { findCard, waitForWords } from './rep.ts';
import type { Identity } from './traces.ts';

const mail = 'https://mail.google.com/mail/u/0/';
const profileUrl = ({ slug }: Unknown) => `https://www.linkedin.com/in/${slug}/`;
const recordUrl = ({ recordId }: Unknown) => `https://kestrel.lightning.force.com/lightning/r/Contact/${recordId}/view`;

/** Waits until the panel has looked this person up and found nobody. */
async function awaitStranger(page: Page, name: string): Promise<void> {
  const panel = await findCard(page, name, 20_000);
  await waitForWords(panel, 'Not known to your store.', 20_000);
}

/** Goes on inside the site, as a click on a link does there. */
async function goInPlace(page: Page, url: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, url);
}

async function lookAtEach(page: Page, people: readonly Unknown[], urlOf: (person: Unknown) => string): Promise<void> {
  for (const [index, person] of people.entries()) {
    if (index === 0) await page.goto(urlOf(person), { waitUntil: 'domcontentloaded' });
    else await goInPlace(page, urlOf(person));
    await awaitStranger(page, person.name);
  }
}

/** Walks through everything that the crowd has, in one tab; each stranger was looked up in vain before the next is gone to. */
export async function strollThrough(page: Page, { threads, profiles, records }: Crowd): Promise<void> {
  await page.bringToFront();
  await page.goto(`${mail}#inbox`, { waitUntil: 'domcontentloaded' });
  for (const { id, messages } of threads) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `inbox/${id}`);
    await awaitStranger(page, messages.at(-1)?.from.name ?? '');
  }
  await lookAtEach(page, profiles, profileUrl);
  await lookAtEach(page, records, recordUrl);
}

/** Everything by which what the crowd shows could be told: people, their companies and records, subjects, and the addresses of the pages. */
export function tellCrowd({ threads, profiles, records }: Crowd): Identity[] {
  const people = (name: string, email: string): Identity => ({
    clues: [
      { kind: 'email', value: email },
      { kind: 'domain', value: email.slice(email.indexOf('@') + 1) },
    ],
    words: [name],
  });
  return [
    ...threads.flatMap(({ messages }) => messages.map(({ from }) => people(from.name, from.email))),
    ...threads.map(({ id, legacyId, subject }) => ({
      clues: [],
      words: [id, legacyId, subject, `${mail}#inbox/${id}`],
    })),
    ...profiles.map((each) => ({
      clues: [{ kind: 'linkedin' as const, value: each.slug }],
      words: [each.name, each.company, each.headline, each.urn, profileUrl(each)],
    })),
    ...records.map((each) => {
      const { clues, words } = people(each.name, each.email);
      const ids = [`salesforce:contact:${each.recordId}`, `salesforce:account:${each.accountId}`];
      return {
        clues: [...clues, ...ids.map((value) => ({ kind: 'crm' as const, value }))],
        words: [...words, each.company, each.recordId.slice(0, 15), recordUrl(each)],
      };
    }),
  ];
}
