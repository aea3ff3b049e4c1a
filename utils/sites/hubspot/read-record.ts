import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import { cleanText, textOf } from '../dom/text.ts';
import { findVisible, firstVisible } from '../dom/visible.ts';
import { type Place, placeInPath } from './place.ts';
import { foreign, heading, ownColumns, propertyField, shownValue } from './selectors.ts';

/** Visible elements of the record itself: in its own columns, in no card of another record and in no window over the page. */
function findOwn(document: Document, selector: string): Element[] {
  return findVisible(document, selector).filter(
    (element) => element.closest(ownColumns) !== null && element.closest(foreign) === null,
  );
}

/** What a property's field holds: what stands in its input, else the value it shows. */
function readProperty(document: Document, name: string): string | null {
  const [field] = findOwn(document, propertyField(name));
  if (field === undefined) return null;
  const inputs = 'input:not([type="hidden"]), textarea';
  const input = (field.matches(inputs) ? field : field.querySelector(inputs)) as HTMLInputElement | null;
  return input === null ? textOf(field.querySelector(shownValue) ?? field) : cleanText(input.value);
}

function readEmail(document: Document): { box: Mailbox; signal: string } | null {
  const named = toMailbox(readProperty(document, 'email'), null);
  if (named !== null) return { box: named, signal: 'field:email' };
  const loose = findOwn(document, 'a[href^="mailto:"]').flatMap(
    (link) => toMailbox(link.getAttribute('href'), null) ?? [],
  );
  const [only] = loose;
  // Two addresses without a property's name: no telling which is the person's.
  return only !== undefined && new Set(loose.map((box) => box.address)).size === 1
    ? { box: only, signal: 'column' }
    : null;
}

/** The record's name at the top; null while it is not drawn. */
export function readHeading(document: Document): string | null {
  for (const element of findVisible(document, heading)) {
    const text = element.closest('[role="dialog"]') === null ? textOf(element) : null;
    if (text !== null) return text;
  }
  return null;
}

/** Whether a record is drawn at all. */
export function isRendered(document: Document): boolean {
  return readHeading(document) !== null || firstVisible(document, ownColumns) !== null;
}

/**
 * Whether what is drawn is the record of the address: after a navigation in place the last one stays a while.
 * Links in the record's column to its own pages ("View all properties") name it, where there are any.
 */
export function isSettled(document: Document, place: Place): boolean {
  const owners = findOwn(document, 'a[href*="/contacts/"]').flatMap((link) => {
    const path = (link.getAttribute('href') ?? '').replace(/^https:\/\/[^/]+/, '');
    const owner = placeInPath(path);
    return owner?.hasMore ? [owner] : [];
  });
  return owners.length === 0 || owners.some(({ object, id }) => object === place.object && id === place.id);
}

/** The record of the address alone: what is certain before anything is drawn. */
export function toBarePerson(place: Place): SightedPerson {
  return {
    standing: 'subject',
    isCompany: place.object === 'company',
    clues: [{ kind: 'crm', value: `hubspot:${place.object}:${place.id}` }],
    name: null,
    title: null,
    company: null,
    signals: ['url'],
  };
}

/** A contact: the person. The heading is the address again where HubSpot knows no name. */
export function readPerson(document: Document, place: Place): SightedPerson {
  const bare = toBarePerson(place);
  const email = readEmail(document);
  const drawn = readHeading(document);
  const name = drawn !== null && toMailbox(drawn, null) !== null ? null : drawn;
  return {
    ...bare,
    clues: email === null ? bare.clues : [...bare.clues, { kind: 'email', value: email.box.email }],
    name,
    title: readProperty(document, 'jobtitle'),
    company: readProperty(document, 'company'),
    signals: ['url', ...(email === null ? [] : [email.signal]), ...(name === null ? [] : ['heading'])],
  };
}

/** A company, by its record and its domain. */
export function readCompany(document: Document, place: Place): SightedPerson {
  const bare = toBarePerson(place);
  const field = ['domain', 'website'].find((each) => readProperty(document, each) !== null);
  const site = field === undefined ? null : readProperty(document, field);
  const domain: Clue[] = site === null ? [] : [{ kind: 'domain', value: site.slice(0, 320) }];
  const name = readHeading(document) ?? readProperty(document, 'name');
  return {
    ...bare,
    clues: [...bare.clues, ...domain],
    name,
    company: name,
    signals: ['url', ...(domain.length > 0 ? [`field:${field}`] : []), ...(name === null ? [] : ['heading'])],
  };
}
