import { browser } from 'wxt/browser';

const systems: Record<string, string> = {
  mac: 'macOS',
  win: 'Windows',
  linux: 'Linux',
  cros: 'ChromeOS',
  openbsd: 'OpenBSD',
};

function nameBrowser(): string {
  const agent = globalThis.navigator.userAgent;
  if (agent.includes('Firefox/')) return 'Firefox';
  return agent.includes('Edg/') ? 'Edge' : 'Chrome';
}

/** What this browser calls itself in the list of devices: `Chrome on Linux`. */
export async function nameDevice(): Promise<string> {
  const { os } = await browser.runtime.getPlatformInfo();
  return `${nameBrowser()} on ${systems[os] ?? os}`;
}
