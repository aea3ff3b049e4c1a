import { cleanText, textOf } from '../dom/text.ts';
import { firstVisible, firstVisibles, takeVisible } from '../dom/visible.ts';
import { type Profile, slugIn, titleParts, toHeadline } from './profile.ts';
import { findExperience, type Job, readCurrentJobs, settleCompany } from './read-experience.ts';
import {
  aboutProfileLink,
  contactInfoLink,
  olderCompany,
  olderEmployers,
  olderHeadline,
  olderNames,
  olderTopcards,
} from './selectors.ts';
import { readLinkedUrns } from './subject-links.ts';

/** The name: the heading that the page's title agrees with (a nudge can be an h1 as well), else by the surest of its places. */
function readName(card: Element, document: Document): string | null {
  const inTitle = titleParts(document).join(' | ');
  const names = olderNames.flatMap((place) => firstVisibles(card, place, 4).map((element) => textOf(element)));
  return names.find((name) => name === inTitle) ?? names.find((name) => name !== null) ?? null;
}

/**
 * Company and school beside the name look alike and their labels are localised: the first of two is the company, and one alone is only
 * where a job says so.
 */
function readEmployer(card: Element, jobs: readonly Job[]): string | null {
  const names = firstVisibles(card, olderEmployers, 6)
    .filter((each) => each.querySelector('img') !== null && each.closest('[class*="dropdown"]') === null)
    .map((each) => textOf(each));
  if (names.length >= 2) return names[0] ?? null;
  return names.find((name) => jobs.some((job) => job.company === name || job.said.includes(name ?? ''))) ?? null;
}

/** `Current company: Brightforge. Click to skip …`: in 2022 the label held no name, the text does. */
function readCompany(card: Element, jobs: readonly Job[]): string | null {
  const element = firstVisible(card, olderCompany);
  const label = /^Current company:?\s*(.+?)(?:\. Click .*)?$/.exec(element?.getAttribute('aria-label') ?? '')?.[1];
  return textOf(element) ?? cleanText(label) ?? readEmployer(card, jobs);
}

function readCard(document: Document, box: Element, slugs: string[]): Profile {
  const experience = findExperience(document, slugs);
  const jobs = readCurrentJobs(experience);
  const { company, companyId } = settleCompany(readCompany(box, jobs), jobs);
  return {
    slugs,
    urns: readLinkedUrns(box),
    name: readName(box, document),
    title: toHeadline(textOf(firstVisible(box, olderHeadline), 500)),
    company,
    companyId,
    boxes: [box, experience].filter((each) => each !== null),
    mark: slugs[0] ?? null,
    signals: companyId === null ? ['contact-info'] : ['contact-info', 'experience'],
  };
}

/** The top cards from 2018 to 2025 in view, each found around its link (of the page's own) to the contact details or to the page about the profile. */
export function readTopcardsOlder(document: Document, own: readonly Element[]): Profile[] {
  const cards = new Map<Element, string[]>();
  const marks = own.filter((link) => link.matches(`${contactInfoLink}, ${aboutProfileLink}`));
  for (const link of takeVisible(marks, 6)) {
    const box = link.closest(olderTopcards) ?? link.closest('section');
    const slug = slugIn(link.getAttribute('href'));
    if (box !== null && slug !== null) cards.set(box, [...(cards.get(box) ?? []), slug]);
  }
  return [...cards].map(([box, slugs]) => readCard(document, box, slugs));
}
