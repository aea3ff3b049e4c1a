import { textOf } from '../dom/text.ts';
import { firstVisible, firstVisibles, takeVisible } from '../dom/visible.ts';
import { canBeNamed } from './addressed.ts';
import { isSameSlug, type Profile, slugIn, titleParts, toHeadline } from './profile.ts';
import { findExperience, readCurrentJobs, settleCompany } from './read-experience.ts';
import {
  besideProfile,
  companySign,
  contactInfoLink,
  olderTopcards,
  topcard2026,
  topcardSubjectLinks,
  verificationTrigger,
} from './selectors.ts';
import { readLinkedUrns } from './subject-links.ts';

/** Pronouns and the degree of connection share the name's row. The slash form also fits a headline, so place decides with it. */
const besideName = /^(?:[·•].*|\(?\p{L}{1,12}(?:\s?\/\s?\p{L}{1,12}){1,3}\)?)$/u;

function ownParagraphs(element: Element): Element[] {
  return [...element.children].filter((child) => child.localName === 'p' && textOf(child) !== null);
}

/** The paragraphs under the name: headline, then company and school. The row of the name itself is skipped when a further row follows. */
function paragraphsUnder(name: Element, card: Element): Element[] {
  const rows: Element[][] = [];
  for (let at = name.parentElement; at !== null && card.contains(at); at = at.parentElement) {
    const paragraphs = ownParagraphs(at);
    if (paragraphs.length > 0) rows.push(paragraphs);
  }
  const [nearest = [], next] = rows;
  const isNameRow = nearest.every((paragraph) => besideName.test(textOf(paragraph) ?? ''));
  return isNameRow && next !== undefined ? next : nearest;
}

/** The text beside the drawn company sign. A school has another sign, so no company is read where there is none. */
function besideSign(card: Element): string | null {
  const sign = card.querySelector(companySign);
  for (let at = sign?.parentElement ?? null; at !== null && at !== card; at = at.parentElement) {
    const text = textOf(at.querySelector('p'));
    if (text !== null) return text;
  }
  return null;
}

/** "Company · School": one part alone could be either. */
function firstOfTwo(line: string | null): string | null {
  const parts = (line ?? '').split(' · ');
  return parts.length === 2 ? (parts[0] ?? null) : null;
}

const triggerPrefix = /^ProfileVerificationTriggerRef-/;

function slugOfTrigger(element: Element | null): string | null {
  return element?.getAttribute('componentkey')?.replace(triggerPrefix, '') || null;
}

/** Everything by which the card names its subject: the heading's own link first, then what opens the contact details, then keys. */
function slugsOf(card: Element, heading: Element): string[] {
  const key = card.getAttribute('componentkey') ?? card.id;
  const urn = /ref(AC[ow]AA[\w-]+?)Topcard$/i.exec(key)?.[1] ?? null;
  const links = firstVisibles(card, topcardSubjectLinks, 4).map((link) => {
    const href = link.getAttribute('href');
    return slugIn(href) ?? /[?&]vanityName=([^&#]+)/.exec(href ?? '')?.[1] ?? null;
  });
  const named = [slugIn(heading.closest('a')?.getAttribute('href')), ...links];
  const slugs = [...named, slugOfTrigger(card.querySelector(verificationTrigger)), urn];
  return [...new Set(slugs.filter((slug) => slug !== null))];
}

/** A card that links nowhere is the address's where that says the name as well, unless the title names somebody else. */
function isAddressed(document: Document, box: Element, heading: Element, id: string): boolean {
  const name = textOf(heading) ?? '';
  const title = titleParts(document).join(' | ');
  return box.querySelector('a') === null && canBeNamed('person', id, name) && (title === '' || title === name);
}

function readCard(document: Document, box: Element, id: string): Profile | null {
  const heading = firstVisible(box, 'h1, h2');
  if (heading === null) return null;
  const named = slugsOf(box, heading);
  const slugs = named.length === 0 && isAddressed(document, box, heading, id) ? [id] : named;
  const [headline, line] = paragraphsUnder(heading, box);
  const experience = findExperience(document, slugs);
  const beside = besideSign(box) ?? firstOfTwo(textOf(line));
  const { company, companyId } = settleCompany(beside, readCurrentJobs(experience));
  return {
    slugs,
    urns: readLinkedUrns(box),
    name: textOf(heading),
    title: toHeadline(textOf(headline, 500)),
    company,
    companyId,
    boxes: [box, experience].filter((each) => each !== null),
    mark: slugs[0] ?? textOf(heading),
    signals: companyId === null ? ['topcard'] : ['topcard', 'experience'],
  };
}

/** So far around a mark a card without a section is looked for. */
const mostSteps = 12;

/** The largest box around a mark that holds one heading alone: the next one is another card's. Null: none holds just one. */
function boxOfOneHeading(mark: Element): Element | null {
  let found: Element | null = null;
  let at: Element | null = mark;
  for (let step = 0; step < mostSteps && at !== null && !at.matches('main, body, [role="main"]'); step += 1) {
    const headings: number = at.querySelectorAll('h1, h2, [role="heading"]').length;
    if (headings > 1) break;
    if (headings === 1) found = at;
    at = at.parentElement;
  }
  return found;
}

/** Cards without a key of their own: the section around what carries the address's own identifier, or the box around its one heading. */
function findKeyless(document: Document, id: string, own: readonly Element[]): Element[] {
  const contacts = own.filter((link) => link.matches(contactInfoLink));
  const marks = [...firstVisibles(document, verificationTrigger, 20), ...takeVisible(contacts, 20)];
  const cards = marks.flatMap((mark) => {
    const slug = slugIn(mark.getAttribute('href')) ?? slugOfTrigger(mark);
    if (slug === null || !isSameSlug(slug, id) || mark.closest(besideProfile) !== null) return [];
    const box = mark.closest('section') ?? boxOfOneHeading(mark);
    return box === null || box.matches(olderTopcards) || box.querySelector('h1') !== null ? [] : [box];
  });
  return [...new Set(cards)];
}

/** The top cards since 2026 in view: hashed class names, mostly no h1. `id`: the identifier in the address; `own`: the page's own links. */
export function readTopcards2026(document: Document, id: string, own: readonly Element[]): Profile[] {
  const keyed = firstVisibles(document, topcard2026, 6).filter((card) => card.closest(besideProfile) === null);
  const cards = keyed.filter((card) => !keyed.some((outer) => outer !== card && outer.contains(card)));
  return [...cards, ...(cards.length > 0 ? [] : findKeyless(document, id, own))].flatMap(
    (box) => readCard(document, box, id) ?? [],
  );
}
