import puppeteer, { type Browser, type Page, type Target, TimeoutError } from 'puppeteer-core';
import type { Launch, LaunchedBrowser } from './launch.ts';

const greetingMs = 8000;

/** Starts Chromium with the extension loaded over the debugging pipe; host names go to the local server by a resolver rule. */
export async function launchChromium(launch: Launch): Promise<LaunchedBrowser> {
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: launch.executablePath,
    headless: !launch.visible,
    pipe: true,
    enableExtensions: true,
    acceptInsecureCerts: true,
    userDataDir: launch.profileDir,
    defaultViewport: launch.visible ? null : launch.viewport,
    args: chromiumFlags(launch),
  });
  const goToExtensionPage = async (page: Page, url: string) => {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
  };
  if (!launch.extension) {
    const stopBackground = () => Promise.reject(new Error('This browser was started without an extension.'));
    return { browser, extensionId: '', extensionOrigin: '', goToExtensionPage, stopBackground };
  }
  const extensionId = await browser.installExtension(launch.extension);
  const extensionOrigin = `chrome-extension://${extensionId}/`;
  if (launch.greets) await awaitGreeting(browser, extensionOrigin);
  return {
    browser,
    extensionId,
    extensionOrigin,
    goToExtensionPage,
    async stopBackground() {
      const target = await browser.waitForTarget(
        (candidate) => candidate.type() === 'service_worker' && candidate.url().startsWith(extensionOrigin),
        { timeout: 5000 },
      );
      const worker = await target.worker();
      await worker?.close().catch((error: unknown) => {
        // It is gone before Puppeteer lets go of it: that is what was asked for.
        if (!String(error).includes('No session with given id')) throw error;
      });
    },
  };
}

/**
 * The extension greets a person who installs it with its options, and every start installs it anew. That tab would come to
 * the front at any moment and leave a test's own tab hidden, where no frames are drawn: so it is awaited.
 */
async function awaitGreeting(browser: Browser, extensionOrigin: string): Promise<void> {
  const isGreeting = (target: Target) => target.type() === 'page' && target.url().startsWith(extensionOrigin);
  await browser.waitForTarget(isGreeting, { timeout: greetingMs }).catch((error) => {
    if (!(error instanceof TimeoutError)) throw error;
  });
}

function chromiumFlags({ isRoot, hosts, sitesPort, visible, viewport, isShut, proxyPort }: Launch): string[] {
  const toSites = hosts.map((host) => `MAP ${host}:443 127.0.0.1:${sitesPort}`);
  return [
    `--host-resolver-rules=${[...toSites, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost'].join(', ')}`,
    '--ignore-certificate-errors',
    // Chromium connects ahead of a navigation, before anybody can refuse it: here to a port where nobody listens.
    ...(isShut || proxyPort > 0
      ? [`--proxy-server=127.0.0.1:${isShut ? 9 : proxyPort}`, '--proxy-bypass-list=<-loopback>']
      : []),
    // Nothing of a shut browser's pages runs, so none needs a process apart from the others: a fresh one costs more than reading a page.
    ...(isShut ? ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--disable-component-update',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--lang=en-US',
    ...(visible ? [`--window-size=${viewport.width},${viewport.height}`] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
