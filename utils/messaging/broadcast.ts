import { browser } from 'wxt/browser';
import type { EventName } from '#contract/message.ts';
import { readCatalogue } from '../settings/site-catalogue.ts';
import type { WireEvent } from './wire.ts';

/** Sends an event to one tab. Answers whether somebody of ours listens there. */
export async function sendEvent(tabId: number, name: EventName): Promise<boolean> {
  const event: WireEvent = { baton: 1, event: name };
  return browser.tabs.sendMessage(tabId, event, { frameId: 0 }).then(
    () => true,
    // Nobody listens in that tab: the usual case, not a fault.
    () => false,
  );
}

/** Sends an event to the extension's own pages alone. */
export async function tellOwnPages(name: EventName): Promise<void> {
  const event: WireEvent = { baton: 1, event: name };
  // Nobody listens when none is open: what they ask for when they open is up to date.
  await browser.runtime.sendMessage(event).catch(() => undefined);
}

async function tellTabs(tabs: readonly { id?: number | undefined }[], name: EventName): Promise<void> {
  await Promise.all(tabs.map(async ({ id }) => id !== undefined && (await sendEvent(id, name))));
}

/** Sends an event to every page of the sites and to the extension's own pages; who is not there misses nothing, as it asks when it opens. */
export async function broadcast(name: EventName): Promise<void> {
  const { sites } = await readCatalogue();
  const tabs = await browser.tabs.query({ url: sites.flatMap(({ hosts }) => hosts) });
  await Promise.all([tellOwnPages(name), tellTabs(tabs, name)]);
}

/** Sends an event to every tab, and to the extension's own pages: what a browser no longer lets Baton read it cannot tell apart by its address either. */
export async function broadcastToAll(name: EventName): Promise<void> {
  await Promise.all([tellOwnPages(name), browser.tabs.query({}).then((tabs) => tellTabs(tabs, name))]);
}
