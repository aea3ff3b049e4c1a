import { toMailbox } from '../dom/mailbox.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { findVisible, isVisible } from '../dom/visible.ts';
import {
  message,
  messageFrame,
  popoutThread,
  previewPane,
  recipients,
  sender,
  threadBox,
  threadHeading,
  written,
} from './selectors.ts';

/** An open thread. `id` is Gmail's own for it; null when the page does not name it. `messages` are the visible ones, oldest first. */
export interface OpenThread {
  id: string | null;
  box: Element;
  messages: Element[];
}

/** The thread that an address names: `#inbox/FMfcgz…`, whatever list it was opened from. Null for a list, which ends in a word or a page's number. */
export function threadIn(hash: string): string | null {
  return /\/([0-9a-zA-Z]{16,})$/.exec(hash.replace(/\?.*$/, ''))?.[1] ?? null;
}

function visibleMessages(box: ParentNode): Element[] {
  return findVisible(box, message).filter((item) => item.querySelector(messageFrame) !== null);
}

/** The nearest box around the heading that holds messages: layouts differ in how far that is. */
function boxOf(heading: Element): Element {
  let nearest: Element | null = null;
  for (let box = heading.closest(threadBox); box !== null; box = box.parentElement?.closest(threadBox) ?? null) {
    nearest ??= box;
    if (box.querySelector(message) !== null) return box;
  }
  return nearest ?? heading.parentElement ?? heading;
}

function threadIdOf(heading: Element): string | null {
  const id = heading.getAttribute('data-legacy-thread-id') ?? heading.getAttribute('data-thread-perm-id');
  return id === null || id === '' || id === 'undefined' ? null : id;
}

/** The thread that is open and visible; null when a list or nothing is. A heading is required, or an address that names a thread. */
export function findThread(document: Document, url: URL): OpenThread | null {
  for (const heading of document.querySelectorAll(threadHeading)) {
    if (!isVisible(heading) || heading.closest(written) !== null) continue;
    const box = boxOf(heading);
    return { id: threadIdOf(heading), box, messages: visibleMessages(box) };
  }
  const isNamed = threadIn(url.hash) !== null || document.querySelector(popoutThread) !== null;
  if (!isNamed) return null;
  const first = visibleMessages(document)[0];
  const box = first?.closest(`${threadBox}, ${previewPane}`) ?? first?.parentElement;
  return box ? { id: null, box, messages: visibleMessages(box) } : null;
}

function mailboxesIn(item: Element, selector: string): { email: string; address: string; name: string | null }[] {
  return [...item.querySelectorAll(selector)].flatMap((element) => {
    if (element.closest(written) !== null) return [];
    return (
      toMailbox(
        element.getAttribute('email') ?? element.getAttribute('data-hovercard-id'),
        element.getAttribute('name'),
      ) ?? []
    );
  });
}

/** Everyone in the thread, most relevant first: the last sender who is not the viewer, earlier senders from the newest, then recipients likewise. */
export function readThread(thread: OpenThread, isOwn: (address: string) => boolean): StandingMailbox[] {
  const newestFirst = [...thread.messages].reverse();
  const senders = newestFirst
    .flatMap((item) => mailboxesIn(item, sender).slice(0, 1))
    .filter((box) => !isOwn(box.address));
  const others = newestFirst.flatMap((item) => mailboxesIn(item, recipients));
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
