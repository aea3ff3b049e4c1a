import type { Clue } from '#contract/sighting.ts';
import { toMailbox } from '../dom/mailbox.ts';
import { firstVisibles } from '../dom/visible.ts';
import type { Place } from './place.ts';
import { isSameSlug, slugIn } from './profile.ts';
import { contactAddress, contactDialogs, conversation } from './selectors.ts';

/** A conversation's window is a dialog too, and can hold any address; the contact details link to their own person. */
function isContactDialog(dialog: Element, slugs: readonly string[]): boolean {
  if (dialog.closest('[class*="msg-"]') !== null || dialog.querySelector(conversation) !== null) return false;
  return firstVisibles(dialog, 'a[href*="/in/"]', 5).some((link) => {
    const slug = slugIn(link.getAttribute('href'));
    return slug !== null && slugs.some((own) => isSameSlug(slug, own));
  });
}

/**
 * The addresses in the contact details that the person chose to show; none unless the address names that dialog.
 * `slugs`: the identifiers of the subject.
 */
export function readContactDialog(document: Document, place: Place, slugs: readonly string[]): Clue[] {
  if (!/\bcontact-info\b/.test(place.rest)) return [];
  const emails = firstVisibles(document, contactDialogs, 10)
    .filter((dialog) => isContactDialog(dialog, slugs))
    .flatMap((dialog) => firstVisibles(dialog, contactAddress, 5))
    .flatMap((link) => toMailbox(link.getAttribute('href'), null) ?? [])
    .filter((box) => !box.address.endsWith('@linkedin.com'))
    .map((box) => box.email);
  return [...new Set(emails)].map((value) => ({ kind: 'email', value }));
}
