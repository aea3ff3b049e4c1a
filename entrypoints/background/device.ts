import { browser } from 'wxt/browser';
import { maySendUsage } from '../../utils/settings/data-consent.ts';

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

/** What this browser calls itself in the list of devices: `Chrome on Linux`; `Browser` where the person does not want that told. */
export async function nameDevice(): Promise<string> {
  if (!(await maySendUsage())) return 'Browser';
  const { os } = await browser.runtime.getPlatformInfo();
  return `${nameBrowser()} on ${systems[os] ?? os}`;
}
