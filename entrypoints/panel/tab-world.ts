import { browser } from 'wxt/browser';
import { type ReaderWord, readerWordSchema, sidePortName } from '#contract/side-port.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { log } from '../../utils/platform/log.ts';
import { findSite, nameSite, readCatalogue } from '../../utils/settings/site-catalogue.ts';
import type { ReaderLine, TabFollower, TabWorld } from '../../utils/view/panel/follow-tab.ts';

function openLine(tabId: number, onWord: (word: ReaderWord) => void, onEnd: () => void): ReaderLine {
  // Frame 0 is the page itself: what others put into it in frames never speaks here.
  const port = browser.tabs.connect(tabId, { name: sidePortName, frameId: 0 });
  port.onMessage.addListener((raw: unknown) => {
    const word = readerWordSchema.safeParse(raw);
    if (word.success) onWord(word.data);
    else
      log.warn('panel', 'a reader said something that is no word of the contract', { at: word.error.issues[0]?.path });
  });
  port.onDisconnect.addListener(() => {
    // Reading it keeps Chromium from reporting a tab without a reader, the usual case, as an error.
    void browser.runtime.lastError;
    onEnd();
  });
  return { say: (request) => port.postMessage(request), end: () => port.disconnect() };
}

/** The browser as following a tab needs it, for the panel in this window. */
export function createTabWorld(windowId: number): TabWorld {
  return {
    send: sendMessage,
    async findTab() {
      const [tab] = await browser.tabs.query({ active: true, windowId });
      if (tab?.id === undefined) return null;
      const found = findSite((await readCatalogue()).sites, tab.url ?? '');
      return { tabId: tab.id, site: found && { id: found.site.id, name: nameSite(found.site) } };
    },
    openLine,
    after(milliseconds, act) {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}

/** Tells the follower what happens to the tabs of this window, from now on. */
export function watchTabs(windowId: number, follower: TabFollower): void {
  const isSeen = () => document.visibilityState === 'visible';
  browser.tabs.onActivated.addListener((now) => {
    if (now.windowId === windowId && isSeen()) follower.switchTab();
  });
  // A page that was made ready beforehand takes the place of another under a new id. Firefox knows no such thing.
  browser.tabs.onReplaced?.addListener(() => isSeen() && follower.switchTab());
  browser.tabs.onUpdated.addListener((_tabId, change, tab) => {
    if (!tab.active || tab.windowId !== windowId) return;
    if (change.status !== undefined || change.url !== undefined) follower.pageChanged();
  });
  document.addEventListener('visibilitychange', () => (isSeen() ? follower.switchTab() : follower.rest()));
}
