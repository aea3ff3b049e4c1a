import type { Browser } from 'puppeteer-core';
import { bundlePageScript, pageScriptName } from '../../../recognise/bundle-page-script.ts';
import { atMost, type Mark, percentile } from '../benchmark.ts';
import { blownUp, type Layout } from './pages.ts';

const rounds = 40;
const fullBytes = 5_000_000;
const markMs = 50;

async function readLayout(browser: Browser, layout: Layout, readers: string): Promise<number[]> {
  const page = await browser.newPage();
  try {
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const answer = { status: 200, contentType: 'text/html; charset=utf-8', body: layout.html };
      void (request.isNavigationRequest() ? request.respond(answer) : request.abort()).catch(() => undefined);
    });
    await page.goto(layout.url, { waitUntil: 'domcontentloaded' });
    const script = `(() => { ${readers};
      const times = [];
      for (let round = 0; round < ${rounds}; round += 1) {
        const startedAt = performance.now();
        ${pageScriptName}.recognisePage(null);
        times.push(performance.now() - startedAt);
      }
      return times;
    })()`;
    return (await page.evaluate(script)) as number[];
  } finally {
    await page.close();
  }
}

/** How long one reading takes on each layout, as a page of 5 MB. */
export async function measureReading(browser: Browser, scale: number, say: (line: string) => void): Promise<Mark[]> {
  const readers = await bundlePageScript();
  const marks: Mark[] = [];
  for (const layout of blownUp(fullBytes * scale)) {
    const times = await readLayout(browser, layout, readers);
    const p95 = percentile(times, 0.95);
    say(`  ${layout.name}: ${p95.toFixed(2)} ms`);
    marks.push(atMost(markMs, `reading ${layout.name}, ${(layout.html.length / 1e6).toFixed(1)} MB, p95`, p95, 'ms'));
  }
  return marks;
}
