import type { SightedPerson } from '#contract/sighting.ts';
import { normalizeLinkedInCompany } from '../../identity/linkedin.ts';
import { standsIn } from '../dom/own.ts';
import { queryAll } from '../dom/query.ts';
import { textOf } from '../dom/text.ts';
import { firstVisible, takeVisible } from '../dom/visible.ts';
import { canBeNamed } from './addressed.ts';
import { readLinkedCompanies } from './linked-data.ts';
import { findInHead, findInMain } from './main-part.ts';
import type { Place } from './place.ts';
import { companyIdIn, titleParts } from './profile.ts';
import {
  canonical,
  companyAside,
  companyHeading,
  companyMainName,
  companyMainTabs,
  companyNames,
  companySecondHeadings,
  companyTabs,
  mainPart,
} from './selectors.ts';

/** So many links of a kind of navigation are looked at. */
const mostTabs = 100;

const isNumber = (id: string) => /^\d+$/.test(id);

/** The company that the page's title names, with what of its page is shown (`Pennant Works: People`); null where it names none. */
function nameInTitle(document: Document): string | null {
  return titleParts(document)[0]?.split(': ')[0] ?? null;
}

/** The heading that says what the title says. */
function findTitled(document: Document): Element | null {
  const title = nameInTitle(document);
  if (title === null) return null;
  const headings = findInMain(document, companySecondHeadings, 10);
  return headings.find((heading) => textOf(heading) === title && !standsIn(heading, companyAside)) ?? null;
}

/** The company's heading; the first place that has one. */
export function findCompanyHeading(document: Document): Element | null {
  const named = companyNames.map((place) => firstVisible(document, place)).find((heading) => heading !== null);
  return named ?? findInMain(document, companyMainName, 1)[0] ?? findTitled(document);
}

/** The page's tabs, in view or not: links of its own navigation, and of any navigation in its own part. */
function findTabs(document: Document): Element[] {
  const inMain = queryAll(document, companyMainTabs, mostTabs).filter((link) => link.closest(mainPart) !== null);
  return [...queryAll(document, companyTabs, mostTabs), ...inMain];
}

/** The identifiers by which the page's own tabs in view, its canonical link and its linked data name it. Companies in its posts and beside it are none of them. */
function readOwnIds(document: Document, tabs: readonly Element[]): string[] {
  const links = [...takeVisible(tabs, mostTabs), ...findInHead(document, canonical, 4)];
  const named = links.map((link) => companyIdIn(link.getAttribute('href') ?? link.getAttribute('content')));
  return [...named, ...readLinkedCompanies(document)].flatMap((id) => normalizeLinkedInCompany(id ?? '') ?? []);
}

const namesCompany = (link: Element) => companyIdIn(link.getAttribute('href')) !== null;

/**
 * Whether a page without tabs that name a company is the company's own: its heading stands where only a company's does or says what the title
 * says, the title, where it speaks, names the same, and so does the address: heading and title can still be those of the company before.
 */
function isTitled(document: Document, heading: Element, name: string, id: string): boolean {
  if (!canBeNamed('company', id, name)) return false;
  const title = nameInTitle(document);
  if (!heading.matches(companyHeading)) return title === name;
  return title === null || title.includes(name) || name.includes(title);
}

/**
 * A company's page. Rendered when its own tabs name it, so that the last company left on the page is not taken for it. A number in the
 * address and a name in the tabs cannot be compared, and are taken as one company's.
 */
export function readCompany(document: Document, place: Place): SightedPerson | null {
  const heading = findCompanyHeading(document);
  const name = textOf(heading);
  const id = normalizeLinkedInCompany(place.id);
  if (heading === null || name === null || id === null) return null;
  const tabs = findTabs(document);
  const own = readOwnIds(document, tabs);
  const comparable = own.filter((each) => isNumber(each) === isNumber(id));
  const isUntabbed = () => !tabs.some(namesCompany);
  const isNamed = own.length > 0 ? isNumber(id) : isUntabbed() && isTitled(document, heading, name, id);
  const isIts = comparable.length === 0 ? isNamed : comparable.includes(id);
  if (!isIts) return null;
  return {
    standing: 'subject',
    isCompany: true,
    clues: [{ kind: 'linkedinCompany', value: place.id }],
    name,
    title: null,
    company: name,
    signals: ['url', 'company-page'],
  };
}
