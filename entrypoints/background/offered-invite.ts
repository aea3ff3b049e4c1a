import { browser } from 'wxt/browser';
import { tellOwnPages } from '../../utils/messaging/broadcast.ts';
import { readSessionValue, writeSessionValue } from '../../utils/settings/session-items.ts';

/** Takes an invite along to Options: an address would leave it in the browser's history, a page's storage would be read by others. */
export async function offerInvite(link: string): Promise<void> {
  await writeSessionValue('offeredInvite', link);
  await browser.runtime.openOptionsPage();
  // Options that were open already only come to the front.
  await tellOwnPages('inviteOffered');
}

/** The invite that was taken along; null when there is none. */
export async function readOfferedInvite(): Promise<string | null> {
  return readSessionValue('offeredInvite');
}

/** Forgets it: taken, or not wanted. */
export async function dropOfferedInvite(): Promise<void> {
  await writeSessionValue('offeredInvite', null);
}
