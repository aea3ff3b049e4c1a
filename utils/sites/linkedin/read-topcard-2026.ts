import { textOf } from '../dom/text.ts';
import { firstVisible } from '../dom/visible.ts';
import { type Profile, slugIn } from './profile.ts';
import { companyAccent, contactInfoLink, topcard2026, verificationTrigger } from './selectors.ts';

/** Pronouns and the degree of connection share the name's row. The slash form also fits a headline, so place decides with it. */
const besideName = /^(?:[·•].*|\p{L}{1,12}(?:\s?\/\s?\p{L}{1,12}){1,3})$/u;

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
function currentCompany(card: Element): string | null {
  const sign = card.querySelector(companyAccent);
  for (let at = sign?.parentElement ?? null; at !== null && at !== card; at = at.parentElement) {
    const text = textOf(at.querySelector('p'));
    if (text !== null) return text;
  }
  return null;
}

/** The profile's top card since 2026: hashed class names, no h1. Null when there is none in view. */
export function readTopcard2026(document: Document): Profile | null {
  const box = firstVisible(document, topcard2026);
  const heading = box?.querySelector('h2');
  if (!box || !heading) return null;
  const key = box.getAttribute('componentkey') ?? '';
  const urn = /ref(AC[ow]AA[\w-]+?)Topcard$/.exec(key)?.[1];
  const trigger = box
    .querySelector(verificationTrigger)
    ?.getAttribute('componentkey')
    ?.replace(/^ProfileVerificationTriggerRef-/, '');
  const contact = slugIn(box.querySelector(contactInfoLink)?.getAttribute('href'));
  const [headline, companyLine] = paragraphsUnder(heading, box);
  const line = (textOf(companyLine) ?? '').split(' · ');
  const company = currentCompany(box);
  return {
    slugs: [contact, trigger, urn].filter((slug): slug is string => typeof slug === 'string' && slug !== ''),
    name: textOf(heading),
    title: textOf(headline, 500),
    // "Company · School": one part alone could be either.
    company: company ?? (line.length === 2 ? (line[0] ?? null) : null),
    companyId: null,
    box,
    signals: ['topcard'],
  };
}
