import { type Mailbox, parseMailboxes } from '../dom/mailbox.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { holdsAny } from '../dom/query.ts';
import { findVisible, isVisible } from '../dom/visible.ts';
import { readLabel, readPerson } from './read-person.ts';
import {
  beside,
  chip,
  from,
  heading,
  hinted,
  labelled,
  loosePane,
  messageBody,
  pane,
  person,
  recipients,
  sentAt,
  written,
} from './selectors.ts';

/** What is open in the reading pane; null when nothing is, or only a list. */
export function findPane(document: Document): Element | null {
  const [known] = findVisible(document, pane);
  if (known !== undefined) return known;
  const loose = findVisible(document, loosePane).filter((box) => holdsAny(box, messageBody));
  return loose.at(-1) ?? null;
}

/** What names the conversation shown; null while it has no heading. */
export function readMark(box: Element): string | null {
  return findVisible(box, heading)[0]?.id ?? null;
}

/** The people named within; where nobody is marked, the one whom all of it names. */
function peopleIn(part: Element): Mailbox[] {
  const marked = [...part.querySelectorAll(person)].filter((each) => each.closest(written) === null);
  if (marked.length > 0) return marked.flatMap((element) => readPerson(element) ?? []);
  // Without marks a line of several is a list.
  const line = part.textContent ?? '';
  return line.includes(';')
    ? parseMailboxes(line.replaceAll(';', ','))
    : [readPerson(part)].filter((box) => box !== null);
}

/** Whether a field is a draft's own: it can be written in, or is the sender beside one that can. */
function isOfDraft(part: Element): boolean {
  const field = part.ownerDocument.getElementById(part.id.replace(/_FROM$/, '_TO')) ?? part;
  return field.querySelector(`${chip}, [contenteditable="true"]`) !== null;
}

/** Whom the open drafts are from, by those of these elements that tell it. */
export function readDraftSenders(elements: readonly Element[]): Mailbox[] {
  return elements
    .filter((part) => part.matches(from) && isVisible(part) && part.closest(written) === null && isOfDraft(part))
    .flatMap(peopleIn);
}

/** Which way a conversation runs is the reader's own setting: told from the times, where they can be understood; else the newest is last. */
function isNewestFirst(box: Element): boolean {
  const times = findVisible(box, sentAt).map((element) => Date.parse(element.textContent ?? ''));
  return (times[0] ?? Number.NaN) > (times.at(-1) ?? Number.NaN);
}

/** Everyone in the conversation who is shown with an address: the last sender, earlier ones from the newest, then the recipients likewise. */
export function readConversation(box: Element): StandingMailbox[] {
  const parts = (selector: string) =>
    findVisible(box, selector).filter((part) => part.closest(written) === null && !isOfDraft(part));
  const wells = parts(recipients);
  const marked = parts(from).flatMap((part) => peopleIn(part).slice(0, 1));
  // Without ids only its label tells the sender, and only where a body shows that a message is there.
  const loose = () =>
    (box.querySelector(messageBody) === null ? [] : parts(labelled))
      .filter((element) => element.closest(`${recipients}, ${beside}, ${chip}`) === null)
      .flatMap((element) => readLabel(element.getAttribute('aria-label')) ?? []);
  const senders = marked.length > 0 ? marked : loose();
  const told = wells.map(peopleIn);
  const isSilent = senders.length === 0 && told.flat().length === 0 && box.querySelector(messageBody) !== null;
  const others = isSilent
    ? parts(hinted)
        .filter((element) => element.closest(beside) === null)
        .map((element) => [readLabel(element.getAttribute('title'))].filter((mailbox) => mailbox !== null))
    : told;
  if (!isNewestFirst(box)) for (const list of [senders, others]) list.reverse();
  return [
    ...senders.map(
      (mailbox, index): StandingMailbox => ({
        ...mailbox,
        standing: index === 0 ? 'sender' : 'participant',
        signal: 'thread:sender',
      }),
    ),
    ...others
      .flat()
      .map((mailbox): StandingMailbox => ({ ...mailbox, standing: 'participant', signal: 'thread:recipient' })),
  ];
}
