import type { SightedPerson } from '#contract/sighting.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { findFront, isRendered, nameInTitle, readHeading, rootsOf } from './front.ts';
import { toBarePerson } from './person.ts';
import { type Place, placeIn } from './place.ts';
import { findDetail, isClassicRendered, readClassic, readClassicName } from './read-classic.ts';
import { isSettled, readLightning } from './read-lightning.ts';

function toReading(person: SightedPerson | null, mark: string | null, isStill: boolean): Reading {
  if (person === null) return nobodyInView(['url:case'], true, mark);
  return {
    sighting: { site: 'salesforce', view: 'record', people: [person], hasDraft: false },
    signals: isStill ? person.signals : [...person.signals, 'stale-fields'],
    isReadable: isStill,
    mark,
  };
}

/** What the address alone says; a case's own number leads to nobody. */
function readAddress(place: Place): SightedPerson | null {
  return place.object === 'case' ? null : toBarePerson(place);
}

function readInLightning(document: Document, place: Place): Reading {
  const roots = rootsOf(document);
  if (!isRendered(roots)) {
    // A title of three parts is a record's: the address is right, whatever is drawn.
    const person = nameInTitle(document) === null ? null : readAddress(place);
    if (person === null) return nobodyInView([`url:${place.object}`], false);
    return { ...toReading(person, null, true), isReadable: false };
  }
  const drawn = { roots, place };
  const isStill = isSettled(document, drawn);
  const person = isStill ? readLightning(drawn) : readAddress(place);
  return toReading(person, readHeading(roots), isStill);
}

function readInClassic(document: Document, place: Place): Reading {
  if (!isClassicRendered(document, place)) return nobodyInView([`url:${place.object}`], false);
  return toReading(readClassic(document, place), readClassicName(document, place), true);
}

function readSalesforce(document: Document, url: URL): Reading {
  const place = placeIn(url);
  if (place === null) return nobodyInView(['url:no-record']);
  return place.look === 'classic' ? readInClassic(document, place) : readInLightning(document, place);
}

/** Salesforce, in Lightning and in Classic: contacts, leads and accounts; deals and cases stand for their account. */
export const salesforce: SiteReader = {
  id: 'salesforce',
  hosts: ['https://*.lightning.force.com/*'],
  // Beside the one host that Baton asks for: those of Classic and of sites for partners, which a company names itself.
  reads: (url) => /\.(?:force|salesforce|cloudforce|site|salesforce-experience)\.com$/.test(url.hostname),
  placeOf: (url) => placeIn(url)?.id.slice(0, 15) ?? url.pathname,
  read: readSalesforce,
  scope(document) {
    const place = placeIn(new URL(document.URL));
    if (place === null) return [];
    const box = place.look === 'classic' ? findDetail(document) : findFront(document);
    return box === null ? [] : [box];
  },
  draft: () => null,
};
