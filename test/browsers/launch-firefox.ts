import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import puppeteer, { type Page, TimeoutError } from 'puppeteer-core';
import { listFirefoxWindows, waitForFirefoxWindow } from './firefox-windows.ts';
import type { Launch, LaunchedBrowser } from './launch.ts';

/** Firefox makes up the host of an extension's pages; naming it beforehand makes their addresses known. */
const extensionUuid = '5d8f0c52-3a75-4a0e-9b0b-ba70ba70ba70';

/** Starts Firefox over WebDriver BiDi with the extension as a temporary add-on; host names go through a local CONNECT proxy. */
export async function launchFirefox(launch: Launch): Promise<LaunchedBrowser> {
  const proxy = await startConnectProxy(launch.hosts, launch.sitesPort);
  const addonId = launch.extension ? readAddonId(launch.extension) : '';
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: launch.executablePath,
    headless: !launch.visible,
    acceptInsecureCerts: true,
    userDataDir: launch.profileDir,
    defaultViewport: launch.visible ? null : launch.viewport,
    // Without this, WebDriver refuses to navigate to the extension's own pages.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: firefoxPreferences(launch.proxyPort || proxy.port, addonId, launch.proxyPort > 0),
  });
  browser.once('disconnected', () => proxy.close());
  await waitForFirefoxWindow(browser);
  if (launch.extension) await browser.installExtension(launch.extension);
  return {
    browser,
    extensionId: addonId,
    extensionOrigin: `moz-extension://${extensionUuid}/`,
    goToExtensionPage,
    async stopBackground() {
      const [window] = await listFirefoxWindows(browser);
      await window?.run(endEventPage(addonId));
    },
  };
}

/** What Firefox's own button "Terminate background script" does, said in the browser's window: WebDriver has no command for it. */
function endEventPage(addonId: string): string {
  return `WebExtensionPolicy.getByID(${JSON.stringify(addonId)}).extension.terminateBackground({
    ignoreDevToolsAttached: true,
    disableResetIdleForTest: true,
  }).then(() => true)`;
}

/**
 * Goes to a page of the extension. It runs in a process of its own, for which Firefox sends no navigation events:
 * `goto` would wait for ever and `page.url()` stays at the old address, while everything inside the page works.
 */
async function goToExtensionPage(page: Page, url: string): Promise<void> {
  let refusal: unknown = null;
  page.goto(url, { timeout: 1000 }).catch((error) => {
    if (!(error instanceof TimeoutError)) refusal = error;
  });
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
    if (refusal) throw refusal;
    const [href, state] = await page.evaluate(() => [location.href, document.readyState]).catch(() => ['', '']);
    if (href?.startsWith(url.split('#')[0] ?? url) && state === 'complete') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Firefox did not open ${url} within 15 s.`);
}

function readAddonId(extension: string): string {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8'));
  const id: unknown = manifest.browser_specific_settings?.gecko?.id;
  if (typeof id !== 'string')
    throw new Error(`${extension}/manifest.json names no browser_specific_settings.gecko.id.`);
  return id;
}

function firefoxPreferences(
  proxyPort: number,
  addonId: string,
  takesAll: boolean,
): Record<string, string | number | boolean> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.no_proxies_on': takesAll ? '' : '127.0.0.1,localhost',
    'network.proxy.allow_hijacking_localhost': takesAll,
    'extensions.webextensions.uuids': JSON.stringify({ [addonId]: extensionUuid }),
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
    'extensions.webextOptionalPermissionPrompts': false,
    'extensions.getAddons.cache.enabled': false,
    'intl.accept_languages': 'en-US',
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.reportingpolicy.firstRun': false,
  };
}

/** A proxy that leads the named hosts to the local TLS server and refuses all others. */
async function startConnectProxy(
  hosts: readonly string[],
  sitesPort: number,
): Promise<{ port: number; close(): void }> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => open.delete(client));
    client.once('data', (head) => answerConnect(client, head.toString('latin1'), hosts, sitesPort));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function answerConnect(client: Socket, head: string, hosts: readonly string[], sitesPort: number): void {
  const host = /^CONNECT ([^:\s]+):443 /.exec(head)?.[1];
  if (!host || !hosts.some((pattern) => matchesHost(host, pattern))) {
    client.end('HTTP/1.1 502 Not one of the sample hosts\r\n\r\n');
    return;
  }
  const site = connect(sitesPort, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connected\r\n\r\n');
    client.pipe(site).pipe(client);
  });
  site.on('error', () => client.destroy());
  client.on('close', () => site.destroy());
}

function matchesHost(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
