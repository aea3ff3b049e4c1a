import { normalizeEmail } from '../../identity/email.ts';
import { parseMailboxes, toMailbox } from '../dom/mailbox.ts';
import { queryAll } from '../dom/query.ts';
import { fieldText, readTitle } from '../dom/text.ts';
import { isFirstPerson } from './first-person.ts';
import { account, banners, composeFrom, notAccount, rowName, strayAccount, written } from './selectors.ts';

/** A person is signed in to a few accounts, and writes from some more. */
const mostAccounts = 100;
/** A list shows some hundred rows, each with a few names. */
const mostRowNames = 300;

/** `Subject - me@corp.com - Corp Mail`: the last part that is an address, since a subject can hold one as well. */
function addressInTitle(title: string): string | null {
  const parts = title.split(' - ').slice(0, -1);
  for (const part of parts.reverse()) {
    const address = normalizeEmail(part);
    if (address !== null) return address;
  }
  return null;
}

function addressesInLabel(label: string): string[] {
  return (label.match(/[^\s()<>:,;\p{Cf}]+@[^\s()<>:,;\p{Cf}]+/gu) ?? []).flatMap(
    (found) => normalizeEmail(found) ?? [],
  );
}

function findBanner(document: Document): Element | null {
  for (const place of banners) {
    const bar = document.querySelector(place);
    if (bar !== null) return bar;
  }
  return null;
}

/** The account in the banner; where none is and the title names nobody, wherever the page shows it. */
function accountsIn(document: Document, bar: Element | null, isNamed: boolean): Element[] {
  const isOwn = (link: Element) => link.closest(written) === null;
  const inBar = bar === null ? [] : queryAll(bar, account, mostAccounts).filter(isOwn);
  if (inBar.length > 0 || isNamed) return inBar;
  return queryAll(document, account, mostAccounts).filter((link) => link.matches(strayAccount) && isOwn(link));
}

/** So many pieces of text of a banner are looked at. */
const mostTexts = 400;

/** The addresses that stand in the banner as text, each a text of its own. */
function addressesIn(bar: Element | null): string[] {
  if (bar === null) return [];
  const found: string[] = [];
  const walker = bar.ownerDocument.createTreeWalker(bar, NodeFilter.SHOW_TEXT);
  for (let seen = 0; seen < mostTexts; seen += 1) {
    const node = walker.nextNode();
    if (node === null) break;
    const text = node.nodeValue ?? '';
    if (!text.includes('@') || node.parentElement?.closest(notAccount) != null) continue;
    const address = normalizeEmail(text.replace(/[()]/g, '').trim());
    if (address !== null) found.push(address);
  }
  return found;
}

/**
 * The addresses of the viewer's that the page itself shows, normalised: of the mailbox (title) and of the signed-in account (banner, which differs in
 * a delegated mailbox). Empty in a saved piece of a page.
 */
export function readOwnAddresses(document: Document): string[] {
  const title = addressInTitle(readTitle(document));
  const named = title === null ? [] : [title];
  const bar = findBanner(document);
  const labels = accountsIn(document, bar, title !== null).map((link) => link.getAttribute('aria-label') ?? '');
  return [...named, ...(labels.length > 0 ? labels.flatMap(addressesInLabel) : addressesIn(bar))];
}

/** Whom these composes are from and could be from, normalised. */
export function readSenders(forms: readonly Element[]): string[] {
  return forms
    .flatMap((form) => queryAll(form, composeFrom, mostAccounts))
    .filter((choice) => choice.closest(written) === null)
    .flatMap((choice) =>
      parseMailboxes(choice.matches('input') ? fieldText(choice) : (choice.getAttribute('value') ?? '')),
    )
    .map((box) => box.address);
}

/** The viewer's addresses that a list of threads tells, normalised: in its rows Gmail calls the viewer by the interface's word. */
export function readOwnInRows(document: Document): string[] {
  return queryAll(document, rowName, mostRowNames).flatMap((each) => {
    const box = toMailbox(each.getAttribute('email'), each.getAttribute('name'));
    return box !== null && isFirstPerson(box.name, box.address) ? [box.address] : [];
  });
}
