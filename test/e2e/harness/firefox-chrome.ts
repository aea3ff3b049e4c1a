import type { Browser } from 'puppeteer-core';

interface Answer {
  result: {
    contexts?: { context: string; url: string }[];
    type?: string;
    result?: { value?: unknown };
    exceptionDetails?: { text: string };
  };
}

interface Connected {
  connection: { send(method: string, params: object): Promise<Answer> };
}

/**
 * Runs an expression in Firefox's own window (`browser.xhtml`), where the toolbar and the sidebar are, and answers its value (JSON's kinds only).
 * WebDriver BiDi's `moz:scope`, given to a browser that was started with `--remote-allow-system-access`. Rejects with what the expression threw.
 */
export async function runInChrome(browser: Browser, expression: string): Promise<unknown> {
  const { connection } = browser as unknown as Connected;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const context = tree.result.contexts?.find(({ url }) => url.endsWith('/browser.xhtml'))?.context;
  if (!context) throw new Error('Firefox shows no window.');
  const { result } = await connection.send('script.evaluate', { expression, target: { context }, awaitPromise: true });
  if (result.type === 'exception') throw new Error(result.exceptionDetails?.text ?? 'Firefox’s window threw.');
  return result.result?.value;
}
