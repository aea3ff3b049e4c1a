import { browser } from 'wxt/browser';
import { sendMessage } from '../../utils/messaging/send.ts';
import { askForHosts } from '../../utils/settings/site-access.ts';
import type { OpenPages } from '../../utils/view/desk/desk.ts';

/** The browser's open pages as the Desk reaches them. */
export const openPages: OpenPages = {
  allow: askForHosts,
  async letGo(patterns) {
    await sendMessage('letGoOfHosts', { hosts: [...patterns] });
  },
  async list(patterns) {
    const tabs = await browser.tabs.query({ url: [...patterns] });
    return tabs
      .toSorted((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))
      .flatMap(({ id, title = '', url = '' }) => (id === undefined ? [] : [{ id, title, url }]));
  },
  read: (tabId, site) => sendMessage('tryRule', { tabId, site }),
};
