import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import { findOwn, shownText } from '../dom/own.ts';
import { cleanText } from '../dom/text.ts';
import { fieldBox, fieldParts, foreign, heading, lookupValue, noise, saveStatus } from './selectors.ts';

/** An empty field shows dashes. */
function orNothing(text: string | null): string | null {
  return text === null || /^[-*]+$/.test(text) ? null : text;
}

const inputs = 'input:not([type="hidden"]):not([type="checkbox"]), textarea';

/**
 * What a field holds. What stands in its input is the input's value, which a saved page keeps in an attribute; a form that cannot be edited
 * may show it as text. Null when the form does not show the field or it is empty.
 */
export function readField(roots: readonly ParentNode[], name: string): string | null {
  const parts = findOwn(roots, fieldParts(name), foreign);
  for (const part of parts) {
    const input = (part.matches(inputs) ? part : part.querySelector(inputs)) as HTMLInputElement | null;
    const value = orNothing(cleanText(input?.value));
    if (value !== null) return value;
  }
  const texts = parts.filter((part) => !part.matches(`${inputs}, ${noise}`) && part.querySelector(inputs) === null);
  return texts.map((part) => orNothing(shownText(part, noise))).find((text) => text !== null) ?? null;
}

/** The name of the record that a lookup names; null when it names none. */
export function readLookup(roots: readonly ParentNode[], name: string): string | null {
  const values = findOwn(roots, lookupValue(name), foreign);
  return values.map((value) => orNothing(shownText(value, noise))).find((text) => text !== null) ?? null;
}

/** The record's own address: in its field, else in the one mail link or hint of the field's box. */
export function readEmail(roots: readonly ParentNode[]): Mailbox | null {
  const named = toMailbox(readField(roots, 'emailaddress1'), null);
  if (named !== null) return named;
  const boxes = findOwn(roots, fieldBox('emailaddress1'), foreign);
  const found = findOwn(boxes, 'a[href^="mailto:"], [title*="@"], input', foreign).flatMap((element) => {
    const { value } = element as HTMLInputElement;
    return toMailbox(element.getAttribute('href') ?? value ?? element.getAttribute('title'), null) ?? [];
  });
  const [only] = found;
  return only !== undefined && new Set(found.map(({ address }) => address)).size === 1 ? only : null;
}

/** The record's name at the top, without the words behind it that say whether it is saved; null while there is none. */
export function readHeading(roots: readonly ParentNode[]): string | null {
  for (const element of findOwn(roots, heading, foreign)) {
    const text = shownText(element, noise);
    if (text === null) continue;
    // "Dana Ortiz- Saved": the words can stand in the same text, in any language, the dash right behind the name.
    return element.querySelector(saveStatus) === null ? text.replace(/(?<=\S)-\s[^-]+$/u, '') : text;
  }
  return null;
}

/** A person's name among the fields: whole, or in its two parts. */
export function readPersonName(roots: readonly ParentNode[]): string | null {
  const partOf = (part: string) =>
    readField(roots, `fullname_compositionLinkControl_${part}`) ?? readField(roots, part);
  const parts = [partOf('firstname'), partOf('lastname')].filter((part) => part !== null);
  return readField(roots, 'fullname') ?? (parts.length === 0 ? null : parts.join(' '));
}
