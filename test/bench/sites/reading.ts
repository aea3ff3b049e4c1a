import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { bundlePageScript, pageScriptName } from '../../../recognise/bundle-page-script.ts';
import { atMost, type Mark, percentile } from '../benchmark.ts';
import { fillUp, type Layout, layouts } from './pages.ts';

const rounds = 20;
const fullBytes = 5_000_000;
const markMs = 50;
/** A page of 5 MB takes long to come where the machine does other things. */
const patienceMs = 120_000;

/**
 * Runs in the page: puts a saved page in the place of the one that is shown, what fills it up behind it left alone: to draw 5 MB anew for each layout
 * takes a hundred times as long as reading it.
 */
function showLayout(html: string): void {
  const next = Document.parseHTMLUnsafe(html);
  for (const [old, fresh] of [
    [document.documentElement, next.documentElement],
    [document.body, next.body],
  ] as const) {
    for (const { name } of [...old.attributes]) old.removeAttribute(name);
    for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
  }
  document.head.replaceChildren(...next.head.childNodes);
  const filler = document.querySelector('#filler') as Element;
  for (const old of [...document.body.childNodes]) if (old !== filler) old.remove();
  filler.before(...next.body.childNodes);
  document.body.getBoundingClientRect();
}

/** Milliseconds that the page's main thread has worked so far: what else the machine does meanwhile is not in it. */
async function workedMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Runs in the page: how many people one reading finds, under the page's address as it was last set. */
const definitions = `
  globalThis.address = '';
  globalThis.readOnce = () => ${pageScriptName}.recognisePage(null, address).sighting?.people.length ?? 0;
  globalThis.change = () => {
    const added = document.createElement('p');
    document.body.append(added);
    added.remove();
    // What the page itself has to draw is drawn before, and is none of the reading.
    document.body.getBoundingClientRect();
  };`;

/** What one reading after another works, in milliseconds. Between two the page changes, so that nothing a browser keeps of a page at rest helps. */
async function timeReadings(session: CDPSession): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await session.send('Runtime.evaluate', { expression: 'change()' });
    const before = await workedMs(session);
    await session.send('Runtime.evaluate', { expression: 'void readOnce()' });
    times.push((await workedMs(session)) - before);
  }
  return times;
}

/** Reads a layout under each of its addresses: the times of the slowest. Throws where it is not read as its case says: the time of a page that is not recognised is none. */
async function measureLayout(page: Page, session: CDPSession, { name, addresses, html }: Layout): Promise<number> {
  await page.evaluate(showLayout, html);
  const slowest: number[] = [];
  for (const { url, people } of addresses) {
    const found = await page.evaluate(`address = ${JSON.stringify(url)}; change(); readOnce()`);
    // Where nobody is in view, what fills the page up can be taken for a record that is drawn.
    if (people > 0 && found !== people)
      throw new Error(`${name} at ${url} has ${people} people in view, and ${found} were read.`);
    slowest.push(percentile(await timeReadings(session), 0.95));
  }
  return Math.max(...slowest);
}

/** What one reading works on each layout, as a page of 5 MB: the main thread's own time, the asking for it included. */
export async function measureReading(browser: Browser, scale: number, say: (line: string) => void): Promise<Mark[]> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.setContent('<!doctype html><title>A page</title><body></body>');
  await page.evaluate(fillUp, fullBytes * scale);
  await page.evaluate(`${await bundlePageScript()};${definitions}`);
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const all = layouts();
  const marks: Mark[] = [];
  for (const [index, layout] of all.entries()) {
    const p95 = await measureLayout(page, session, layout);
    say(`  ${index + 1} of ${all.length}, ${layout.name}: ${p95.toFixed(2)} ms`);
    const size = (fullBytes * scale + layout.html.length) / 1e6;
    marks.push(atMost(markMs, `reading ${layout.name}, ${size.toFixed(1)} MB, p95`, p95, 'ms'));
  }
  await page.close();
  return marks;
}
