import type { Browser } from 'puppeteer-core';
import { listFirefoxWindows } from '../../browsers/firefox-windows.ts';

/** Runs an expression in Firefox's own window, where the toolbar and the sidebar are, and answers its value (JSON's kinds only). Rejects with what the expression threw. */
export async function runInChrome(browser: Browser, expression: string): Promise<unknown> {
  const [window] = await listFirefoxWindows(browser);
  if (window === undefined) throw new Error('Firefox shows no window.');
  return window.run(expression);
}
