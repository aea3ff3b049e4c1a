import type { SightedPerson } from '#contract/sighting.ts';
import { normalizeLinkedInCompany } from '../../identity/linkedin.ts';
import { textOf } from '../dom/text.ts';
import { firstVisible } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { companyIdIn, titleParts } from './profile.ts';
import { salesCompany, salesName, salesTitle } from './selectors.ts';

function subject(
  clue: SightedPerson['clues'][number],
  name: string,
  isCompany: boolean,
  signals: string[],
): SightedPerson {
  return {
    standing: 'subject',
    isCompany,
    clues: [clue],
    name,
    title: null,
    company: isCompany ? name : null,
    signals,
  };
}

/** A company's page: rendered when its own tabs link to it, so that the last company left in the page is not taken for it. */
export function readCompany(document: Document, place: Place): SightedPerson | null {
  const slug = normalizeLinkedInCompany(place.id);
  const links = [
    ...document.querySelectorAll(
      'main a[href*="/company/"], main a[href*="/school/"], main a[href*="/showcase/"], link[rel="canonical"]',
    ),
  ];
  const isNamed = links.some((link) => normalizeLinkedInCompany(companyIdIn(link.getAttribute('href')) ?? '') === slug);
  const name = textOf(firstVisible(document, 'main h1')) ?? titleParts(document)[0]?.replace(/:.*$/, '').trim() ?? '';
  if (slug === null || !isNamed || name === '') return null;
  return subject({ kind: 'linkedinCompany', value: place.id }, name, true, ['url', 'company-page']);
}

/** A lead or an account in Sales Navigator. */
export function readSales(document: Document, place: Place): SightedPerson | null {
  const isCompany = place.kind === 'salesCompany';
  const name = textOf(firstVisible(document, isCompany ? salesCompany : salesName));
  if (name === null) return null;
  const person = subject({ kind: isCompany ? 'linkedinCompany' : 'linkedin', value: place.id }, name, isCompany, [
    'url',
    'sales-navigator',
  ]);
  if (isCompany) return person;
  return {
    ...person,
    title: textOf(firstVisible(document, salesTitle), 500),
    company: textOf(firstVisible(document, salesCompany)),
  };
}
