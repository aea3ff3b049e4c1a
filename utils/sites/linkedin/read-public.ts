import { holdsAny, queryAll } from '../dom/query.ts';
import { textOf } from '../dom/text.ts';
import { firstVisible } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { companyIdIn, isSameSlug, type Profile, slugIn, titleParts, toHeadline, unmasked } from './profile.ts';
import { canonical, linkedData, publicCompany, publicHeadline, publicName, publicPageKey } from './selectors.ts';

type Json = Record<string, unknown>;

/** So many scripts of linked data are read, and so many nodes of each. */
const mostScripts = 5;
const mostNodes = 200;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The nodes of the page's linked data. Broken data is as good as none: the visible page is read as well. */
function linkedNodes(script: Element): Json[] {
  try {
    const data: unknown = JSON.parse(script.textContent ?? '');
    const graph = isRecord(data) && Array.isArray(data['@graph']) ? data['@graph'] : [data];
    return graph.slice(0, mostNodes).filter(isRecord);
  } catch {
    return [];
  }
}

function slugOfPerson(node: Json): string | null {
  return node['@type'] === 'Person' && typeof node['url'] === 'string' ? slugIn(node['url']) : null;
}

/** The Person of this identifier in the page's linked data. */
function readLinkedPerson(document: Document, slug: string): Json | null {
  const scripts = queryAll(document, linkedData, mostScripts);
  return scripts.flatMap(linkedNodes).find((node) => isSameSlug(slugOfPerson(node) ?? '', slug)) ?? null;
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
  const links = queryAll(document, canonical, 4);
  return links.map((link) => slugIn(link.getAttribute('href') ?? link.getAttribute('content'))).find(Boolean) ?? null;
}

/** A profile's public page, as the logged-out see it. Null when it is none, or shows only a login wall. */
export function readPublic(document: Document, place: Place): Profile | null {
  if (!holdsAny(document, `${publicPageKey}, ${publicName}`)) return null;
  const slug = readCanonical(document);
  const person = readLinkedPerson(document, slug ?? place.id);
  const heading = findHeading(document);
  if ((slug === null && person === null) || (person === null && heading === null)) return null;
  const employer = firstOf(person?.['worksFor']);
  const companyShown = firstVisible(document, publicCompany);
  const isEmployed = isRecord(employer);
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
