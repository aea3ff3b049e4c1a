import type { SightedPerson } from '#contract/sighting.ts';
import { insertText } from '../dom/insert-text.ts';
import { queryAll } from '../dom/query.ts';
import { takeVisible } from '../dom/visible.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { isPageOf } from './main-part.ts';
import { type Place, placeIn } from './place.ts';
import { findCompanyHeading, readCompany } from './read-company.ts';
import { agrees, findProfile, isOwnProfile, toPerson } from './read-profile.ts';
import { readPublic } from './read-public.ts';
import { findSalesCard, readSales } from './read-sales.ts';
import { loginWall, messageBody, messageWindow, windowedBody } from './selectors.ts';
import { findOwnLinks } from './subject-links.ts';

/** So many fields are looked at. */
const mostFields = 100;

function findDraftBody(document: Document): HTMLElement | null {
  const bodies = queryAll(document, `${messageBody}, ${windowedBody}`, mostFields).filter(
    (field) => field.matches(messageBody) || field.closest(messageWindow) !== null,
  );
  return (takeVisible(bodies, 1)[0] ?? null) as HTMLElement | null;
}

function inView(document: Document, view: string, person: SightedPerson, mark: string | null): Reading {
  const hasDraft = findDraftBody(document) !== null;
  return {
    sighting: { site: 'linkedin', view, people: [person], hasDraft },
    signals: person.signals,
    isReadable: true,
    mark,
  };
}

function readProfilePage(document: Document, place: Place): Reading {
  const own = findOwnLinks(document);
  const profile = findProfile(document, place, own);
  if (isOwnProfile(document, place, profile, own))
    return nobodyInView(['url', 'own-profile'], true, profile?.mark ?? null);
  if (profile === null) return nobodyInView(['url'], false);
  if (!agrees(profile, place)) return nobodyInView(['url', 'stale-profile'], false, profile.mark);
  return inView(document, 'profile', toPerson(document, place, profile), profile.mark);
}

/** An old address has no identifier of its own; the page it led to is a public one that gives it. */
function readOldProfile(document: Document, place: Place): Reading {
  const profile = readPublic(document, place);
  const [slug] = profile?.slugs ?? [];
  if (profile === null || profile.mark === null || slug === undefined) return nobodyInView(['url'], false);
  return inView(document, 'profile', toPerson(document, { ...place, id: slug }, profile), profile.mark);
}

function readLinkedIn(document: Document, url: URL): Reading {
  const place = placeIn(url);
  if (place === null) return nobodyInView(['url:no-subject']);
  if (isPageOf(document, loginWall)) return nobodyInView(['url', 'login-wall']);
  if (place.kind === 'profile') return readProfilePage(document, place);
  if (place.kind === 'oldProfile') return readOldProfile(document, place);
  // Only a company's own people see its administration: it is the viewer's own.
  if (place.kind === 'company' && /^admin\b/.test(place.rest)) return nobodyInView(['url', 'own-company']);
  const person = place.kind === 'company' ? readCompany(document, place) : readSales(document, place);
  if (person === null) return nobodyInView(['url'], false);
  return inView(document, person.isCompany ? 'company' : 'profile', person, person.name);
}

/** What is drawn of the subject; empty until it is. */
function findBoxes(document: Document, place: Place): Element[] {
  if (place.kind === 'profile') return findProfile(document, place, findOwnLinks(document))?.boxes ?? [];
  if (place.kind === 'oldProfile') return [];
  const box =
    place.kind === 'company' ? findCompanyHeading(document)?.closest('section') : findSalesCard(document, place);
  return box === null || box === undefined ? [] : [box];
}

/** LinkedIn: profiles in the forms of 2018 to 2026, public ones too, companies, and Sales Navigator. The viewer's own profile is nobody. */
export const linkedin: SiteReader = {
  id: 'linkedin',
  hosts: ['https://*.linkedin.com/*'],
  reads: (url) => /(?:^|\.)linkedin\.com$/.test(url.hostname),
  placeOf(url) {
    const place = placeIn(url);
    return place === null ? url.pathname : `${place.kind}:${place.id}`;
  },
  read: readLinkedIn,
  scope(document) {
    const place = placeIn(new URL(document.URL));
    if (place === null) return [];
    const boxes = findBoxes(document, place);
    return boxes.length > 0 ? boxes : queryAll(document, 'main, [role="main"]', 1);
  },
  draft(document) {
    if (findDraftBody(document) === null) return null;
    return {
      insert(text) {
        const body = findDraftBody(document);
        return body !== null && insertText(body, text);
      },
    };
  },
};
