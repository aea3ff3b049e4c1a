import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { findBuild } from '../e2e/harness/sample.ts';
import type { RunningStore } from '../e2e/harness/store.ts';
import { connect } from '../e2e/people/connect.ts';
import { atMost, figure, type Mark, percentile } from './benchmark.ts';

const markMs = 1000;
const rounds = 5;
/** What takes longer to be all there is worked out apart, and shown when it is (what the past says of criteria). */
const patienceMs = 20_000;

/** A page by the end of its address. */
const places = [
  'today',
  'results',
  'talking-points',
  'lead-quality',
  'hand-overs',
  'insights',
  'asks',
  'criteria',
  'language',
  'funnel',
  'people',
  'sources',
  'settings',
];

/** From a page's address to its first paint, and until all that it asked for is drawn, in Chromium over the filled store. Needs a build. */
export async function measurePages(store: RunningStore, say: (line: string) => void): Promise<Mark[]> {
  const browser = await launchBrowser('chromium', { extension: findBuild('chromium') });
  try {
    await connect(browser, await store.invite('marketer', 'painted@seller.example'), 'Painted');
    const marks: Mark[] = [];
    for (const place of places) {
      const looks: Look[] = [];
      for (let round = 0; round < rounds && looks.at(-1)?.whole !== patienceMs; round++)
        looks.push(await look(browser, place));
      const first = percentile(
        looks.map((each) => each.first),
        0.95,
      );
      const whole = percentile(
        looks.map((each) => each.whole),
        0.95,
      );
      say(`  ${place}: first paint ${first.toFixed(0)} ms, whole ${whole.toFixed(0)} ms`);
      marks.push(
        atMost(markMs, `${place}: first paint, slowest of ${rounds}`, first, 'ms'),
        figure(`${place}: all of it drawn, slowest of ${rounds}`, whole, 'ms'),
      );
    }
    return marks;
  } finally {
    await browser.close();
  }
}

/** Milliseconds since the page was asked for; `whole` is the patience where it took longer. */
interface Look {
  first: number;
  whole: number;
}

async function look(browser: RunningBrowser, place: string): Promise<Look> {
  const page = await browser.openExtensionPage(`desk.html#/${place}`);
  try {
    const painted = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      { timeout: patienceMs },
    );
    const first = (await painted.jsonValue()) ?? patienceMs;
    const isWhole = () =>
      document.querySelector('h1') !== null &&
      document.querySelector('[aria-busy="true"]') === null &&
      performance.now();
    const whole = await page.waitForFunction(isWhole, { timeout: patienceMs }).then(
      async (drawn) => Number(await drawn.jsonValue()),
      () => patienceMs,
    );
    return { first, whole: Math.min(whole, patienceMs) };
  } finally {
    await page.close();
  }
}
