import type { Sighting } from '#contract/sighting.ts';
import { insertText } from '../dom/insert-text.ts';
import { gatherPeople, type StandingMailbox } from '../dom/people.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { findComposes, findDraftBody, readComposes } from './read-compose.ts';
import { readOwnAddresses } from './read-own-addresses.ts';
import { findThread, readThread, threadIn } from './read-thread.ts';
import { composeCorner, popoutCompose } from './selectors.ts';

/**
 * How Gmail names the viewer among recipients is a lone short word in the interface's language, unlike the address. It is asked only where the page
 * shows no address of the viewer's own (a saved fragment); a page of the real site always does.
 */
function looksLikeViewer(box: StandingMailbox): boolean {
  const { name, address } = box;
  if (box.signal !== 'thread:recipient' || name === null) return false;
  return (
    name.length <= 8 &&
    name === name.toLowerCase() &&
    !/\s/.test(name) &&
    !address.slice(0, address.indexOf('@')).includes(name)
  );
}

function readGmail(document: Document, url: URL): Reading {
  const own = readOwnAddresses(document);
  const isOwn = (address: string) => own.has(address);
  const thread = findThread(document, url);
  const inThread = thread === null ? [] : readThread(thread, isOwn);
  const met = [...readComposes(document), ...inThread].filter((box) => own.size > 0 || !looksLikeViewer(box));
  const people = gatherPeople(met, isOwn);
  const draftBody = findDraftBody(document);
  const signals = [
    threadIn(url.hash) !== null ? 'url:thread' : 'url',
    ...(own.size > 0 ? ['own-address'] : []),
    ...(thread === null ? [] : ['thread']),
    ...(draftBody === null ? [] : ['draft']),
    ...new Set(people.flatMap((person) => person.signals)),
  ];
  const isReadable = thread === null ? threadIn(url.hash) === null : thread.messages.length > 0;
  const mark = thread?.id ?? null;
  if (people.length === 0) return nobodyInView(signals, isReadable, mark);
  const view = people[0]?.standing === 'recipient' ? 'compose' : 'thread';
  const sighting: Sighting = { site: 'gmail', view, people, hasDraft: draftBody !== null };
  return { sighting, signals, isReadable, mark };
}

/** Gmail: an open thread, compose windows, inline replies and popouts. Rows of a list are nobody. */
export const gmail: SiteReader = {
  id: 'gmail',
  hosts: ['https://mail.google.com/*'],
  reads: (url) => url.hostname === 'mail.google.com',
  placeOf: (url) => threadIn(url.hash) ?? `${url.pathname}${url.hash.replace(/\?.*$/, '')}`,
  read: readGmail,
  scope(document) {
    const thread = findThread(document, new URL(document.URL));
    const corner = document.querySelector(composeCorner) ?? document.querySelector(popoutCompose)?.firstElementChild;
    const outside = findComposes(document).filter((form) => !thread?.box.contains(form) && !corner?.contains(form));
    return [thread?.box, corner, ...outside].filter((element) => element !== null && element !== undefined);
  },
  draft(document) {
    if (findDraftBody(document) === null) return null;
    return {
      insert(text) {
        // Looked up again: between asking and clicking the window may have been closed.
        const body = findDraftBody(document);
        return body !== null && insertText(body, text);
      },
    };
  },
};
