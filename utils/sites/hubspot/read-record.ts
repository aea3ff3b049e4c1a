import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { normalizeDomain } from '../../identity/domain.ts';
import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import { findOwn, shownText } from '../dom/own.ts';
import { cleanText } from '../dom/text.ts';
import { type Place, placeInPath } from './place.ts';
import {
  companyLink,
  elsewhere,
  emailLabels,
  foreign,
  heading,
  highlights,
  noise,
  ownColumns,
  propertyField,
  propertyLabel,
  shownValue,
} from './selectors.ts';

/** The boxes that belong to the record itself, the outer ones. */
export function findColumns(document: Document): Element[] {
  const boxes = findOwn([document], ownColumns, foreign);
  return boxes.filter((box) => !boxes.some((other) => other !== box && other.contains(box)));
}

/** What a property's field holds: what stands in its input, else the value it shows. */
function readProperty(columns: readonly Element[], name: string): string | null {
  for (const field of findOwn(columns, propertyField(name), foreign)) {
    const inputs = 'input:not([type="hidden"]), textarea';
    const input = (field.matches(inputs) ? field : field.querySelector(inputs)) as HTMLInputElement | null;
    const value = input === null ? shownText(field.querySelector(shownValue) ?? field, noise) : cleanText(input.value);
    // An empty property shows a dash or two.
    if (value !== null && !/^[-–—]+$/.test(value)) return value;
  }
  return null;
}

/** The one address that links in these boxes lead to; null when there are several or none: no telling which is the person's. */
function readLink(boxes: readonly Element[]): Mailbox | null {
  const found = findOwn(boxes, 'a[href^="mailto:"]', foreign).flatMap(
    (link) => toMailbox(link.getAttribute('href'), null) ?? [],
  );
  const [only] = found;
  return only !== undefined && new Set(found.map((box) => box.address)).size === 1 ? only : null;
}

/** The card at the top: it stands in the record's column, or is a column by itself. */
function findCards(columns: readonly Element[]): Element[] {
  return [...columns.filter((column) => column.matches(highlights)), ...findOwn(columns, highlights, foreign)];
}

/** The address behind a label that HubSpot itself gives it, in a language that we know. */
function readLabelled(columns: readonly Element[]): Mailbox | null {
  for (const label of findOwn(columns, propertyLabel, foreign)) {
    const text = shownText(label, 'button, svg, style, script', 100);
    if (text === null || !emailLabels.includes(text.replace(/[*:]/g, '').trim().toLowerCase())) continue;
    const whole = shownText(label.parentElement, noise);
    const box = toMailbox(whole?.slice(text.length).replace(/^[\s*:]+/, ''), null);
    if (box !== null) return box;
  }
  return null;
}

function readEmail(columns: readonly Element[]): { box: Mailbox; signal: string } | null {
  const named = toMailbox(readProperty(columns, 'email'), null);
  if (named !== null) return { box: named, signal: 'field:email' };
  const labelled = readLabelled(columns);
  if (labelled !== null) return { box: labelled, signal: 'label:email' };
  const atTop = readLink(findCards(columns));
  if (atTop !== null) return { box: atTop, signal: 'highlights' };
  const loose = readLink(columns);
  return loose === null ? null : { box: loose, signal: 'column' };
}

/** The record's name at the top; null while it is not drawn. A large page is gone through only where the record's own boxes have none. */
export function readHeading(document: Document, columns: readonly Element[]): string | null {
  for (const roots of [columns, [document]]) {
    for (const element of findOwn(roots, heading, foreign)) {
      const text = shownText(element, noise);
      if (text !== null) return text;
    }
  }
  return null;
}

/**
 * Whether what is drawn is the record of the address: after a navigation in place the last one stays a while.
 * Links in the record's column to its own pages ("View all properties") name it, where there are any.
 */
export function isSettled(columns: readonly Element[], place: Place): boolean {
  const owners = findOwn(columns, 'a[href*="/contacts/"]', foreign).flatMap((link) => {
    const owner = placeInPath(link.getAttribute('href') ?? '');
    return owner?.hasMore ? [owner] : [];
  });
  return owners.length === 0 || owners.some(({ object, id }) => object === place.object && id === place.id);
}

