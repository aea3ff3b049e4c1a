import { normalizeDomain } from '../../identity/domain.ts';
import { parseMailboxes } from '../dom/mailbox.ts';
import { queryAll } from '../dom/query.ts';
import { cleanText, readTitle } from '../dom/text.ts';
import { isVisible } from '../dom/visible.ts';
import { visibleText } from '../dom/visible-text.ts';

/** So many elements of one place are read, and so many looked at for it, hidden ones among them. */
const mostElements = 50;
const mostMatches = 500;

/** The visible elements that a selector names; null when the browser does not know such a selector. */
export function findElements(document: Document, selector: string): Element[] | null {
  const found: Element[] = [];
  try {
    for (const element of queryAll(document, selector, mostMatches)) {
      if (isVisible(element) && found.push(element) === mostElements) break;
    }
  } catch {
    return null;
  }
  return found;
}

/** A place as a rule writes it: elements, and the attribute that is read instead of their text. */
export function splitPlace(place: string): { selector: string; attribute: string | null } {
  const [, selector = place, attribute = null] = /^(.*\S)\s*@([a-z][a-z-]*)$/.exec(place) ?? [];
  return { selector, attribute };
}

const controls = 'input:not([type="hidden"], [type="password"]), textarea, select';

/** What stands in a field that is edited. A list's choice by its words: its value is a number that only the system knows. */
function controlValue(control: Element | null): string | null {
  if (control === null || control.getAttribute('type') === 'password') return null;
  if (control.localName === 'select')
    return cleanText((control as Partial<HTMLSelectElement>).selectedOptions?.[0]?.text);
  return cleanText((control as HTMLInputElement).value);
}

function textIn(element: Element, attribute: string | null, foreign: string | null): string | null {
  if (attribute !== null) return cleanText(element.getAttribute(attribute));
  if (element.matches('input, textarea, select')) return controlValue(element);
  const written = visibleText(element, 300, foreign);
  if (written !== null) return written;
  // A value in pieces (form of address, first name, last name) is none of them.
  const values = new Set(visibleIn(element, controls, foreign).flatMap((control) => controlValue(control) ?? []));
  const [only = null] = values;
  return values.size === 1 ? only : null;
}

const mailLink = 'a[href^="mailto:" i]';
/** So many links or fields within one element are looked at. */
const mostInside = 20;

/** The addresses of a list; a note in brackets behind one ("(Primary)") is no part of it. */
function parseAddresses(text: string | null): string[] {
  const bare = (text ?? '').replace(/\s\([^()]{0,60}\)(?=\s*(?:[,;]|$))/g, '');
  return parseMailboxes(bare).map(({ email }) => email);
}

function addressesOfLink(link: Element): string[] {
  const address = (link.getAttribute('href') ?? '').replace(/^mailto:([^?]*).*$/is, '$1');
  return parseAddresses(address.replace(/%(?:2b|40)/gi, decodeURIComponent));
}

/** What is visible in an element and not foreign to it. */
function visibleIn(element: Element, selector: string, foreign: string | null): Element[] {
  const isOwn = (inner: Element) => foreign === null || inner.closest(foreign) === null;
  return queryAll(element, selector, mostInside).filter((inner) => isVisible(inner) && isOwn(inner));
}

/** Addresses of an element: of the mail link or field that it is, else in its text; else of the fields in it, else of the mail links in it. */
function addressesIn(element: Element, attribute: string | null, foreign: string | null): string[] {
  if (attribute !== null) return parseAddresses(textIn(element, attribute, foreign));
  if (element.matches(mailLink)) return addressesOfLink(element);
  const own = parseAddresses(textIn(element, null, foreign));
  if (own.length > 0) return own;
  const edited = visibleIn(element, controls, foreign).flatMap((control) => parseAddresses(controlValue(control)));
  return edited.length > 0 ? edited : visibleIn(element, mailLink, foreign).flatMap(addressesOfLink);
}

function domainsIn(element: Element, attribute: string | null, foreign: string | null): string[] {
  const text = textIn(element, attribute, foreign);
  return text === null || text.includes('@') || normalizeDomain(text) === null ? [] : [text.slice(0, 300)];
}

/** How each kind of value is taken from an element, and the form in which two of them are one. Addresses and domains say who somebody is: two that differ say nothing. */
const kinds = {
  text: {
    read: (element: Element, attribute: string | null, foreign: string | null) =>
      [textIn(element, attribute, foreign)].filter((text) => text !== null),
    form: null,
  },
  email: { read: addressesIn, form: (text: string) => text.toLowerCase() },
  domain: { read: domainsIn, form: (text: string) => normalizeDomain(text) },
} as const;

export type ValueKind = keyof typeof kinds;

/** What stands in one place. `several`: values that differ, so that there is no telling which is the record's. `broken`: the browser does not know such a selector. */
export type PlaceReading = { value: string | null; problem: 'several' | 'broken' | null };

/** A place that says nothing but that it is a heading: any banner has one. */
const anyHeading = /^(?:\w+ )?h[1-6]$/;

/** What headings say that could be anybody's: one thing, or what the page's title says as well. */
function settleHeadings(document: Document, values: readonly string[]): PlaceReading {
  const different = [...new Set(values)];
  if (different.length <= 1) return { value: different[0] ?? null, problem: null };
  const title = readTitle(document);
  const titled = different.filter((value) => title.includes(value));
  return titled.length === 1 ? { value: titled[0] ?? null, problem: null } : { value: null, problem: 'several' };
}

/** Reads the first visible element of a place that has a value; elements within `foreign` are passed over, and so is what is foreign within them. */
export function readPlace(document: Document, place: string, kind: ValueKind, foreign: string | null): PlaceReading {
  const { selector, attribute } = splitPlace(place);
  const elements = findElements(document, selector);
  if (elements === null) return { value: null, problem: 'broken' };
  const { read, form } = kinds[kind];
  const own = elements.filter((element) => foreign === null || element.closest(foreign) === null);
  if (attribute === null && form === null && anyHeading.test(selector)) {
    return settleHeadings(
      document,
      own.flatMap((element) => read(element, null, foreign)),
    );
  }
  const values: string[] = [];
  for (const element of own) {
    values.push(...read(element, attribute, foreign));
    if (form === null && values.length > 0) break;
  }
  const isSeveral = form !== null && new Set(values.map(form)).size > 1;
  return isSeveral ? { value: null, problem: 'several' } : { value: values[0] ?? null, problem: null };
}
