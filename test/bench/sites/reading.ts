import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { bundlePageScript, pageScriptName } from '../../../recognise/bundle-page-script.ts';
import { atMost, type Mark, percentile } from '../benchmark.ts';
import { fillUp, type Layout, layouts } from './pages.ts';

const rounds = 20;
const fullBytes = 5_000_000;
const markMs = 50;
/** A page of 5 MB takes long to come where the machine does other things. */
const patienceMs = 120_000;

/** Answers every navigation of the tab with the layout it is for, and everything else with nothing. */
async function answerWith(page: Page, layoutNow: () => Layout | undefined): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const answer = { status: 200, contentType: 'text/html; charset=utf-8', body: layoutNow()?.html ?? '' };
    void (request.isNavigationRequest() ? request.respond(answer) : request.abort()).catch(() => undefined);
  });
}

/** Milliseconds that the page's main thread has worked so far: what else the machine does meanwhile is not in it. */
async function workedMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** What one reading after another works, in milliseconds. Between two the page changes, so that nothing a browser keeps of a page at rest helps. */
async function timeReadings(page: Page, readers: string): Promise<number[]> {
  await page.evaluate(`${readers};
    globalThis.readOnce = () => ${pageScriptName}.recognisePage(null);
    globalThis.change = () => {
      const added = document.createElement('p');
      document.body.append(added);
      added.remove();
      // What the page itself has to draw is drawn before, and is none of the reading.
      document.body.getBoundingClientRect();
    };
    change();
    readOnce();`);
  const session = await page.createCDPSession();
  try {
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await session.send('Runtime.evaluate', { expression: 'change()' });
      const before = await workedMs(session);
      await session.send('Runtime.evaluate', { expression: 'void readOnce()' });
      times.push((await workedMs(session)) - before);
    }
    return times;
  } finally {
    await session.detach();
  }
}

/** What one reading works on each layout, as a page of 5 MB: the main thread's own time, the asking for it included. */
export async function measureReading(browser: Browser, scale: number, say: (line: string) => void): Promise<Mark[]> {
  const readers = await bundlePageScript();
  const marks: Mark[] = [];
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  page.setDefaultNavigationTimeout(patienceMs);
  let now: Layout | undefined;
  await answerWith(page, () => now);
  for (const layout of layouts()) {
    now = layout;
    // Another document, also where only what stands behind the # differs.
    await page.goto('about:blank');
    await page.goto(layout.url, { waitUntil: 'domcontentloaded' });
    await page.evaluate(fillUp, fullBytes * scale);
    const times = await timeReadings(page, readers);
    const p95 = percentile(times, 0.95);
    say(`  ${layout.name}: ${p95.toFixed(2)} ms`);
    const size = (fullBytes * scale + layout.html.length) / 1e6;
    marks.push(atMost(markMs, `reading ${layout.name}, ${size.toFixed(1)} MB, p95`, p95, 'ms'));
  }
  await page.close();
  return marks;
}
