import { normalizeEmail } from '../../identity/email.ts';
import { parseMailboxes } from '../dom/mailbox.ts';
import { readTitle } from '../dom/text.ts';
import { accountBanner, composeFrom } from './selectors.ts';

/** `Subject - me@corp.com - Corp Mail`: the last part that is an address, since a subject can hold one as well. */
function addressInTitle(title: string): string | null {
  const parts = title.split(' - ').slice(0, -1);
  for (const part of parts.reverse()) {
    const address = normalizeEmail(part);
    if (address !== null) return address;
  }
  return null;
}

/**
 * The viewer's own addresses, normalised: of the mailbox (title), of the signed-in account (banner, which differs in a delegated mailbox),
 * and the senders of open composes. Empty when the page shows none.
 */
export function readOwnAddresses(document: Document): Set<string> {
  const own = new Set<string>();
  const fromTitle = addressInTitle(readTitle(document));
  if (fromTitle !== null) own.add(fromTitle);
  for (const banner of document.querySelectorAll(accountBanner)) {
    for (const found of (banner.getAttribute('aria-label') ?? '').match(/[^\s()<>:,;\p{Cf}]+@[^\s()<>:,;\p{Cf}]+/gu) ??
      []) {
      const address = normalizeEmail(found);
      if (address !== null) own.add(address);
    }
  }
  for (const field of document.querySelectorAll<HTMLInputElement>(composeFrom)) {
    for (const box of parseMailboxes(field.value)) own.add(box.address);
  }
  return own;
}
