import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { holdsAny } from '../dom/query.ts';
import { textOf } from '../dom/text.ts';
import { firstVisible, firstVisibles } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { companyIdIn, toHeadline } from './profile.ts';
import {
  accountCards,
  accountNames,
  leadCards,
  leadCompanies,
  leadHeadlines,
  leadNames,
  leadRole,
  leadSection,
  salesAside,
} from './selectors.ts';

/** The first visible element in any of the places, outside of what is drawn beside the subject. */
function findOutsideAside(root: ParentNode, places: readonly string[]): Element | null {
  for (const place of places) {
    const found = firstVisibles(root, place, 10).find((element) => element.closest(salesAside) === null);
    if (found !== undefined) return found;
  }
  return null;
}

/** Whose card it is, as far as it says. */
function nameIn(card: Element): string | null {
  for (const place of leadNames) {
    const name = textOf(firstVisible(card, place));
    if (name !== null) return name;
  }
  return null;
}

/** The lead's card: in the page's own section, else the only one, or one of several that all name the same. Null: they name different people. */
function findLeadCard(document: Document): Element | null {
  const cards = firstVisibles(document, leadCards, 10).filter((card) => card.closest(salesAside) === null);
  const own =
    cards.find((card) => card.matches(leadSection)) ?? cards.find((card) => card.closest(leadSection) !== null);
  if (own !== undefined) return own;
  const names = cards.map(nameIn).filter((name) => name !== null);
  return new Set(names).size > 1 ? null : (cards[0] ?? null);
}

/** The subject's card; where it carries no known mark, the section around the heading of the page's main part. */
export function findSalesCard(document: Document, place: Place): Element | null {
  const isCompany = place.kind === 'salesCompany';
  const card = isCompany ? findOutsideAside(document, [accountCards]) : findLeadCard(document);
  if (card !== null) return card;
  if (!isCompany && holdsAny(document, leadCards)) return null;
  const field = isCompany ? 'company-name' : 'person-name';
  const heading = findOutsideAside(document, [`main h1[data-anonymize="${field}"]`, `h1[data-anonymize="${field}"]`]);
  return heading?.closest('section') ?? heading?.parentElement ?? null;
}

function readAccount(card: Element, place: Place): SightedPerson | null {
  const name = textOf(firstVisible(card, accountNames));
  if (name === null) return null;
  return {
    standing: 'subject',
    isCompany: true,
    clues: [{ kind: 'linkedinCompany', value: place.id }],
    name,
    title: null,
    company: name,
    signals: ['url', 'sales-navigator'],
  };
}

function readLead(document: Document, card: Element, place: Place): SightedPerson | null {
  const name = textOf(findOutsideAside(card, leadNames));
  if (name === null) return null;
  const role = findOutsideAside(document, [leadRole]) ?? card;
  const company = firstVisible(role, leadCompanies);
  const companyId = companyIdIn(company?.closest('a')?.getAttribute('href'));
  const headline = leadHeadlines.map((line) => textOf(firstVisible(card, line), 500)).find((text) => text !== null);
  const clues: Clue[] = [{ kind: 'linkedin', value: place.id }];
  if (companyId !== null && /^\d+$/.test(companyId)) clues.push({ kind: 'linkedinCompany', value: companyId });
  return {
    standing: 'subject',
    isCompany: false,
    clues,
    name,
    title: toHeadline(headline ?? null),
    company: textOf(company),
    signals: ['url', 'sales-navigator'],
  };
}

/** A lead or an account in Sales Navigator; null while its card is not drawn. */
export function readSales(document: Document, place: Place): SightedPerson | null {
  const card = findSalesCard(document, place);
  if (card === null) return null;
  return place.kind === 'salesCompany' ? readAccount(card, place) : readLead(document, card, place);
}
