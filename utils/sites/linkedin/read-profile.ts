import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { isMemberUrn, normalizeLinkedIn } from '../../identity/linkedin.ts';
import { firstVisibles, takeVisible } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { isSameSlug, type Profile, slugIn } from './profile.ts';
import { readContactDialog } from './read-contact-dialog.ts';
import { readPublic } from './read-public.ts';
import { isNamedAsViewer, readSubPage } from './read-sub-page.ts';
import { readTopcards2026 } from './read-topcard-2026.ts';
import { readTopcardsOlder } from './read-topcard-older.ts';
import { readUnlinked } from './read-unlinked.ts';
import { ownProfileLinks, ownProfileMarks } from './selectors.ts';

/**
 * Whether what is drawn belongs to the address: after a navigation in place the last profile stays a while, and a card can be half the last
 * person's and half the next one's. A urn in the address can only be held against urns; where the page names none, its slug is taken as the
 * same person's.
 */
export function agrees(profile: Profile, place: Place): boolean {
  const id = normalizeLinkedIn(place.id);
  if (id === null) return false;
  const isUrn = isMemberUrn(id);
  const named = isUrn ? [...profile.slugs, ...profile.urns] : profile.slugs;
  const comparable = named.filter((slug) => isMemberUrn(slug) === isUrn);
  return comparable.length === 0 ? isUrn && profile.slugs.length > 0 : comparable.every((slug) => isSameSlug(slug, id));
}

/** The subject's page in whichever form it has: the one that agrees with the address, else what else is drawn; null when none is. `own`: the page's own links. */
export function findProfile(document: Document, place: Place, own: readonly Element[]): Profile | null {
  const drawn = [...readTopcards2026(document, place.id, own), ...readTopcardsOlder(document, own)];
  const fitting = drawn.find((profile) => agrees(profile, place));
  return (
    fitting ??
    drawn[0] ??
    readPublic(document, place) ??
    readSubPage(document, place) ??
    readUnlinked(document, place, own)
  );
}

/** Whether the profile is the viewer's own: only there are links to edit it. `own`: the page's own links. */
export function isOwnProfile(
  document: Document,
  place: Place,
  profile: Profile | null,
  own: readonly Element[],
): boolean {
  if (/^edit\b/.test(place.rest) || place.id === 'me' || isNamedAsViewer(document, place, profile)) return true;
  const card = profile?.boxes[0];
  const links = own.filter((link) => card?.contains(link) !== false && link.matches(ownProfileLinks));
  const marks = [...takeVisible(links, 20), ...firstVisibles(card ?? document, ownProfileMarks, 20)];
  return marks.some((mark) => {
    const slug = slugIn(mark.getAttribute('href'));
    return card !== undefined || (slug === null ? profile === null : isSameSlug(slug, place.id));
  });
}

/** The subject of a profile page that agrees with its address. */
export function toPerson(document: Document, place: Place, profile: Profile): SightedPerson {
  const identifiers = new Map<string, string>();
  for (const slug of [place.id, ...profile.slugs]) {
    const normalised = normalizeLinkedIn(slug);
    if (normalised !== null && !identifiers.has(normalised)) identifiers.set(normalised, slug);
  }
  const slugs = [...identifiers.values()];
  const emails = readContactDialog(document, place, slugs);
  const companies: Clue[] = profile.companyId === null ? [] : [{ kind: 'linkedinCompany', value: profile.companyId }];
  return {
    standing: 'subject',
    isCompany: false,
    clues: [...slugs.map((value): Clue => ({ kind: 'linkedin', value })), ...emails, ...companies].slice(0, 20),
    name: profile.name,
    title: profile.title,
    company: profile.company,
    signals: ['url', ...profile.signals, ...(emails.length > 0 ? ['contact-dialog'] : [])],
  };
}
