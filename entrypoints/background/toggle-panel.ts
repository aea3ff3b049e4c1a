import { browser } from 'wxt/browser';
import type { PanelSide } from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import { sendEvent, tellOwnPages } from '../../utils/messaging/broadcast.ts';
import { findSidebar } from '../../utils/platform/side-panel.ts';
import { findSite } from '../../utils/settings/site-hosts.ts';

/** What Firefox's background can read without waiting; service workers have none, and need none here. */
const memory = (): Storage | null => (globalThis as { localStorage?: Storage }).localStorage ?? null;
const memoryKey = (site: SiteId) => `panel-side:${site}`;

/** Remembers where a site's panel stands for the key that toggles it. A key opens a sidebar only before anything is awaited, so it has to be known by then. */
export function keepForKeys(site: SiteId, side: PanelSide | null): void {
  memory()?.setItem(memoryKey(site), side ?? 'ask');
}

/**
 * Alt+B in this tab: opens or closes the panel where it stands, in the page or in the browser's own side. Must be called in the key's own turn.
 * Chromium: a tab whose panel stands in the page refuses to open its side panel, and so tells what no worker that was just woken can know.
 */
export async function togglePanel(tabId: number, url: string): Promise<void> {
  const site = findSite(url);
  if (site === null) return;
  const sidebar = findSidebar();
  if (sidebar !== null) {
    const isInPage = (memory()?.getItem(memoryKey(site)) ?? 'page') === 'page';
    await (isInPage ? sendEvent(tabId, 'panelToggled') : sidebar.toggle());
    return;
  }
  const opening = browser.sidePanel?.open({ tabId }) ?? Promise.reject(new Error('no side panel here'));
  const opened = await opening.then(
    () => true,
    () => false,
  );
  // One that was open before this key heard the key as well, and now closes itself.
  await (opened ? tellOwnPages('panelToggled') : sendEvent(tabId, 'panelToggled'));
}
