import { normalizeEmail } from '../../identity/email.ts';
import { parseMailboxes } from '../dom/mailbox.ts';
import { readTitle } from '../dom/text.ts';
import { accountBanner, composeForm, composeFrom, composeFromChoice, written } from './selectors.ts';

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

/**
 * The viewer's own addresses, normalised: of the mailbox (title), of the signed-in account (banner, which differs in a delegated mailbox),
 * the senders of open composes and whom those could be from. Empty when the page shows none.
 */
export function readOwnAddresses(document: Document): Set<string> {
  const title = addressInTitle(readTitle(document));
  const all = <E extends Element>(selector: string) =>
    [...document.querySelectorAll<E>(selector)].filter((element) => element.closest(written) === null);
  const inCompose = <E extends Element>(selector: string) =>
    all<E>(selector).filter((element) => element.closest(composeForm) !== null);
  return new Set([
    ...(title === null ? [] : [title]),
    ...all(accountBanner).flatMap((banner) => addressesInLabel(banner.getAttribute('aria-label') ?? '')),
    ...inCompose<HTMLInputElement>(composeFrom).flatMap((field) =>
      parseMailboxes(field.value).map((box) => box.address),
    ),
    ...inCompose(composeFromChoice).flatMap((choice) => normalizeEmail(choice.getAttribute('value') ?? '') ?? []),
  ]);
}
