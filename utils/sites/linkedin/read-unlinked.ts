import { textOf } from '../dom/text.ts';
import { firstVisible, firstVisibles } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { isSameSlug, type Profile, slugIn, titleParts, toHeadline } from './profile.ts';
import { findExperience, readCurrentJobs, settleCompany } from './read-experience.ts';
import {
  besideProfile,
  olderHeadline,
  olderTopcards,
  subjectPages,
  unlinkedNames,
  unlinkedTitled,
} from './selectors.ts';

/** What can be a heading of the whole site or of what stands around a profile. */
const aroundProfile = `${besideProfile}, nav, header, footer, form`;

function headingsIn(document: Document, places: readonly string[]): Element[] {
  return places.flatMap((place) =>
    firstVisibles(document, place, 4).filter((heading) => heading.closest(aroundProfile) === null),
  );
}

/** The heading that the title names as well; where the title is silent, the one at a place that only a profile has. Null: they differ, or there are several. */
function findHeading(document: Document): Element | null {
  const inTitle = titleParts(document).join(' | ');
  if (inTitle !== '') {
    const titled = headingsIn(document, [...unlinkedNames, unlinkedTitled]);
    return titled.find((heading) => textOf(heading) === inTitle) ?? null;
  }
  const own = headingsIn(document, unlinkedNames);
  return new Set(own.map((heading) => textOf(heading))).size === 1 ? (own[0] ?? null) : null;
}

/** Whether the page links to the profile that its address names, in no card of its own. */
function linksToSubject(document: Document, { id }: Place): boolean {
  return firstVisibles(document, 'main a[href*="/in/"]', 40).some((link) => {
    const slug = slugIn(link.getAttribute('href'));
    return slug !== null && isSameSlug(slug, id) && link.closest(aroundProfile) === null;
  });
}

/** Whether what is drawn links to what only its own subject's page links to, and that is another's than the address names. */
function isAnothers(box: Element, { id }: Place): boolean {
  const slugs = firstVisibles(box, subjectPages, 10).map((link) => slugIn(link.getAttribute('href')));
  return slugs.some((slug) => slug !== null && !isSameSlug(slug, id));
}

/**
 * A logged-in profile whose card names its subject by no link: address and heading speak, and the title, which must not be another's.
 * Null on a profile's other pages and where there is no such heading.
 */
export function readUnlinked(document: Document, place: Place): Profile | null {
  if (place.rest !== '' && !place.rest.startsWith('overlay')) return null;
  const heading = findHeading(document);
  const name = textOf(heading);
  if (heading === null || name === null) return null;
  const box = heading.closest(olderTopcards) ?? heading.closest('section') ?? heading.parentElement ?? heading;
  const headline = firstVisible(box, olderHeadline);
  // "Page not found" is a heading and a title as well.
  const isProfile = headline !== null || heading.matches(unlinkedNames.join(', ')) || linksToSubject(document, place);
  if (!isProfile || isAnothers(box, place)) return null;
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
