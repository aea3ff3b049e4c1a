import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { isMemberUrn, normalizeLinkedIn } from '../../identity/linkedin.ts';
import { toMailbox } from '../dom/mailbox.ts';
import { findVisible, isVisible } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { isSameSlug, type Profile, slugIn, titleParts } from './profile.ts';
import { readPublic } from './read-public.ts';
import { readTopcard2026 } from './read-topcard-2026.ts';
import { readTopcardOlder } from './read-topcard-older.ts';
import { contactDialogAddress, ownProfileMarks } from './selectors.ts';

/** A profile's sub-page has no top card: address and title alone speak (`Experience | Dana Ortiz | LinkedIn`). */
function readSubPage(document: Document, place: Place): Profile | null {
  const parts = titleParts(document);
  const name = parts.length >= 2 ? parts.at(-1) : undefined;
  if (!/^(?:details|recent-activity)\b/.test(place.rest) || name === undefined || name === '') return null;
  const box = document.querySelector('main');
  return { slugs: [place.id], name, title: null, company: null, companyId: null, box, signals: ['title'] };
}

/** The subject's page in whichever form it has; null when none is rendered. */
export function findProfile(document: Document, place: Place): Profile | null {
  return (
    readTopcard2026(document) ??
    readTopcardOlder(document) ??
    readPublic(document, place.id) ??
    readSubPage(document, place)
  );
}

/**
 * Whether what is drawn belongs to the address: after a navigation in place the last profile stays a while. A urn in the address can only be
 * compared with a urn; where the page names none, a slug beside it is taken as the same person's.
 */
export function agrees(profile: Profile, place: Place): boolean {
  const id = normalizeLinkedIn(place.id);
  if (id === null) return false;
  const comparable = profile.slugs.filter((slug) => isMemberUrn(slug) === isMemberUrn(id));
  return comparable.length === 0
    ? isMemberUrn(id) && profile.slugs.length > 0
    : comparable.some((slug) => isSameSlug(slug, id));
}

/** Whether the profile is the viewer's own: only there are links to edit it. */
export function isOwnProfile(document: Document, place: Place, profile: Profile | null): boolean {
  if (/^edit\b/.test(place.rest) || place.id === 'me') return true;
  return [...(profile?.box ?? document).querySelectorAll(ownProfileMarks)].some((mark) => {
    const slug = slugIn(mark.getAttribute('href'));
    return isVisible(mark) && (profile?.box !== null || slug === null || isSameSlug(slug, place.id));
  });
}

function readContactDialog(document: Document, place: Place): Clue[] {
  if (!/contact-info/.test(place.rest)) return [];
  return findVisible(document, contactDialogAddress).flatMap((link) => {
    const box = toMailbox(link.getAttribute('href'), null);
    return box === null || box.address.endsWith('@linkedin.com') ? [] : [{ kind: 'email' as const, value: box.email }];
  });
}

/** The subject of a profile page that agrees with its address. */
export function toPerson(document: Document, place: Place, profile: Profile): SightedPerson {
  const identifiers = new Map<string, string>();
  for (const slug of [place.id, ...profile.slugs]) {
    const normalised = normalizeLinkedIn(slug);
    if (normalised !== null && !identifiers.has(normalised)) identifiers.set(normalised, slug);
  }
  const emails = readContactDialog(document, place);
  const companies: Clue[] = profile.companyId === null ? [] : [{ kind: 'linkedinCompany', value: profile.companyId }];
  const clues: Clue[] = [
    ...[...identifiers.values()].map((value): Clue => ({ kind: 'linkedin', value })),
    ...emails,
    ...companies,
  ];
  return {
    standing: 'subject',
    isCompany: false,
    clues: clues.slice(0, 20),
    name: profile.name,
    title: profile.title,
    company: profile.company,
    signals: ['url', ...profile.signals, ...(emails.length > 0 ? ['contact-dialog'] : [])],
  };
}
