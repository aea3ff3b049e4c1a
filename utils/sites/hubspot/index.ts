import { findVisible } from '../dom/visible.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { placeIn } from './place.ts';
import { isRendered, isSettled, readCompany, readHeading, readPerson, toBarePerson } from './read-record.ts';
import { heading, ownColumns } from './selectors.ts';

function readHubSpot(document: Document, url: URL): Reading {
  const place = placeIn(url);
  if (place === null) return nobodyInView(['url:no-record']);
  if (!isRendered(document)) return nobodyInView([`url:${place.object}`], false);
  const drawn = place.object === 'company' ? readCompany : readPerson;
  const isStill = isSettled(document, place);
  const person = isStill ? drawn(document, place) : toBarePerson(place);
  return {
    sighting: { site: 'hubspot', view: 'record', people: [person], hasDraft: false },
    signals: isStill ? person.signals : [...person.signals, 'stale-column'],
    isReadable: isStill,
    mark: readHeading(document),
  };
}

/** HubSpot: contact and company records. Lists, dashboards, deals and tickets are nobody. */
export const hubspot: SiteReader = {
  id: 'hubspot',
  hosts: [
    'https://app.hubspot.com/*',
    'https://app-eu1.hubspot.com/*',
    'https://app-na2.hubspot.com/*',
    'https://app-na3.hubspot.com/*',
    'https://app-ap1.hubspot.com/*',
  ],
  reads: (url) => /^app(?:-[a-z]{2}\d{1,2})?\.hubspot\.com$/.test(url.hostname),
  placeOf(url) {
    const place = placeIn(url);
    return place === null ? url.pathname : `${place.object}:${place.id}`;
  },
  read: readHubSpot,
  scope(document) {
    if (placeIn(new URL(document.URL)) === null) return [];
    const columns = findVisible(document, ownColumns).filter((each) => !each.parentElement?.closest(ownColumns));
    if (columns.length > 0) return columns;
    return findVisible(document, heading).flatMap((each) => each.parentElement ?? []);
  },
  draft: () => null,
};
