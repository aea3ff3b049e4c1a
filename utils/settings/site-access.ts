import { browser } from 'wxt/browser';

/** Whether the browser lets Baton read these hosts: people can take that back in the browser's own settings. */
export async function isAllowed(hosts: readonly string[]): Promise<boolean> {
  return browser.permissions.contains({ origins: [...hosts] });
}

/** Those of these hosts that the browser lets Baton read, in their order. */
export async function listAllowed(hosts: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(hosts.map((host) => isAllowed([host])));
  return hosts.filter((_host, index) => answers[index]);
}

/** Asks for these hosts; where they were granted already nobody is asked. Must be called inside the click, before anything is awaited. */
export async function askForHosts(hosts: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: [...hosts] });
}

/** Gives the right to read these hosts back to the browser, but for those that the manifest asks for: a browser does not take those. */
export async function releaseHosts(hosts: readonly string[]): Promise<void> {
  const required = new Set(browser.runtime.getManifest().host_permissions ?? []);
  const held = await listAllowed(hosts.filter((host) => !required.has(host)));
  if (held.length > 0) await browser.permissions.remove({ origins: held });
}
