import type { Browser, Page } from 'puppeteer-core';
import type { Reading } from '../utils/sites/reader.ts';
import { RecogniseError } from './arguments.ts';
import { pageScriptName } from './bundle-page-script.ts';
import type { SavedPage } from './load-pages.ts';
import type { NamedRule } from './page-script.ts';

/** So many pages at once: a saved mail page is large, and two cores are soon busy. */
const atOnce = 4;

/** Nothing of the page runs and nothing is fetched; its own styles still say what is hidden. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** A page that says its own encoding is believed; else it is UTF-8. */
function contentTypeOf(html: Buffer): string {
  const saysItself =
    html[0] === 0xfe || html[0] === 0xff || /charset\s*=/i.test(html.subarray(0, 2048).toString('latin1'));
  return saysItself ? 'text/html' : 'text/html; charset=utf-8';
}

/** What a page that wants to go elsewhere is told: without content it stays where it is. */
const stay = { status: 204 };

/** Opens the page under its real address, out of reach of any network, and asks the readers. */
async function readPage(page: Page, saved: SavedPage, script: string): Promise<Reading> {
  let isAnswered = false;
  const document = {
    status: 200,
    headers: { 'content-security-policy': policy, 'content-type': contentTypeOf(saved.html) },
    body: saved.html,
  };
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    const done = isPage ? request.respond(isAnswered ? stay : document) : request.abort('blockedbyclient');
    isAnswered ||= isPage;
    // A request can be over before its answer, when the page closes.
    done.catch(() => undefined);
  });
  await page.goto(saved.url, { waitUntil: 'domcontentloaded', timeout: 30_000 });
  return JSON.parse((await page.evaluate(script)) as string) as Reading;
}

/**
 * What the readers see on each page, in the order of the pages; with a rule, what that sees. `pageScript`: the readers, bundled.
 * Throws a RecogniseError that names the page which cannot be opened.
 */
export async function readPages(
  browser: Browser,
  pages: readonly SavedPage[],
  pageScript: string,
  rule: NamedRule | null,
): Promise<Reading[]> {
  const call = `${pageScriptName}.recognisePage(${JSON.stringify(rule)})`;
  // As text: over WebDriver a list that stands twice in an object comes back empty the second time.
  const script = `(() => { ${pageScript}; return JSON.stringify(${call}); })()`;
  const readings: Reading[] = [];
  const queue = [...pages.entries()];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, saved] = next;
      const page = await browser.newPage();
      try {
        readings[index] = await readPage(page, saved, script);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new RecogniseError(`The browser could not open ${saved.file} as ${saved.url}: ${reason}`, {
          cause: error,
        });
      } finally {
        await page.close();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, pages.length) }, work));
  return readings;
}
