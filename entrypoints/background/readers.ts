import { browser } from 'wxt/browser';
import { broadcastToAll } from '../../utils/messaging/broadcast.ts';
import { log } from '../../utils/platform/log.ts';
import { readSiteStates } from '../../utils/settings/site-switches.ts';

const readerFile = '/content-scripts/reader.js' as const;
const scriptId = 'reader';

/**
 * Registers the reader on the hosts on which Baton reads, and on no other; answers those on which it was not registered before. Outlives a restart of the
 * browser, not an update.
 */
export async function registerReaders(): Promise<string[]> {
  const matches = (await readSiteStates()).flatMap(({ readable }) => readable);
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [scriptId] });
  const added = matches.filter((pattern) => !registered?.matches?.includes(pattern));
  if (matches.length === 0) {
    if (registered !== undefined) await browser.scripting.unregisterContentScripts({ ids: [scriptId] });
    return added;
  }
  const script = { id: scriptId, matches, js: [readerFile], runAt: 'document_idle' as const };
  if (registered !== undefined) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([{ ...script, persistAcrossSessions: true }]);
  return added;
}

/** Puts the reader into tabs that are already open at these hosts, so that nobody has to reload. A tab that cannot take it (an error page) is passed over. */
async function injectReaders(patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  const tabs = await browser.tabs.query({ url: [...patterns] });
  await Promise.all(
    tabs.map(async ({ id: tabId, discarded }) => {
      if (tabId === undefined || discarded) return;
      await browser.scripting
        .executeScript({ target: { tabId, frameIds: [0] }, files: [readerFile] })
        .catch((error: unknown) => log.info('background', 'a tab did not take the reader', { tabId, error }));
    }),
  );
}

/**
 * Makes every page agree with the sites as they stand now: a reader comes into the open pages of hosts that are new, and each that is there asks whether it
 * may stay, and by what rule it reads.
 */
export async function applySites(): Promise<void> {
  await injectReaders(await registerReaders());
  await broadcastToAll('sitesChanged');
}

/** Puts the reader into every open page of the sites that are on: after an update those that are there belong to the extension's last version. */
export async function renewReaders(): Promise<void> {
  await registerReaders();
  await injectReaders((await readSiteStates()).flatMap(({ readable }) => readable));
}

/** Puts the panel's script into the frame whose reader asks for it. */
export async function injectPanel(tabId: number, frameId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: ['/overlay.js' as never] });
}
