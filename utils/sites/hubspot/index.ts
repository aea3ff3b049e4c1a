import type { SightedPerson } from '#contract/sighting.ts';
import { findOwn } from '../dom/own.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { type Place, placeIn } from './place.ts';
import { findColumns, isSettled, readHeading, readRecord, toBarePerson } from './read-record.ts';
import { foreign, heading } from './selectors.ts';

/** What the address alone says; a ticket's own number leads to nobody. */
function readAddress(place: Place): SightedPerson | null {
  return place.object === 'ticket' ? null : toBarePerson(place);
}

function readHubSpot(document: Document, url: URL): Reading {
  const place = placeIn(url);
  if (place === null) return nobodyInView(['url:no-record']);
  const columns = findColumns(document);
  const mark = readHeading(document, columns);
  if (columns.length === 0 && mark === null) return nobodyInView([`url:${place.object}`], false);
  const isStill = isSettled(columns, place);
  const person = isStill ? readRecord(document, columns, place) : readAddress(place);
  if (person === null) return nobodyInView([`url:${place.object}`], isStill, mark);
  return {
    sighting: { site: 'hubspot', view: 'record', people: [person], hasDraft: false },
    signals: isStill ? person.signals : [...person.signals, 'stale-column'],
    isReadable: isStill,
    mark,
  };
}

/** HubSpot: contacts and companies; deals and tickets stand for their company. Lists and dashboards are nobody. */
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
    const columns = findColumns(document);
    if (columns.length > 0) return columns;
    const boxes = findOwn([document], heading, foreign).flatMap((each) => each.parentElement ?? []);
    return boxes.filter((box) => box !== document.body);
  },
  draft: () => null,
};
