import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import { findInside, findOwn, shownText } from '../dom/own.ts';
import { cleanText } from '../dom/text.ts';
import { labels } from './labels.ts';
import { apiNames, type Place, placeInPath } from './place.ts';
import {
  fieldFrame,
  fieldValues,
  foreign,
  formattedEmail,
  label,
  labelledFrame,
  namedFrame,
  noise,
  otherRecords,
  ownFields,
} from './selectors.ts';

/** A record as it is drawn: where, and which. */
export interface Drawn {
  roots: readonly ParentNode[];
  place: Place;
}

function labelOf(frame: Element): string | null {
  const text = frame.getAttribute('field-label') ?? shownText(frame.querySelector(label), noise, 100);
  return text === null ? null : text.replace(/[*:]/g, '').trim().toLowerCase();
}

/** The frame of a field by its name in the API; null when the layout does not show it, or gives no names. */
function findNamed({ roots, place }: Drawn, name: string): Element | null {
  return findOwn(roots, fieldFrame(apiNames[place.object], name), foreign)[0] ?? null;
}

/** What a field is called: an account's own name is called there as elsewhere the account's. */
function labelsOf({ place }: Drawn, name: string): readonly string[] {
  if (place.object === 'account' && name === 'Name') return labels['AccountId'] ?? [];
  return labels[name.replace(/^Person/, '')] ?? [];
}

/** The frame of a field: by its name, else by its label in a frame without a name. */
export function findField(drawn: Drawn, name: string): Element | null {
  const known = labelsOf(drawn, name);
  const byLabel = () =>
    findOwn(drawn.roots, labelledFrame, `${foreign}, ${otherRecords}, ${namedFrame}`).find(
      (frame) => frame.querySelector(namedFrame) === null && known.includes(labelOf(frame) ?? ''),
    );
  return findNamed(drawn, name) ?? byLabel() ?? null;
}

function findInput(frame: Element | null): HTMLInputElement | null {
  return findInside(frame, 'input:not([type="hidden"]):not([type="checkbox"])') as HTMLInputElement | null;
}

/** What the field holds: its value's text, or what stands in its input while it is edited. */
export function readField(frame: Element | null): string | null {
  if (frame === null) return null;
  const input = findInput(frame);
  if (input !== null) return cleanText(input.value);
  for (const selector of fieldValues) {
    const value = findInside(frame, selector);
    if (value !== null) return shownText(value, noise);
  }
  return shownText(frame, `${noise}, ${label}`);
}

/** The record's name among its fields; while it is edited it stands in several inputs, and is not read. */
export function readName(drawn: Drawn): string | null {
  const frame = findField(drawn, 'Name');
  return findInput(frame) === null ? readField(frame) : null;
}

/** The same, only where the field is certainly the record's name. */
export function readCertainName(drawn: Drawn): string | null {
  return findNamed(drawn, 'Name') === null ? null : readName(drawn);
}

function toBox(link: Element): Mailbox | null {
  const href = link.getAttribute('href') ?? '';
  return toMailbox(href.startsWith('mailto:') ? href : link.textContent, null);
}

/** The label of the innermost frame around an element that has one. */
function labelAround(element: Element): string | null {
  for (let frame = element.closest(labelledFrame); frame !== null; ) {
    const text = labelOf(frame);
    if (text !== null) return text;
    frame = frame.parentElement?.closest(labelledFrame) ?? null;
  }
  return null;
}

/** Whether a link's label can be that of the record's own address: known, or in a language we do not know; "Manager's email" is neither, nor is what bears no label. */
function isOwnEmail(link: Element): boolean {
  const text = labelAround(link);
  const known = labels['Email'] ?? [];
  return text !== null && (known.includes(text) || !['mail', ...known].some((word) => text.includes(word)));
}

/** The person's address, and how it was found. Null when none is shown, or several without a field's name. */
export function readEmail(drawn: Drawn, name: string): { box: Mailbox; signal: string } | null {
  const frame = findField(drawn, name);
  const link = findInside(frame, formattedEmail);
  const named = (link === null ? null : toBox(link)) ?? toMailbox(readField(frame), null);
  if (named !== null) return { box: named, signal: `field:${name}` };
  const loose = findOwn(drawn.roots, formattedEmail, `${foreign}, ${otherRecords}, ${namedFrame}`)
    .filter((element) => element.closest(ownFields) !== null && isOwnEmail(element))
    .map(toBox)
    .filter((box) => box !== null);
  const [only] = loose;
  // Two addresses without a field's name: no telling which is the person's.
  return only !== undefined && new Set(loose.map((box) => box.address)).size === 1
    ? { box: only, signal: 'field' }
    : null;
}

const accountLink = 'a[href*="/001"], a[data-recordid^="001"]';

function toAccount(link: Element | null): { id: string; name: string | null } | null {
  if (link === null) return null;
  const place = placeInPath(link.getAttribute('href') ?? '');
  const id = place?.object === 'account' ? place.id : link.getAttribute('data-recordid');
  return id === null ? null : { id, name: shownText(link, noise) };
}

/** The account that the record names: in its own field, else the only one in the highlights at the top. */
export function readAccount(drawn: Drawn): { id: string; name: string | null } | null {
  const named = toAccount(findInside(findField(drawn, 'AccountId'), accountLink));
  if (named !== null) return named;
  const accounts = findOwn(drawn.roots, accountLink, `${foreign}, ${otherRecords}`)
    .filter((link) => link.closest('records-highlights-details-item') !== null)
    .flatMap((link) => toAccount(link) ?? []);
  const [only] = accounts;
  return only !== undefined && new Set(accounts.map(({ id }) => id)).size === 1 ? only : null;
}
