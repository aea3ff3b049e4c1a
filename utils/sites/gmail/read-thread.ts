import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { queryAll } from '../dom/query.ts';
import { textOf } from '../dom/text.ts';
import { isVisible } from '../dom/visible.ts';
import {
  composeForm,
  listRow,
  message,
  messageFrame,
  named,
  pieceOfForm,
  pieceOfMessage,
  recipients,
  sender,
  threadHeading,
  view,
  written,
} from './selectors.ts';

/** So many items of lists are looked through for messages (a mail can hold lists of its own), and so many headings for the one in view. */
const mostItems = 3000;
const mostHeadings = 100;

/** Whom one message is from and to. `sender` null: it does not say. */
export interface Correspondence {
  sender: Mailbox | null;
  recipients: Mailbox[];
}

/** An open thread: the box that holds its messages. `id` is Gmail's own for it; null when the page does not name it. */
export interface OpenThread {
  id: string | null;
  box: Element;
}

/** Views whose address goes on with a name of their own: a label's can look like a thread's. */
const takesName = /^(?:label|search|advanced-search|category|settings|chat)$/;

/** The thread that an address names: `#inbox/FMfcgz…`, `#label/Press/FMfcgz…`. Null for a list, which ends in a word or a page's number. */
export function threadIn(hash: string): string | null {
  const [first = '', ...rest] = hash.replace(/^#|\?.*$/g, '').split('/');
  const id = rest.slice(takesName.test(first) ? 1 : 0).at(-1);
  return id !== undefined && /^[0-9a-zA-Z]{16,}$/.test(id) ? id : null;
}

const notInFrame = `${written}, ${listRow}, ${composeForm}, ${pieceOfForm}`;

/** The visible messages under `root`, in its order: each whole one, none within another. `hasPieces`: they can begin further in. */
function findMessages(root: ParentNode, hasPieces: boolean): Element[] {
  const items = queryAll(root, message, mostItems);
  const isFramed = items.some((item) => item.querySelector(messageFrame) !== null);
  const found: Element[] = [];
  for (const item of isFramed || !hasPieces ? items : queryAll(root, pieceOfMessage, mostItems)) {
    if (found.at(-1)?.contains(item) || item.closest(notInFrame) !== null) continue;
    if (!item.matches(messageFrame) && item.querySelector(messageFrame) === null) continue;
    if (isVisible(item)) found.push(item);
  }
  return found;
}

function toNamed(element: Element): Mailbox | null {
  // A name that is an attribute, even an empty one, is all there is; else it is what is written there, with or without the address behind it.
  const shown = () =>
    textOf(element)
      ?.replace(/\s*<[^<>]*>$/, '')
      .replace(/^"(.*)"$/, '$1');
  const name = element.getAttribute('name') ?? shown();
  return toMailbox(element.getAttribute('email') ?? element.getAttribute('data-hovercard-id'), name);
}

function readMessage(item: Element): Correspondence {
  const first = (selector: string, isMeant: (element: Element) => boolean) =>
    [...item.querySelectorAll(selector)].find(
      (element) => isMeant(element) && element.closest(notInFrame) === null && isVisible(element),
    );
  const marked = first(sender, () => true);
  // Until about 2011 the mark stood around the name.
  const from =
    marked?.querySelector(named) ?? marked ?? first(named, (element) => element.closest(recipients) === null);
  const to = [...item.querySelectorAll(recipients)]
    .filter((line) => line.closest(notInFrame) === null && isVisible(line))
    .flatMap((line) => (line.matches(named) ? [line] : [...line.querySelectorAll(named)]));
  return {
    sender: from === undefined ? null : toNamed(from),
    recipients: [...new Set(to)].flatMap((each) => toNamed(each) ?? []),
  };
}

/** Where no frame of a message is known: what holds each sender's mark. */
function findUnframed(box: Element): Element[] {
  const senders = queryAll(box, sender, mostItems).filter((mark) => mark.closest(notInFrame) === null);
  return [
    ...new Set(senders.map((mark) => mark.parentElement?.closest('tr, li, div, article, section') ?? mark)),
  ].filter((holder) => box.contains(holder) && isVisible(holder));
}

/** The visible messages of a thread, oldest first; one that names nobody yet is left out. */
export function readMessages({ box }: OpenThread): Correspondence[] {
  const framed = findMessages(box, true);
  return (framed.length > 0 ? framed : findUnframed(box))
    .map(readMessage)
    .filter((each) => each.sender !== null || each.recipients.length > 0);
}

/** The nearest box around the heading that holds messages, in its own view: layouts differ in how far that is. */
function boxOf(heading: Element): Element {
  let box = heading;
  while (box.parentElement !== null && box.querySelector(messageFrame) === null && !box.matches(view))
    box = box.parentElement;
  return box;
}

function threadIdOf(heading: Element): string | null {
  const ids = ['data-legacy-thread-id', 'data-thread-perm-id'].map((name) => heading.getAttribute(name));
  return ids.find((id) => id !== null && id !== '' && id !== 'undefined') ?? null;
}

/** What is around the marks of senders in a saved piece that has no more of a thread than these; null: it has none. */
function findLoose(document: Document): Element | null {
  return findUnframed(document.documentElement).length > 0 ? document.documentElement : null;
}

/** The thread that is open and visible; null when a list or nothing is. `isPiece`: the page is a saved piece, which can begin within a thread. */
export function findThread(document: Document, isPiece: boolean): OpenThread | null {
  for (const heading of queryAll(document, threadHeading, mostHeadings)) {
    if (!isVisible(heading) || heading.closest(notInFrame) !== null) continue;
    return { id: threadIdOf(heading), box: boxOf(heading) };
  }
  const first = findMessages(document, isPiece)[0];
  const box = first?.closest(view) ?? first?.parentElement ?? (isPiece ? findLoose(document) : null);
  return box === null ? null : { id: null, box };
}

/** Everyone in these messages, most relevant first: the last sender who is not the viewer, earlier senders from the newest, then recipients likewise. */
export function orderPeople(
  messages: readonly Correspondence[],
  isOwn: (address: string) => boolean,
): StandingMailbox[] {
  const newestFirst = [...messages].reverse();
  const senders = newestFirst.flatMap((each) => each.sender ?? []).filter((box) => !isOwn(box.address));
  const others = newestFirst.flatMap((each) => each.recipients).filter((box) => !isOwn(box.address));
  return [
    ...senders.map(
      (box, index): StandingMailbox => ({
        ...box,
        standing: index === 0 ? 'sender' : 'participant',
        signal: 'thread:sender',
      }),
    ),
    ...others.map((box): StandingMailbox => ({ ...box, standing: 'participant', signal: 'thread:recipient' })),
  ];
}
