import { normalizeDomain } from '../../identity/domain.ts';
import { parseMailboxes } from '../dom/mailbox.ts';
import { cleanText } from '../dom/text.ts';
import { isVisible } from '../dom/visible.ts';
import { visibleText } from '../dom/visible-text.ts';

/** So many elements of one place are looked at. */
const mostElements = 50;

/** The visible elements that a selector names; null when the browser does not know such a selector. */
export function findElements(document: Document, selector: string): Element[] | null {
  const found: Element[] = [];
  try {
    for (const element of document.querySelectorAll(selector)) {
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
  if (control.localName === 'select') return cleanText((control as HTMLSelectElement).selectedOptions[0]?.text);
  return cleanText((control as HTMLInputElement).value);
}

function textIn(element: Element, attribute: string | null): string | null {
  if (attribute !== null) return cleanText(element.getAttribute(attribute));
  if (element.matches('input, textarea, select')) return controlValue(element);
  return visibleText(element) ?? controlValue(element.querySelector(controls));
}

/** Addresses of an element: of its mail link; else those in its text or the field that it is; else of the first mail link or field in it. */
function addressesIn(element: Element, attribute: string | null): string[] {
  const read = (text: string | null) => parseMailboxes((text ?? '').replace(/^mailto:([^?]*).*$/is, '$1'));
  const link = (each: Element | null) => read(each?.getAttribute('href') ?? null);
  const mailLink = 'a[href^="mailto:" i]';
  const found = attribute === null && element.matches(mailLink) ? link(element) : read(textIn(element, attribute));
  if (found.length > 0 || attribute !== null) return found.map(({ email }) => email);
  const inside = [...element.querySelectorAll(mailLink)].find(isVisible) ?? null;
  return [...link(inside), ...read(controlValue(element.querySelector(controls)))]
    .map(({ email }) => email)
    .slice(0, 1);
}

function domainsIn(element: Element, attribute: string | null): string[] {
  const text = textIn(element, attribute);
  return text === null || text.includes('@') || normalizeDomain(text) === null ? [] : [text.slice(0, 300)];
}

/** How each kind of value is taken from an element, and the form in which two of them are one. Addresses and domains say who somebody is: two that differ say nothing. */
const kinds = {
  text: {
    read: (element: Element, attribute: string | null) => [textIn(element, attribute)].filter((text) => text !== null),
    form: null,
  },
  email: { read: addressesIn, form: (text: string) => text.toLowerCase() },
  domain: { read: domainsIn, form: (text: string) => normalizeDomain(text) },
} as const;

export type ValueKind = keyof typeof kinds;

/** What stands in one place. `several`: values that differ, so that there is no telling which is the record's. `broken`: the browser does not know such a selector. */
export type PlaceReading = { value: string | null; problem: 'several' | 'broken' | null };

/** Reads the first visible element of a place that has a value; elements within `foreign` are passed over. */
export function readPlace(document: Document, place: string, kind: ValueKind, foreign: string | null): PlaceReading {
  const { selector, attribute } = splitPlace(place);
  const elements = findElements(document, selector);
  if (elements === null) return { value: null, problem: 'broken' };
  const { read, form } = kinds[kind];
  const own = elements.filter((element) => foreign === null || element.closest(foreign) === null);
  const values: string[] = [];
  for (const element of own) {
    values.push(...read(element, attribute));
    if (form === null && values.length > 0) break;
  }
  const isSeveral = form !== null && new Set(values.map(form)).size > 1;
  return isSeveral ? { value: null, problem: 'several' } : { value: values[0] ?? null, problem: null };
}
