import { browser } from 'wxt/browser';

/** Whether the browser lets Baton read these hosts: people can take that back in the browser's own settings. */
export async function isAllowed(hosts: readonly string[]): Promise<boolean> {
  return browser.permissions.contains({ origins: [...hosts] });
}

/** Asks for these hosts; where they were granted already nobody is asked. Must be called inside the click, before anything is awaited. */
export async function askForHosts(hosts: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: [...hosts] });
}
