import type { SightedPerson, Sighting } from '#contract/sighting.ts';
import { insertText } from '../dom/insert-text.ts';
import { gatherPeople, type StandingMailbox } from '../dom/people.ts';
import type { Reading, SiteReader } from '../reader.ts';
import { isFirstPerson } from './first-person.ts';
import { findComposes, findDraftBody, readComposes, readLooseFields } from './read-compose.ts';
import { readOwnAddresses, readOwnInRows, readSenders } from './read-own-addresses.ts';
import { asksForPrint, isPrinted, readPrinted, readPrintedOwner } from './read-print.ts';
import { type Correspondence, findThread, orderPeople, readMessages, threadIn } from './read-thread.ts';
import { composeCorner, composeForm, popoutCompose } from './selectors.ts';

/** The viewer's addresses that only the messages tell: those which Gmail itself calls "me". */
function findCalledMe(messages: readonly Correspondence[], isElsewhere: boolean): string[] {
  const senders = isElsewhere ? [] : messages.flatMap((each) => each.sender ?? []);
  return [...messages.flatMap((each) => each.recipients), ...senders]
    .filter((box) => isFirstPerson(box.name, box.address))
    .map((box) => box.address);
}

interface Found {
  messages: readonly Correspondence[];
  compose: readonly StandingMailbox[];
  known: ReadonlySet<string>;
}

/** Who of those found is in view, and by what evidence: the drafts' recipients first, the viewer left out. */
function pickPeople({ messages, compose, known }: Found): { people: SightedPerson[]; signals: string[] } {
  const own = new Set([...known, ...findCalledMe(messages, known.size > 0)]);
  const isOwn = (address: string) => own.has(address);
  const people = gatherPeople([...compose, ...orderPeople(messages, isOwn)], isOwn);
  return {
    people,
    signals: [
      ...(known.size > 0 ? ['own-address'] : []),
      ...(own.size > known.size ? ['own-name'] : []),
      ...new Set(people.flatMap((person) => person.signals)),
    ],
  };
}

function toSighting(people: SightedPerson[], hasDraft: boolean): Sighting | null {
  const [first] = people;
  if (first === undefined) return null;
  return { site: 'gmail', view: first.standing === 'recipient' ? 'compose' : 'thread', people, hasDraft };
}

/** The page for printing holds nothing but messages, and what people wrote is not marked there: only what stands at its own places is read. */
function readPrint(document: Document): Reading {
  const found = { messages: readPrinted(document), compose: [], known: readPrintedOwner(document) };
  const { people, signals } = pickPeople(found);
  return { sighting: toSighting(people, false), signals: ['url:print', ...signals], isReadable: true, mark: null };
}

function readGmail(document: Document, url: URL): Reading {
  if (isPrinted(document, url)) return readPrint(document);
  const isNamed = threadIn(url.hash) !== null;
  const shown = readOwnAddresses(document);
  // A page of the site names its viewer; what names none is a piece that was saved of one.
  const isPiece = shown.length === 0;
  const thread = findThread(document, isPiece);
  const messages = thread === null ? [] : readMessages(thread);
  const forms = findComposes(document, isPiece);
  const { people, signals } = pickPeople({
    messages,
    compose: [...readComposes(forms), ...(isPiece ? readLooseFields(document) : [])],
    known: new Set([...shown, ...readSenders(forms), ...(isPiece ? readOwnInRows(document) : [])]),
  });
  const hasDraft = findDraftBody(forms) !== null;
  return {
    sighting: toSighting(people, hasDraft),
    signals: [
      isNamed ? 'url:thread' : 'url',
      ...(thread === null ? [] : ['thread']),
      ...(hasDraft ? ['draft'] : []),
      ...signals,
    ],
    isReadable: thread === null ? !isNamed : messages.length > 0,
    mark: thread?.id ?? null,
  };
}

/** Gmail: an open thread, compose windows, inline replies, popouts and the page for printing. Rows of a list are nobody. */
export const gmail: SiteReader = {
  id: 'gmail',
  hosts: ['https://mail.google.com/*'],
  reads: (url) => url.hostname === 'mail.google.com',
  placeOf: (url) =>
    threadIn(url.hash) ?? `${url.pathname}${asksForPrint(url) ? url.search : ''}${url.hash.replace(/\?.*$/, '')}`,
  read: readGmail,
  scope(document) {
    const thread = findThread(document, false);
    const corner = document.querySelector(composeCorner) ?? document.querySelector(popoutCompose)?.firstElementChild;
    const outside = findComposes(document, false).filter(
      (form) => !thread?.box.contains(form) && !corner?.contains(form),
    );
    return [thread?.box, corner, ...outside].flatMap((element) =>
      element == null || element.contains(document.body) ? [] : [element],
    );
  },
  heeds: (focused) => focused.closest(composeForm) !== null,
  draft(document) {
    const find = () => findDraftBody(findComposes(document, false));
    if (find() === null) return null;
    return {
      insert(text) {
        // Looked up again: between asking and clicking the window may have been closed.
        const body = find();
        return body !== null && insertText(body, text);
      },
    };
  },
};