/** The record of the address alone: what is certain before anything is drawn. Deals and tickets stand for their company. */
export function toBarePerson(place: Place): SightedPerson {
  return {
    standing: 'subject',
    isCompany: place.object !== 'contact',
    clues: [{ kind: 'crm', value: `hubspot:${place.object}:${place.id}` }],
    name: null,
    title: null,
    company: null,
    signals: ['url'],
  };
}

/** The one company whose card stands beside the record; null when there are several or none. */
function readAssociated(document: Document): { id: string; name: string | null } | null {
  const found = findOwn([document], companyLink, elsewhere).flatMap((link) => {
    const place = placeInPath(link.getAttribute('href') ?? '');
    return place?.object === 'company' ? [{ id: place.id, name: shownText(link, noise) }] : [];
  });
  const named = found.find(({ name }) => name !== null) ?? found[0];
  return named !== undefined && new Set(found.map(({ id }) => id)).size === 1 ? named : null;
}

/** A contact: the person. The heading is the address again where HubSpot knows no name. */
function readPerson(document: Document, columns: readonly Element[], place: Place): SightedPerson {
  const bare = toBarePerson(place);
  const drawn = readHeading(document, columns);
  const inHeading = toMailbox(drawn, null);
  const named = readEmail(columns);
  const email = named ?? (inHeading === null ? null : { box: inHeading, signal: 'heading' });
  const name = inHeading === null ? drawn : null;
  return {
    ...bare,
    clues: email === null ? bare.clues : [...bare.clues, { kind: 'email', value: email.box.email }],
    name,
    title: readProperty(columns, 'jobtitle'),
    company: readProperty(columns, 'company') ?? readAssociated(document)?.name ?? null,
    signals: ['url', ...(email === null ? [] : [email.signal]), ...(name === null ? [] : ['heading'])],
  };
}

/** The one site that the card at the top links to by the site's own name. */
function readSiteLink(columns: readonly Element[]): string | null {
  const sites = findOwn(findCards(columns), 'a[href^="http"]', foreign).flatMap((link) => {
    const host = normalizeDomain(link.getAttribute('href') ?? '');
    return host !== null && host === normalizeDomain(shownText(link, noise) ?? '') ? [host] : [];
  });
  return new Set(sites).size === 1 ? (sites[0] ?? null) : null;
}

/** A company, by its record and its domain. */
function readCompany(document: Document, columns: readonly Element[], place: Place): SightedPerson {
  const bare = toBarePerson(place);
  const field = ['domain', 'website'].find((each) => readProperty(columns, each) !== null);
  const site = field === undefined ? readSiteLink(columns) : readProperty(columns, field);
  const domain: Clue[] = site === null ? [] : [{ kind: 'domain', value: site.slice(0, 320) }];
  const name = readHeading(document, columns) ?? readProperty(columns, 'name');
  return {
    ...bare,
    clues: [...bare.clues, ...domain],
    name,
    company: name,
    signals: [
      'url',
      ...(domain.length > 0 ? [field === undefined ? 'highlights' : `field:${field}`] : []),
      ...(name === null ? [] : ['heading']),
    ],
  };
}

/** A deal or a ticket, by its company; null for a ticket without one. */
function readForCompany(document: Document, place: Place): SightedPerson | null {
  const bare = toBarePerson(place);
  const company = readAssociated(document);
  if (company === null) return place.object === 'ticket' ? null : bare;
  const clue: Clue = { kind: 'crm', value: `hubspot:company:${company.id}` };
  const { name } = company;
  return { ...bare, clues: [...bare.clues, clue], name, company: name, signals: ['url', 'associated'] };
}

/** What is drawn of the record; null where it leads to nobody. */
export function readRecord(document: Document, columns: readonly Element[], place: Place): SightedPerson | null {
  if (place.object === 'contact') return readPerson(document, columns, place);
  if (place.object === 'company') return readCompany(document, columns, place);
  return readForCompany(document, place);
}
