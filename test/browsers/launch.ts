import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import type { BrowserName } from './find.ts';
import { ensureBrowser } from './install.ts';
import { launchChromium } from './launch-chromium.ts';
import { launchFirefox } from './launch-firefox.ts';

/** What a browser is started with. */
export interface LaunchOptions {
  /** Folder of a built extension, or null for a plain browser. */
  extension: string | null;
  /** Folder of the profile; it is kept. Without it a fresh one that goes with the browser. */
  profileDir?: string;
  /** Port of the local TLS server that answers for `hosts`. */
  sitesPort?: number;
  /** Real host names answered by the local server, `*.` allowed. Every other name does not resolve. */
  hosts?: readonly string[];
  /** No network at all, this machine's own ports included: only what is answered by interception opens. */
  isShut?: boolean;
  /** Port of a proxy on this machine through which all goes, this machine's own ports included; 0: none. */
  proxyPort?: number;
  /** False for an extension that opens no tab when it is installed; Baton does. */
  greets?: boolean;
  /** A window on the screen instead of headless. */
  visible?: boolean;
  /** Width and height of a page in CSS pixels; 1280 × 800 by default. */
  viewport?: { width: number; height: number; deviceScaleFactor?: number };
}

/** A browser with the extension in it, alike for Chromium and Firefox. */
export interface RunningBrowser {
  name: BrowserName;
  browser: Browser;
  /** Empty without an extension. */
  extensionId: string;
  profileDir: string;
  /** The address of one of the extension's own pages, `desk.html` for one. */
  extensionUrl(path: string): string;
  /** A new tab; resolves when the document's content is there. */
  newPage(url: string): Promise<Page>;
  /** A new tab on one of the extension's own pages. */
  openExtensionPage(path: string): Promise<Page>;
  /** Leads a tab that is there to one of the extension's own pages. */
  goToExtensionPage(page: Page, path: string): Promise<void>;
  /** Ends the background, as the browser does with an idle one. Chromium ends it on the spot; Firefox lets it hear of it first (`onSuspend`). */
  stopBackground(): Promise<void>;
  /** Ends every process of the browser at once, as a crash or a power cut does. The profile stays. */
  kill(): Promise<void>;
  /** Closes it in peace and removes a profile that was made for it. */
  close(): Promise<void>;
}

/** What differs between the two browsers, once one is up. */
export interface LaunchedBrowser {
  browser: Browser;
  extensionId: string;
  /** With the slash at its end. */
  extensionOrigin: string;
  goToExtensionPage(page: Page, url: string): Promise<void>;
  stopBackground(): Promise<void>;
}

/** The options with everything filled in. */
export interface Launch extends Required<LaunchOptions> {
  executablePath: string;
  isRoot: boolean;
}

/** A browser beside another one and a busy store is slow, and that alone is no fault. */
const patienceMs = 90_000;

/** Starts a browser, installing it first when the machine has none. */
export async function launchBrowser(name: BrowserName, options: LaunchOptions): Promise<RunningBrowser> {
  const executablePath = await ensureBrowser(name, (line) => void process.stderr.write(`${line}\n`));
  const profileDir = options.profileDir ?? (await mkdtemp(join(tmpdir(), `baton-${name}-`)));
  const launch = name === 'chromium' ? launchChromium : launchFirefox;
  const launched = await launch({
    sitesPort: 0,
    hosts: [],
    visible: false,
    isShut: false,
    proxyPort: 0,
    greets: true,
    viewport: { width: 1280, height: 800 },
    ...options,
    profileDir,
    executablePath,
    isRoot: process.getuid?.() === 0,
  });
  const removeProfile = async () => {
    if (!options.profileDir) await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return createRunningBrowser(name, launched, profileDir, removeProfile);
}

function createRunningBrowser(
  name: BrowserName,
  launched: LaunchedBrowser,
  profileDir: string,
  removeProfile: () => Promise<void>,
): RunningBrowser {
  const { browser, extensionId, extensionOrigin } = launched;
  const extensionUrl = (path: string) => `${extensionOrigin}${path.replace(/^\//, '')}`;
  const openPage = async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
    return page;
  };
  const newPage = async (url: string) => {
    const page = await openPage();
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    return page;
  };
  return {
    name,
    browser,
    extensionId,
    profileDir,
    extensionUrl,
    newPage,
    async openExtensionPage(path) {
      const page = await openPage();
      await launched.goToExtensionPage(page, extensionUrl(path));
      return page;
    },
    goToExtensionPage: (page, path) => launched.goToExtensionPage(page, extensionUrl(path)),
    stopBackground: launched.stopBackground,
    async kill() {
      const child = browser.process();
      if (!child?.pid) return;
      const gone = child.exitCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
      endGroup(child.pid);
      await gone;
    },
    async close() {
      await browser.close();
      await removeProfile();
    },
  };
}

/** Puppeteer starts browsers as leaders of a process group of their own, so the children go with them. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    process.kill(pid, 'SIGKILL');
  }
}
