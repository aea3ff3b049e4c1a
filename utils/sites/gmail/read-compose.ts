import { findInHand } from '../dom/focus.ts';
import { type Mailbox, parseMailboxes, toMailbox } from '../dom/mailbox.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { queryAll } from '../dom/query.ts';
import { fieldText } from '../dom/text.ts';
import { isVisible } from '../dom/visible.ts';
import {
  chip,
  chipText,
  composeForm,
  draftBody,
  listRow,
  olderChip,
  pieceOfForm,
  recipientField,
  shownRecipient,
  suggestion,
  written,
} from './selectors.ts';

/** Nobody has so many drafts open; and so many recipients of one are read. */
const mostForms = 100;
const mostFields = 500;

/** The open compose forms, the one being written in first, then the newest. `isPiece`: the page is a saved piece, which can begin within a form. */
export function findComposes(document: Document, isPiece: boolean): Element[] {
  const whole = queryAll(document, composeForm, mostForms);
  const forms: Element[] = [];
  for (const form of whole.length > 0 || !isPiece ? whole : queryAll(document, pieceOfForm, mostForms)) {
    // In the page's order, so that a form within a form comes right after it.
    if (forms.at(-1)?.contains(form) || form.closest(written) !== null || !isVisible(form)) continue;
    forms.push(form);
  }
  forms.reverse();
  const inHand = findInHand(document, forms);
  return inHand === null ? forms : [inHand, ...forms.filter((form) => form !== inHand)];
}

/** The editable body of the compose in hand; null when none of these forms has one. */
export function findDraftBody(forms: readonly Element[]): HTMLElement | null {
  for (const form of forms) {
    const body = form.querySelector<HTMLElement>(draftBody);
    if (body !== null) return body;
  }
  return null;
}

/** While it is being typed, an address is only what stands before the last separator: `dana@brightforge.ex` is nobody. */
function readTyped(field: Element): Mailbox[] {
  const isTyping = field.ownerDocument.activeElement === field;
  return parseMailboxes(isTyping ? fieldText(field).replace(/[^,;]*$/, '') : fieldText(field));
}

function fromChip(element: Element): Mailbox[] {
  const shown = [...element.querySelectorAll(chipText)].map((each) => each.textContent);
  const name = element.getAttribute('data-name') ?? shown.find((text) => toMailbox(text, null) === null);
  for (const address of [element.getAttribute('data-hovercard-id'), ...shown]) {
    const box = toMailbox(address, name);
    if (box !== null) return [box];
  }
  return [];
}

function fromShown(element: Element): Mailbox[] {
  const box = toMailbox(element.getAttribute('email'), element.getAttribute('name') ?? element.textContent);
  return box === null ? [] : [box];
}

const fieldReaders: readonly (readonly [string, (field: Element) => Mailbox[]])[] = [
  [chip, fromChip],
  [olderChip, (field) => parseMailboxes(fieldText(field))],
  [shownRecipient, fromShown],
  [recipientField, readTyped],
];
const notInForm = `${suggestion}, ${listRow}, ${written}`;

function readFields(root: ParentNode, isRead: (field: Element) => boolean): Mailbox[] {
  return fieldReaders.flatMap(([selector, read]) =>
    queryAll(root, selector, mostFields)
      .filter((field) => field.closest(notInForm) === null && isRead(field))
      .flatMap(read),
  );
}

/** Whom these drafts are to, the draft in hand first, each in the order of its fields. */
export function readComposes(forms: readonly Element[]): StandingMailbox[] {
  const [inHand, ...others] = forms.map((form) => toRecipients(readFields(form, () => true)));
  if (inHand === undefined || others.length === 0) return inHand ?? [];
  return [...inHand.map((box): StandingMailbox => ({ ...box, isInHand: true })), ...others.flat()];
}

/** Whom a saved piece of a compose is to, which begins within a form. */
export function readLooseFields(document: Document): StandingMailbox[] {
  const isShown = ({ parentElement }: Element) => parentElement !== null && isVisible(parentElement);
  return toRecipients(readFields(document, isShown));
}

function toRecipients(boxes: readonly Mailbox[]): StandingMailbox[] {
  return boxes.map((box) => ({ ...box, standing: 'recipient', signal: 'compose:recipient' }));
}
