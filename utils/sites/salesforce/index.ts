import { firstVisible } from '../dom/visible.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { placeIn } from './place.ts';
import { isRendered, isSettled, readCompany, readHeading, readPerson, toBarePerson } from './read-record.ts';
import { anyField, heading, recordBox } from './selectors.ts';

function readSalesforce(document: Document, url: URL): Reading {
  const place = placeIn(url);
  if (place === null) return nobodyInView(['url:no-record']);
  if (!isRendered(document)) return nobodyInView([`url:${place.object}`], false);
  const isCompany = place.object === 'account' || place.object === 'opportunity';
  const drawn = isCompany ? readCompany : readPerson;
  const isStill = isSettled(document, place);
  const person = isStill ? drawn(document, place) : toBarePerson(place);
  return {
    sighting: { site: 'salesforce', view: 'record', people: [person], hasDraft: false },
    signals: isStill ? person.signals : [...person.signals, 'stale-fields'],
    isReadable: isStill,
    mark: readHeading(document),
  };
}

/** Salesforce Lightning: contact, lead, account and opportunity records. */
export const salesforce: SiteReader = {
  id: 'salesforce',
  hosts: ['https://*.lightning.force.com/*'],
  reads: (url) => url.hostname.endsWith('.lightning.force.com'),
  placeOf: (url) => placeIn(url)?.id.slice(0, 15) ?? url.pathname,
  read: readSalesforce,
  scope(document) {
    if (placeIn(new URL(document.URL)) === null) return [];
    const drawn = firstVisible(document, heading) ?? firstVisible(document, anyField);
    const box = drawn?.closest(recordBox) ?? null;
    return box === null ? [] : [box];
  },
  draft: () => null,
};
