import { holdsAny } from '../dom/query.ts';
import { textOf } from '../dom/text.ts';
import { firstVisible } from '../dom/visible.ts';
import { findLinkedPerson, isNode } from './linked-data.ts';
import { findInHead, isPageOf } from './main-part.ts';
import type { Place } from './place.ts';
import { companyIdIn, type Profile, slugIn, titleParts, toHeadline, unmasked } from './profile.ts';
import { canonical, publicCompany, publicHeadline, publicName, publicPageKey } from './selectors.ts';

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The page's heading: in its known place, or any that the page's title begins with. A page that is not there has a heading too. */
function findHeading(document: Document): Element | null {
  const heading = firstVisible(document, publicName) ?? firstVisible(document, 'h1');
  const text = textOf(heading);
  const isNamed = text !== null && (heading?.matches(publicName) === true || titleParts(document)[0]?.startsWith(text));
  return isNamed === true ? heading : null;
}

/** The identifier that the page gives itself. */
function readCanonical(document: Document): string | null {
  const links = findInHead(document, canonical, 4);
  return links.map((link) => slugIn(link.getAttribute('href') ?? link.getAttribute('content'))).find(Boolean) ?? null;
}

/** A profile's public page, as the logged-out see it. Null when it is none, or shows only a login wall. */
export function readPublic(document: Document, place: Place): Profile | null {
  const slug = readCanonical(document);
  const person = findLinkedPerson(document, slug ?? place.id);
  if (person === null && !isPageOf(document, publicPageKey) && !holdsAny(document, publicName)) return null;
  const heading = findHeading(document);
  if ((slug === null && person === null) || (person === null && heading === null)) return null;
  const employer = firstOf(person?.['worksFor']);
  const companyShown = firstVisible(document, publicCompany);
  const isEmployed = isNode(employer);
  const employerUrl = isEmployed && typeof employer['url'] === 'string' ? employer['url'] : null;
  return {
    slugs: [slug ?? place.id],
    urns: [],
    name: unmasked(person?.['name']) ?? unmasked(textOf(heading)),
    title:
      toHeadline(unmasked(textOf(firstVisible(document, publicHeadline), 500))) ??
      unmasked(firstOf(person?.['jobTitle'])),
    company: unmasked(textOf(companyShown)) ?? (isEmployed ? unmasked(employer['name']) : null),
    companyId: companyIdIn(
      (companyShown?.closest('a') ?? companyShown?.querySelector('a'))?.getAttribute('href') ?? employerUrl,
    ),
    boxes: [heading?.closest('section') ?? heading].filter((each) => each !== null && each !== undefined),
    mark: slug,
    signals: person === null ? ['canonical'] : ['canonical', 'linked-data'],
  };
}
