import { launchBrowser } from '../browsers/launch.ts';
import type { Benchmark, Mark } from './benchmark.ts';
import { measureBusyMail } from './sites/busy-mail.ts';
import { fetchOther } from './sites/inbox-sdk.ts';
import { measureReading } from './sites/reading.ts';
import { measureSizes } from './size.ts';

const reading: Benchmark = {
  name: 'sites-reading',
  about: 'Reading each layout as a page of 5 MB.',
  async measure(say, scale) {
    const plain = await launchBrowser('chromium', { extension: null });
    return measureReading(plain.browser, scale, say).finally(() => plain.close());
  },
};

const busy: Benchmark = {
  name: 'sites-busy',
  about: 'Our script while a mailbox changes 1,000 times; what the page scripts weigh. Needs a build.',
  async measure(say) {
    const sizes = measureSizes('chrome-mv3');
    return [...(await measureBusyMail(say, await fetchOther(say))), ...sizes];
  },
};

/** What reading costs a page, in real Chromium. Needs a build. */
export const sitesBenchmark: Benchmark = {
  name: 'sites',
  about:
    'Reading each layout as a page of 5 MB; our script while a mailbox changes 1,000 times; what the page scripts weigh.',
  parts: [reading, busy],
  async measure(say, scale): Promise<Mark[]> {
    const marks: Mark[] = [];
    for (const part of [busy, reading]) marks.push(...(await part.measure(say, scale)));
    return marks;
  },
};
