import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { toSalesforce18 } from '../../identity/crm.ts';
import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import { cleanText, readTitle, textOf } from '../dom/text.ts';
import { findVisible, firstVisible } from '../dom/visible.ts';
import { apiNames, type Place, placeInPath } from './place.ts';
import {
  anyField,
  fieldFrame,
  fieldValue,
  formattedEmail,
  heading,
  objectWord,
  otherRecords,
  ownFields,
  ownListLink,
  primaryField,
} from './selectors.ts';

function findField(document: Document, place: Place, name: string): Element | null {
  return firstVisible(document, fieldFrame(apiNames[place.object], name));
}

/** What the field holds: its value's text, or what stands in its input while it is edited. */
function readField(field: Element | null): string | null {
  const input = field?.querySelector<HTMLInputElement>('input:not([type="hidden"])') ?? null;
  return input === null ? textOf(field?.querySelector(fieldValue)) : cleanText(input.value);
}

function readEmail(document: Document, place: Place): { box: Mailbox; signal: string } | null {
  const field = findField(document, place, 'Email');
  const link = field?.querySelector('a[href^="mailto:"]')?.getAttribute('href');
  const named = toMailbox(link ?? readField(field), null);
  if (named !== null) return { box: named, signal: 'field:Email' };
  const loose = findVisible(document, formattedEmail)
    .filter((element) => element.closest(otherRecords) === null && element.closest(ownFields) !== null)
    .map((element) => toMailbox(element.getAttribute('href'), null))
    .filter((box) => box !== null);
  const [only] = loose;
  // Two addresses without a field's name: no telling which is the person's.
  return only !== undefined && new Set(loose.map((box) => box.address)).size === 1
    ? { box: only, signal: 'field' }
    : null;
}

/** The record's name in its heading, without the word for its object; null while there is no heading. */
export function readHeading(document: Document): string | null {
  for (const element of findVisible(document, heading)) {
    const named = textOf(element.querySelector(primaryField));
    if (named !== null) return named;
    const word = element.querySelector(objectWord)?.textContent ?? '';
    const text = cleanText((element.textContent ?? '').replace(word, ''));
    if (word !== '' && text !== null) return text;
  }
  return null;
}

/** `Dana Ortiz | Contact | Salesforce`: the name; null while the page is loading. */
function nameInTitle(document: Document): string | null {
  const parts = readTitle(document).split(' | ');
  return parts.length >= 3 && parts.at(-1) === 'Salesforce' ? (cleanText(parts[0]) ?? null) : null;
}

/** Whether a record is drawn at all. */
export function isRendered(document: Document): boolean {
  return readHeading(document) !== null || firstVisible(document, anyField) !== null;
}

/** The id in a link to a record's own list. */
function ownerOf(link: Element): string | null {
  const id = /\/lightning\/r\/(?:\w+\/)?(\w{15,18})\/related\//.exec(link.getAttribute('href') ?? '')?.[1];
  return id === undefined ? null : toSalesforce18(id);
}

/**
 * Whether what is drawn is the record of the address: after a navigation in place the last one's fields stay a while.
 * Title and heading must speak of one record, and links to its lists, where there are any, must be this record's.
 */
export function isSettled(document: Document, place: Place): boolean {
  const title = nameInTitle(document);
  const name = readHeading(document);
  if (title !== null && name !== null && !title.includes(name) && !name.includes(title)) return false;
  const owners = findVisible(document, ownListLink).flatMap((link) => ownerOf(link) ?? []);
  return owners.length === 0 || owners.includes(toSalesforce18(place.id) ?? '');
}

function readAccountLink(document: Document, place: Place): { clue: Clue; name: string | null } | null {
  const link = findField(document, place, 'AccountId')?.querySelector('a[href*="/lightning/r/"]');
  const account = placeInPath(link?.getAttribute('href') ?? '');
  if (account?.object !== 'account') return null;
  return { clue: { kind: 'crm', value: `salesforce:account:${account.id}` }, name: textOf(link) };
}

function readWebsite(document: Document, place: Place): Clue[] {
  const value = readField(findField(document, place, 'Website'));
  return value === null ? [] : [{ kind: 'domain', value: value.slice(0, 320) }];
}

/** The record of the address alone: what is certain before anything is drawn. */
export function toBarePerson(place: Place): SightedPerson {
  return {
    standing: 'subject',
    isCompany: place.object === 'account' || place.object === 'opportunity',
    clues: [{ kind: 'crm', value: `salesforce:${place.object}:${place.id}` }],
    name: null,
    title: null,
    company: null,
    signals: ['url'],
  };
}

/** A contact or lead: the person. */
export function readPerson(document: Document, place: Place): SightedPerson {
  const bare = toBarePerson(place);
  const email = readEmail(document, place);
  const account = readAccountLink(document, place);
  const name = readHeading(document) ?? readField(findField(document, place, 'Name'));
  const clues: Clue[] = [...bare.clues];
  if (email !== null) clues.push({ kind: 'email', value: email.box.email });
  if (account !== null) clues.push(account.clue);
  return {
    ...bare,
    clues,
    name,
    title: readField(findField(document, place, 'Title')),
    company: account?.name ?? readField(findField(document, place, 'Company')),
    signals: [
      'url',
      ...(email === null ? [] : [email.signal]),
      ...(account === null ? [] : ['field:AccountId']),
      ...(name === null ? [] : ['heading']),
    ],
  };
}

/** An account, or an opportunity, which stands for its account. */
export function readCompany(document: Document, place: Place): SightedPerson {
  const bare = toBarePerson(place);
  const account = place.object === 'opportunity' ? readAccountLink(document, place) : null;
  const website = place.object === 'account' ? readWebsite(document, place) : [];
  const name =
    place.object === 'account'
      ? (readHeading(document) ?? readField(findField(document, place, 'Name')))
      : (account?.name ?? null);
  return {
    ...bare,
    clues: [...bare.clues, ...(account === null ? [] : [account.clue]), ...website],
    name,
    company: name,
    signals: [
      'url',
      ...(account === null ? [] : ['field:AccountId']),
      ...(website.length > 0 ? ['field:Website'] : []),
      ...(name === null ? [] : ['heading']),
    ],
  };
}
