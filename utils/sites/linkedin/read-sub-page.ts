import { queryAll } from '../dom/query.ts';
import { textOf } from '../dom/text.ts';
import { firstVisible } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { type Profile, slugIn, titleParts, toHeadline } from './profile.ts';
import { activityCard, viewerPhoto } from './selectors.ts';

const subPage = /^(?:details?|recent-activity)\b/;

const unsaid = { urns: [], title: null, company: null, companyId: null };

/** The card beside a person's activity, 2018 to 2025: it links to its subject. */
function readActivityCard(document: Document): Profile | null {
  const box = firstVisible(document, activityCard);
  const slug = slugIn(box?.querySelector('a[href*="/in/"]')?.getAttribute('href'));
  const name = textOf(box?.querySelector('h3'));
  if (box === null || slug === null || name === null) return null;
  const title = toHeadline(textOf(box.querySelector('h4'), 500));
  return { ...unsaid, slugs: [slug], name, title, boxes: [box], mark: slug, signals: ['activity-card'] };
}

/** A profile's sub-page has no top card: address and title alone speak (`Experience | Dana Ortiz | LinkedIn`). */
export function readSubPage(document: Document, place: Place): Profile | null {
  if (!subPage.test(place.rest)) return null;
  const card = readActivityCard(document);
  if (card !== null) return card;
  const name = titleParts(document).slice(1).join(' | ');
  if (name === '') return null;
  return { ...unsaid, slugs: [place.id], name, boxes: [], mark: name, signals: ['title'] };
}

/**
 * Whether a sub-page may be the viewer's own, by the name in the navigation: it offers no other sign. A namesake is nobody as well,
 * which is the safe side.
 */
export function isNamedAsViewer(document: Document, place: Place, profile: Profile | null): boolean {
  const viewer = subPage.test(place.rest)
    ? queryAll(document, viewerPhoto, 1)[0]?.getAttribute('alt')?.trim()
    : undefined;
  return viewer !== undefined && viewer !== '' && viewer === profile?.name;
}
