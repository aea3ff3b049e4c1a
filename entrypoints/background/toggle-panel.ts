import { browser } from 'wxt/browser';
import type { PanelSide } from '#contract/settings.ts';
import { sendEvent, tellOwnPages } from '../../utils/messaging/broadcast.ts';
import { findSidebar } from '../../utils/platform/side-panel.ts';
import { findSite, readCatalogue, recallCatalogue } from '../../utils/settings/site-catalogue.ts';

/** What Firefox's background can read without waiting; service workers have none, and need none here. */
const memory = (): Storage | null => (globalThis as { localStorage?: Storage }).localStorage ?? null;
const memoryKey = (url: string) => `panel-side:${new URL(url).host}`;

/** Remembers where the panel stands at this address's host for the key that toggles it. A key opens a sidebar only before anything is awaited, so it has to be known by then. */
export function keepForKeys(url: string, side: PanelSide | null): void {
  memory()?.setItem(memoryKey(url), side ?? 'ask');
}

async function toggleInChromium(tabId: number): Promise<void> {
  const opening = browser.sidePanel?.open({ tabId }) ?? Promise.reject(new Error('no side panel here'));
  const opened = await opening.then(
    () => true,
    () => false,
  );
  // One that was open before this key heard the key as well, and now closes itself.
  await (opened ? tellOwnPages('panelToggled') : sendEvent(tabId, 'panelToggled'));
}

/**
 * Alt+B in this tab: opens or closes the panel where it stands, in the page or in the browser's own side. Must be called in the key's own turn.
 * Chromium: a tab whose panel stands in the page refuses to open its side panel, and so tells what no worker that was just woken can know. Which hosts an
 * admin named such a worker cannot know either: there the key may come too late for the side panel, never for the page.
 */
export async function togglePanel(tabId: number, url: string): Promise<void> {
  if (!URL.canParse(url)) return;
  const sidebar = findSidebar();
  if (sidebar !== null) {
    // Where no page of a site has asked yet there is nobody to hear it.
    const isInPage = (memory()?.getItem(memoryKey(url)) ?? 'page') === 'page';
    await (isInPage ? sendEvent(tabId, 'panelToggled') : sidebar.toggle());
    return;
  }
  if (findSite(recallCatalogue().sites, url) !== null || findSite((await readCatalogue()).sites, url) !== null)
    await toggleInChromium(tabId);
}
