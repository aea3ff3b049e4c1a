import { findInHand } from '../dom/focus.ts';
import { type Mailbox, parseMailboxes, toMailbox } from '../dom/mailbox.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { isVisible } from '../dom/visible.ts';
import {
  chip,
  chipText,
  composeForm,
  draftBody,
  listRow,
  olderChip,
  recipientField,
  shownRecipient,
  suggestion,
  written,
} from './selectors.ts';

/** The open compose forms, the one being written in first, then the newest. */
export function findComposes(document: Document): Element[] {
  const forms: Element[] = [];
  for (const form of document.querySelectorAll(composeForm)) {
    // In the page's order, so that a form within a form comes right after it.
    if (forms.at(-1)?.contains(form) || form.closest(written) !== null || !isVisible(form)) continue;
    forms.push(form);
  }
  forms.reverse();
  const inHand = findInHand(document, forms);
  return inHand === null ? forms : [inHand, ...forms.filter((form) => form !== inHand)];
}

/** The editable body of the compose in hand; null when none is open. */
export function findDraftBody(document: Document): HTMLElement | null {
  for (const form of findComposes(document)) {
    const body = form.querySelector<HTMLElement>(draftBody);
    if (body !== null) return body;
  }
  return null;
}

/** While it is being typed, an address is only what stands before the last separator: `dana@brightforge.ex` is nobody. */
function readTyped(field: HTMLTextAreaElement): Mailbox[] {
  const isTyping = field.ownerDocument.activeElement === field;
  return parseMailboxes(isTyping ? field.value.replace(/[^,;]*$/, '') : field.value);
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

function readFields(root: ParentNode, isRead: (field: Element) => boolean): Mailbox[] {
  const all = <E extends Element>(selector: string) => [...root.querySelectorAll<E>(selector)].filter(isRead);
  return [
    ...all(chip).flatMap(fromChip),
    ...all<HTMLInputElement>(olderChip).flatMap((field) => parseMailboxes(field.value)),
    ...all(shownRecipient).flatMap(fromShown),
    ...all<HTMLTextAreaElement>(recipientField).flatMap(readTyped),
  ];
}

/** Whom the open drafts are to, the draft in hand first, each in the order of its fields; last what stands in no form (a saved piece of one). */
export function readComposes(document: Document): StandingMailbox[] {
  const outside = `${suggestion}, ${listRow}, ${written}`;
  const inForms = findComposes(document).flatMap((form) =>
    readFields(form, (field) => field.closest(outside) === null),
  );
  const loose = readFields(
    document,
    (field) =>
      field.closest(`${composeForm}, ${outside}`) === null &&
      field.parentElement !== null &&
      isVisible(field.parentElement),
  );
  return [...inForms, ...loose].map((box) => ({ ...box, standing: 'recipient', signal: 'compose:recipient' }));
}
