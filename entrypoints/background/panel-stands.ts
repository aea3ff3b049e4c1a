import { browser } from 'wxt/browser';
import { panelSideSchema } from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import { broadcast } from '../../utils/messaging/broadcast.ts';
import { log } from '../../utils/platform/log.ts';
import { findSidebar } from '../../utils/platform/side-panel.ts';
import { word } from '../../utils/platform/words.ts';
import { type PanelStand, readPanelStand, workspaceSides } from '../../utils/settings/panel-sides.ts';
import { findSite, readCatalogue } from '../../utils/settings/site-catalogue.ts';
import type { Core } from './core.ts';
import { keepForKeys } from './toggle-panel.ts';

const panelFile = 'panel.html';

/**
 * Chromium: a tab whose panel stands in the page has no side panel to be called by key or menu. There is no taking an option of a tab back; so
 * a tab that had none gets one of its own.
 */
async function offerSidePanel(tabId: number, isOffered: boolean): Promise<void> {
  if (!isOffered) return browser.sidePanel.setOptions({ tabId, enabled: false });
  const { enabled } = await browser.sidePanel.getOptions({ tabId });
  if (enabled === false) await browser.sidePanel.setOptions({ tabId, enabled: true, path: panelFile });
}

/** The button in the toolbar says that a question waits: nothing in the page may. */
async function markButton(tabId: number, hasQuestion: boolean): Promise<void> {
  if ((await browser.action.getBadgeText({ tabId })) === (hasQuestion ? '!' : '')) return;
  const title = word(hasQuestion ? 'panel_question_waits' : 'manifest_name');
  await Promise.all([
    browser.action.setBadgeText({ tabId, text: hasQuestion ? '!' : '' }),
    browser.action.setTitle({ tabId, title }),
  ]);
}

/** A tab, and the address it shows. */
interface Tab {
  id: number;
  url: string;
}

/** Makes the browser's own side of a tab agree with where the panel stands there. */
async function dressTab({ id: tabId, url }: Tab, { side }: PanelStand): Promise<void> {
  keepForKeys(url, side);
  const isChromium = findSidebar() === null;
  await Promise.all([markButton(tabId, side === null), isChromium && offerSidePanel(tabId, side !== 'page')]);
}

/** Where the panel stands on a site; for the tab that asks, the browser's side is made to agree. */
export async function answerStand(site: SiteId, tab: Tab | null): Promise<PanelStand> {
  const stand = await readPanelStand(site);
  // The tab may be gone by now: then there is nothing to dress, and nobody who would see it.
  if (tab !== null)
    await dressTab(tab, stand).catch((error: unknown) => log.info('background', 'a tab was not dressed', { error }));
  return stand;
}

/** The place of some site's panel may have changed: the tabs of all sites are made to agree, and every page is told to ask again. */
export async function applyStands(): Promise<void> {
  const { sites } = await readCatalogue();
  const tabs = await browser.tabs.query({ url: sites.flatMap(({ hosts }) => hosts) });
  await Promise.all(
    tabs.map(async ({ id, url = '' }) => {
      const found = findSite(sites, url);
      if (id !== undefined && found !== null) await answerStand(found.site.id, { id, url });
    }),
  );
  await broadcast('placesChanged');
}

/** Keeps apart what the workspace's admin has fixed, as the replica says it now; when that changed, it takes hold at once. */
export async function takeWorkspaceSides(read: Core['read']): Promise<void> {
  const told = (await read())?.head.facts.settings?.panelSides ?? {};
  // A newer store may name places that this version does not know: those it leaves to the person.
  const sides = Object.fromEntries(Object.entries(told).filter(([, side]) => panelSideSchema.safeParse(side).success));
  if (JSON.stringify(sides) === JSON.stringify(await workspaceSides.read())) return;
  await workspaceSides.write(sides);
  await applyStands();
}
