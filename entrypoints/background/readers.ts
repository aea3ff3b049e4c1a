import { browser } from 'wxt/browser';
import type { SiteId } from '#contract/sighting.ts';
import { sendEvent } from '../../utils/messaging/broadcast.ts';
import { log } from '../../utils/platform/log.ts';
import { hostsOf } from '../../utils/settings/site-hosts.ts';
import { readSitesOn, readSwitches } from '../../utils/settings/site-switches.ts';

const readerFile = '/content-scripts/reader.js' as const;
const scriptId = 'reader';

/** Registers the reader on the hosts of the sites that are on, and on no other. Outlives a restart of the browser, not an update. */
export async function registerReaders(): Promise<void> {
  const matches = (await readSitesOn()).flatMap((site) => hostsOf(site));
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [scriptId] });
  if (matches.length === 0) {
    if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [scriptId] });
    return;
  }
  const script = { id: scriptId, matches, js: [readerFile], runAt: 'document_idle' as const };
  if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([{ ...script, persistAcrossSessions: true }]);
}

async function tabsOf(sites: readonly SiteId[]): Promise<number[]> {
  const url = sites.flatMap((site) => hostsOf(site));
  const tabs = url.length === 0 ? [] : await browser.tabs.query({ url });
  return tabs.flatMap((tab) => (tab.id === undefined || tab.discarded ? [] : [tab.id]));
}

/** Puts the reader into tabs that are already open, so that nobody has to reload. A tab that cannot take it (an error page) is passed over. */
export async function injectReaders(sites: readonly SiteId[]): Promise<void> {
  const tabs = await tabsOf(sites);
  await Promise.all(
    tabs.map((tabId) =>
      browser.scripting
        .executeScript({ target: { tabId, frameIds: [0] }, files: [readerFile] })
        .catch((error: unknown) => log.info('background', 'a tab did not take the reader', { tabId, error })),
    ),
  );
}

/** Tells the open pages of a site to let go of everything. */
export async function dismissReaders(site: SiteId): Promise<void> {
  await Promise.all((await tabsOf([site])).map((tabId) => sendEvent(tabId, 'siteSwitchedOff')));
}

/** Makes every open page agree with the switches as they stand: readers where a site is on, none where it is off. */
export async function applySwitches(): Promise<void> {
  await registerReaders();
  for (const { site, isOn } of await readSwitches()) await (isOn ? injectReaders([site]) : dismissReaders(site));
}

/** Puts the panel's script into the frame whose reader asks for it. */
export async function injectPanel(tabId: number, frameId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: ['/overlay.js' as never] });
}
