import { textOf } from '../dom/text.ts';
import { firstVisible, firstVisibles, takeVisible } from '../dom/visible.ts';
import { canBeNamed } from './addressed.ts';
import { readLinkedPeople } from './linked-data.ts';
import { findInMain } from './main-part.ts';
import type { Place } from './place.ts';
import { isSameSlug, type Profile, slugIn, titleParts, toHeadline } from './profile.ts';
import { findExperience, readCurrentJobs, settleCompany } from './read-experience.ts';
import {
  besideProfile,
  olderTopcards,
  subjectPages,
  unlinkedHeadline,
  unlinkedNames,
  unlinkedTitled,
} from './selectors.ts';

/** What can be a heading of the whole site or of what stands around a profile. */
const aroundProfile = `${besideProfile}, nav, header, footer, form`;

const isAround = (heading: Element) => heading.closest(aroundProfile) !== null;

function headingsIn(document: Document, places: readonly string[]): Element[] {
  return places.flatMap((place) => firstVisibles(document, place, 4).filter((heading) => !isAround(heading)));
}

/** Whether a page's title names somebody: alone, or with what follows the name on public pages (`Oskar Vane - Pennant Works`). */
function isTitledBy(name: string | null, title: string): boolean {
  return name !== null && title.startsWith(name) && /^(?:$|\s[-–—|]\s)/.test(title.slice(name.length));
}

/** The one heading of several places; null where what they say differs. */
function settle(headings: readonly Element[]): Element | null {
  return new Set(headings.map((heading) => textOf(heading))).size === 1 ? (headings[0] ?? null) : null;
}

/**
 * The heading that the title names as well; where the title is silent, the one at a place that only a profile has, or the page's only one with a headline
 * under it. Null: they differ, or there are several.
 */
function findHeading(document: Document): Element | null {
  const title = titleParts(document).join(' | ');
  const own = headingsIn(document, unlinkedNames);
  const others = () => findInMain(document, unlinkedTitled, 4).filter((heading) => !isAround(heading));
  if (title !== '') {
    return (
      own.find((heading) => isTitledBy(textOf(heading), title)) ??
      others().find((heading) => textOf(heading) === title) ??
      null
    );
  }
  if (own.length > 0) return settle(own);
  const only = settle(others());
  return only !== null && firstVisible(boxAround(only), unlinkedHeadline) !== null ? only : null;
}

/** What of the page is drawn of the person that the heading names. */
function boxAround(heading: Element): Element {
  return heading.closest(`${olderTopcards}, .vcard`) ?? heading.closest('section') ?? heading.parentElement ?? heading;
}

/** Whether the page links to the profile that its address names, in no card of its own. */
function linksToSubject(document: Document, { id }: Place): boolean {
  return firstVisibles(document, 'main a[href*="/in/"]', 40).some((link) => {
    const slug = slugIn(link.getAttribute('href'));
    return slug !== null && isSameSlug(slug, id) && link.closest(aroundProfile) === null;
  });
}

/** Whether what is drawn links to what only its own subject's page links to, or the page's data is about somebody, and that is another's than the address names. */
function isAnothers(document: Document, box: Element, own: readonly Element[], { id }: Place): boolean {
  const links = own.filter((link) => box.contains(link) && link.matches(subjectPages));
  const slugs = takeVisible(links, 10).flatMap((link) => slugIn(link.getAttribute('href')) ?? []);
  const people = readLinkedPeople(document).map(({ slug }) => slug);
  return [...slugs, ...people].some((slug) => !isSameSlug(slug, id));
}

/**
 * A profile whose card names its subject by no link: address and heading say the same, and the title, where it speaks.
 * Null on a profile's other pages and where there is no such heading. `own`: the page's own links.
 */
export function readUnlinked(document: Document, place: Place, own: readonly Element[]): Profile | null {
  if (place.rest !== '' && !place.rest.startsWith('overlay')) return null;
  const heading = findHeading(document);
  const name = textOf(heading);
  if (heading === null || name === null) return null;
  const box = boxAround(heading);
  const headline = firstVisible(box, unlinkedHeadline);
  // "Page not found" is a heading and a title as well.
  const isProfile = headline !== null || heading.matches(unlinkedNames.join(', ')) || linksToSubject(document, place);
  // Heading and title can both be still the ones of the profile before, and that one can link to this.
  if (!isProfile || !canBeNamed('person', place.id, name) || isAnothers(document, box, own, place)) return null;
  const experience = findExperience(document, [place.id]);
  const { company, companyId } = settleCompany(null, readCurrentJobs(experience));
  return {
    slugs: [place.id],
    urns: [],
    name,
    title: toHeadline(textOf(headline, 500)),
    company,
    companyId,
    boxes: [box, experience].filter((each) => each !== null).filter((each) => each !== document.body),
    mark: name,
    signals: ['heading'],
  };
}
