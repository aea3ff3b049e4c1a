import { isUtf8 } from 'node:buffer';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import type { Reading } from '../utils/sites/reader.ts';
import { pageScriptName } from './bundle-page-script.ts';
import type { LostPage, SavedPage } from './load-pages.ts';
import type { NamedRule } from './page-script.ts';

/** So many pages at once: a saved mail page is large, and two cores are soon busy. */
const atOnce = 4;

/** Nothing of the page runs and nothing is fetched; its own styles still say what is hidden. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** A page that says its own encoding is believed; else it is UTF-8, or what is none (an old save) Western. */
function contentTypeOf(html: Buffer): string {
  const isWide = html[0] === 0xfe || html[0] === 0xff;
  if (isWide || /<meta\s[^>]*charset\s*=/i.test(html.subarray(0, 2048).toString('latin1'))) return 'text/html';
  return isUtf8(html) ? 'text/html; charset=utf-8' : 'text/html; charset=windows-1252';
}

/** How the page is handed to the browser. */
function documentOf({ html }: SavedPage) {
  const headers = { 'content-security-policy': policy, 'content-type': contentTypeOf(html) };
  return { status: 200, headers, body: html };
}

/** What a page that wants to go elsewhere is told: without content it stays where it is. */
const stay = { status: 204 };

/** A tab in which one saved page after the other is opened under its real address, out of reach of any network. */
interface ReadingTab {
  read(saved: SavedPage): Promise<Reading>;
  close(): Promise<void>;
}

async function openTab(browser: Browser, script: string): Promise<ReadingTab> {
  const page: Page = await browser.newPage();
  let awaited: SavedPage | null = null;
  await page.setRequestInterception(true);
  const answer = async (request: HTTPRequest) => {
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (!isPage) return request.abort('blockedbyclient');
    const saved = awaited;
    awaited = null;
    await request.respond(saved === null ? stay : documentOf(saved));
  };
  // A request can be over before its answer, when the page closes.
  page.on('request', (request) => void answer(request).catch(() => undefined));
  return {
    async read(saved) {
      // Two addresses that differ after # alone would be one page to the browser.
      await page.goto('about:blank');
      awaited = saved;
      await page.goto(saved.url, { waitUntil: 'domcontentloaded', timeout: 30_000 });
      return JSON.parse((await page.evaluate(script)) as string) as Reading;
    },
    close: () => page.close(),
  };
}

/**
 * What the readers see on each page, in the order of the pages; with a rule, what that sees. `pageScript`: the readers, bundled.
 * A page that was lost before, or that the browser cannot open, has its error there instead.
 */
export async function readPages(
  browser: Browser,
  pages: readonly (SavedPage | LostPage)[],
  pageScript: string,
  rule: NamedRule | null,
): Promise<(Reading | { error: string })[]> {
  const call = `${pageScriptName}.recognisePage(${JSON.stringify(rule)})`;
  // As text: over WebDriver a list that stands twice in an object comes back empty the second time.
  const script = `(() => { ${pageScript}; return JSON.stringify(${call}); })()`;
  const answers: (Reading | { error: string })[] = [];
  const queue = [...pages.entries()];
  const work = async () => {
    let tab: ReadingTab | null = null;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, saved] = next;
      try {
        if ('error' in saved) answers[index] = { error: saved.error };
        else {
          tab ??= await openTab(browser, script);
          answers[index] = await tab.read(saved);
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        answers[index] = { error: `The browser could not open ${saved.file} as ${saved.url}: ${reason}` };
        // The next page gets a tab that nothing has happened to.
        await tab?.close().catch(() => undefined);
        tab = null;
      }
    }
    await tab?.close();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, pages.length) }, work));
  return answers;
}
