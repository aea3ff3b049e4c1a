import type { SightedPerson } from '#contract/sighting.ts';
import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import { findOwn, shownText } from '../dom/own.ts';
import { cleanText } from '../dom/text.ts';
import {
  classicField,
  classicFields,
  classicForeign,
  classicHeading,
  classicNoise,
  detailBox,
  personAccountFields,
} from './classic-selectors.ts';
import { type Account, toPerson } from './person.ts';
import { type Place, placeInPath } from './place.ts';

function findField(document: Document, field: string | undefined): Element | null {
  return field === undefined ? null : (findOwn([document], classicField(field), classicForeign)[0] ?? null);
}

/** A field's text without the links in brackets that stand beside it. */
function textOf(field: Element | null): string | null {
  const links = [...(field?.querySelectorAll('a') ?? [])].map((link) => shownText(link, classicNoise) ?? '');
  const asides = links.filter((text) => /^\[.*\]$/.test(text));
  return cleanText(asides.reduce((text, aside) => text.replace(aside, ''), shownText(field, classicNoise) ?? ''));
}

function readEmail(document: Document, field: string | undefined): { box: Mailbox; signal: string } | null {
  const element = findField(document, field);
  const link = element?.querySelector('a[href^="mailto:"]')?.getAttribute('href');
  const box = toMailbox(link, null) ?? toMailbox(textOf(element), null);
  return box === null ? null : { box, signal: `field:${field}` };
}

function readAccount(document: Document, field: string | undefined): Account {
  const link = findField(document, field)?.querySelector('a[href]');
  const place = placeInPath(link?.getAttribute('href') ?? '');
  return link == null || place?.object !== 'account'
    ? null
    : { id: place.id, name: shownText(link, classicNoise), signal: `field:${field}` };
}

/** The record's name; null while its page is not drawn. */
export function readClassicName(document: Document, place: Place): string | null {
  const named = textOf(findField(document, classicFields[place.object].name));
  if (named !== null) return named;
  const [heading] = findOwn([document], classicHeading, classicForeign);
  return heading === undefined ? null : textOf(heading);
}

/** Whether the record's fields are drawn at all. */
export function isClassicRendered(document: Document, place: Place): boolean {
  const { name, email, account } = classicFields[place.object];
  return [name, email, account].some((field) => findField(document, field) !== null);
}

/** The box whose changes can change the reading. */
export function findDetail(document: Document): Element | null {
  return findOwn([document], detailBox, classicForeign)[0] ?? null;
}

/** What is drawn of the record; null where it leads to nobody: a case without an account. */
export function readClassic(document: Document, place: Place): SightedPerson | null {
  const { object } = place;
  const isPerson = object === 'contact' || object === 'lead' || findField(document, personAccountFields.email) !== null;
  const fields = object === 'account' && isPerson ? personAccountFields : classicFields[object];
  const own: Partial<Record<string, string>> = fields;
  const name = readClassicName(document, place);
  const account = readAccount(document, own['account']);
  if (isPerson) {
    return toPerson(place, false, {
      name,
      title: textOf(findField(document, own['title'])),
      company: account?.name ?? textOf(findField(document, own['company'] ?? own['account'])),
      email: readEmail(document, own['email']),
      account,
    });
  }
  if (object === 'account') {
    const website = textOf(findField(document, own['website']));
    const site = website === null ? null : { value: website, signal: `field:${own['website']}` };
    return toPerson(place, true, { name, company: name, website: site });
  }
  if (account === null && object === 'case') return null;
  const company = account?.name ?? textOf(findField(document, own['account']));
  return toPerson(place, true, { name: company, company, account });
}
