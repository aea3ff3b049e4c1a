import { normalizeEmail } from '../../identity/email.ts';
import { insertText } from '../dom/insert-text.ts';
import { gatherPeople } from '../dom/people.ts';
import { queryAll } from '../dom/query.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { findDraftBody, findDrafts, readComposes } from './read-compose.ts';
import { findPane, readConversation, readDraftSenders, readMark } from './read-conversation.ts';
import { composeForm, ownAccount, ownMailbox, tellsViewer } from './selectors.ts';

/** A conversation has some hundred messages; what tells an account stands before or behind them, a few times. */
const mostTellers = 2000;
const hosts = ['outlook.office.com', 'outlook.office365.com', 'outlook.live.com', 'outlook.cloud.microsoft'];

/** The conversation or message that an address names: `/mail/inbox/id/AAQk…`. Null for a folder, and for what is no mail. */
function itemIn(url: URL): string | null {
  return /^\/mail\/(?:.*\/)?id\/([^/]{16,})/.exec(url.pathname)?.[1] ?? null;
}

function readOwnAddresses(document: Document): Set<string> {
  const tellers = queryAll(document, tellsViewer, mostTellers);
  const accounts = tellers.filter((each) => each.matches(ownAccount)).map((account) => account.textContent);
  const mailboxes = tellers
    .filter((each) => each.matches(ownMailbox))
    .map((box) => box.getAttribute('data-folder-name') ?? box.getAttribute('title'));
  return new Set([
    ...[...accounts, ...mailboxes].flatMap((text) => normalizeEmail(text ?? '') ?? []),
    ...readDraftSenders(tellers).map((box) => box.address),
  ]);
}

function readOutlook(document: Document, url: URL): Reading {
  if (!/^\/(?:mail|owa)(?:\/|$)/.test(url.pathname)) return nobodyInView(['url:no-mail']);
  const box = findPane(document);
  const own = readOwnAddresses(document);
  const drafts = findDrafts(document);
  const met = [...readComposes(drafts), ...(box === null ? [] : readConversation(box))];
  const people = gatherPeople(met, (address) => own.has(address));
  const hasDraft = findDraftBody(drafts) !== null;
  const signals = [
    itemIn(url) === null ? 'url' : 'url:item',
    ...(own.size > 0 ? ['own-address'] : []),
    ...(box === null ? [] : ['pane']),
    ...(hasDraft ? ['draft'] : []),
    ...new Set(people.flatMap((each) => each.signals)),
  ];
  const isReadable = itemIn(url) === null || box !== null;
  const mark = box === null ? null : readMark(box);
  const [first] = people;
  if (first === undefined) return nobodyInView(signals, isReadable, mark);
  const view = first.standing === 'recipient' ? 'compose' : 'thread';
  return { sighting: { site: 'outlook', view, people, hasDraft }, signals, isReadable, mark };
}

/**
 * Outlook on the web, beta: a conversation in the reading pane and open drafts. Colleagues and the viewer are shown without an address, and are
 * nobody; so are lists, the calendar and people.
 */
export const outlook: SiteReader = {
  id: 'outlook',
  hosts: hosts.map((host) => `https://${host}/*`),
  reads: (url) => hosts.includes(url.hostname),
  placeOf: (url) => itemIn(url) ?? url.pathname,
  read: readOutlook,
  scope(document) {
    const box = findPane(document);
    return box === null ? [] : [box];
  },
  heeds: (focused) => focused.closest(composeForm) !== null,
  draft(document) {
    const find = () => findDraftBody(findDrafts(document));
    if (find() === null) return null;
    return {
      insert(text) {
        // Looked up again: between asking and clicking the draft may have been closed.
        const body = find();
        return body !== null && insertText(body, text);
      },
    };
  },
};
