import type { SightedPerson } from '#contract/sighting.ts';
import { insertText } from '../dom/insert-text.ts';
import { firstVisible } from '../dom/visible.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { type Place, placeIn } from './place.ts';
import { readCompany, readSales } from './read-company.ts';
import { agrees, findProfile, isOwnProfile, toPerson } from './read-profile.ts';
import { messageBody } from './selectors.ts';

function findDraftBody(document: Document): HTMLElement | null {
  return firstVisible(document, messageBody) as HTMLElement | null;
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
  const profile = findProfile(document, place);
  if (isOwnProfile(document, place, profile)) return nobodyInView(['url', 'own-profile']);
  if (profile === null) return nobodyInView(['url'], false);
  const mark = profile.slugs[0] ?? null;
  if (!agrees(profile, place)) return nobodyInView(['url', 'stale-profile'], false, mark);
  return inView(document, 'profile', toPerson(document, place, profile), mark);
}

function readLinkedIn(document: Document, url: URL): Reading {
  const place = placeIn(url);
  if (place === null) return nobodyInView(['url:no-subject']);
  if (place.kind === 'profile') return readProfilePage(document, place);
  const person = place.kind === 'company' ? readCompany(document, place) : readSales(document, place);
  if (person === null) return nobodyInView(['url'], false);
  return inView(document, person.isCompany ? 'company' : 'profile', person, person.name);
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
    const profile = place?.kind === 'profile' ? findProfile(document, place) : null;
    const box = profile?.box ?? (place === null ? null : document.querySelector('main'));
    return box === null ? [] : [box];
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
