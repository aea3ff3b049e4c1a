import { type Mailbox, parseMailboxes, toMailbox } from '../dom/mailbox.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { findVisible, isVisible } from '../dom/visible.ts';
import {
  chip,
  composeForm,
  draftBody,
  foldedRecipient,
  looseChip,
  olderChip,
  recipientField,
  written,
} from './selectors.ts';

/** The open compose forms, the one being written in first, then the newest. */
export function findComposes(document: Document): Element[] {
  const forms = findVisible(document, composeForm)
    .filter((form) => form.closest(written) === null)
    .reverse();
  const focused = document.activeElement;
  const inHand = forms.find((form) => focused !== null && form.contains(focused));
  return inHand === undefined ? forms : [inHand, ...forms.filter((form) => form !== inHand)];
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
  const box = toMailbox(element.getAttribute('data-hovercard-id'), element.getAttribute('data-name'));
  return box === null ? [] : [box];
}

function fromFolded(element: Element): Mailbox[] {
  const box = toMailbox(element.getAttribute('email'), element.getAttribute('name') ?? element.textContent);
  return box === null ? [] : [box];
}

function readForm(form: Element): Mailbox[] {
  const all = <E extends Element>(selector: string) =>
    [...form.querySelectorAll<E>(selector)].filter((element) => element.closest(written) === null);
  return [
    ...all(chip).flatMap(fromChip),
    ...all<HTMLInputElement>(olderChip).flatMap((field) => parseMailboxes(field.value)),
    ...all(foldedRecipient).flatMap(fromFolded),
    ...all<HTMLTextAreaElement>(recipientField).flatMap(readTyped),
  ];
}

/** Whom the open drafts are to, the draft in hand first, each in the order of its fields. */
export function readComposes(document: Document): StandingMailbox[] {
  const inForms = findComposes(document).flatMap(readForm);
  const loose = [...document.querySelectorAll(looseChip)].filter(
    (element) => element.closest(`${composeForm}, ${written}`) === null && isVisible(element),
  );
  return [...inForms, ...loose.flatMap(fromChip)].map((box) => ({
    ...box,
    standing: 'recipient',
    signal: 'compose:recipient',
  }));
}
