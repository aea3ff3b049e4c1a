import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { readHeading } from './fields.ts';
import { placeIn } from './place.ts';
import { findForm, isRendered, isSettled, readRecord, rootsOf, toBarePerson } from './read-record.ts';

function readDynamics(document: Document, url: URL): Reading {
  const place = placeIn(url);
  if (place === null) return nobodyInView(['url:no-record']);
  const roots = rootsOf(document);
  const name = readHeading(roots);
  if (!isRendered(roots, name)) return nobodyInView([`url:${place.object}`], false);
  const isStill = isSettled(document, { roots, name }, place);
  const person = isStill ? readRecord({ roots, name }, place) : toBarePerson(place);
  return {
    sighting: { site: 'dynamics', view: 'record', people: [person], hasDraft: false },
    signals: isStill ? person.signals : [...person.signals, 'stale-fields'],
    isReadable: isStill,
    mark: name,
  };
}

/** Dynamics 365: contacts, leads and accounts; deals stand for their account. Lists, dashboards and other records are nobody. */
export const dynamics: SiteReader = {
  id: 'dynamics',
  hosts: ['https://*.dynamics.com/*'],
  reads: (url) => /\.crm\d{0,2}\.(?:dynamics\.(?:com|cn)|microsoftdynamics\.us)$/.test(url.hostname),
  placeOf(url) {
    const place = placeIn(url);
    return place === null ? `${url.pathname}${url.search}` : `${place.object}:${place.id}`;
  },
  read: readDynamics,
  scope(document) {
    const form = placeIn(new URL(document.URL)) === null ? null : findForm(document);
    return form === null ? [] : [form];
  },
  draft: () => null,
};
