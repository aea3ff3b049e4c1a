import type { Browser } from 'puppeteer-core';

/** Puppeteer's own line to Firefox, which its types do not show. */
interface BidiBrowser {
  connection: { send(method: string, parameters: unknown): Promise<{ result: unknown }> };
}

/** WebDriver BiDi's answer to a script. */
interface Evaluated {
  result?: { value?: unknown };
  exceptionDetails?: { text: string };
}

/** One of Firefox's own windows, as the code of the browser itself sees it. `run` answers what the expression comes to, a promise awaited; what it throws is thrown. */
export interface FirefoxWindow {
  run(expression: string): Promise<unknown>;
}

/** The windows of Firefox, in no order. Needs `--remote-allow-system-access`. */
export async function listFirefoxWindows(browser: Browser): Promise<FirefoxWindow[]> {
  const { connection } = browser as unknown as BidiBrowser;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const { contexts } = tree.result as { contexts: { context: string; url: string }[] };
  const windows = contexts.filter(({ url }) => url.endsWith('/browser.xhtml'));
  return windows.map(({ context }) => ({
    async run(expression) {
      const words = { expression, target: { context }, awaitPromise: true };
      const { result } = (await connection.send('script.evaluate', words)) as { result: Evaluated };
      if (result.exceptionDetails) throw new Error(result.exceptionDetails.text);
      return result.result?.value;
    },
  }));
}

const hasStarted = 'globalThis.gBrowserInit?.delayedStartupFinished === true';

/** Waits until Firefox has a window that is whole: WebDriver answers before, and until then can open no tab. Rejects after 20 s. */
export async function waitForFirefoxWindow(browser: Browser): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const windows = await listFirefoxWindows(browser);
    const started = await Promise.all(windows.map((each) => each.run(hasStarted).catch(() => false)));
    if (started.includes(true)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Firefox drew no window within 20 s.');
}
