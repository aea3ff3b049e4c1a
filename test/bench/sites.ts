import { launchBrowser } from '../browsers/launch.ts';
import type { Benchmark, Mark } from './benchmark.ts';
import { measureBusyMail } from './sites/busy-mail.ts';
import { fetchOther } from './sites/inbox-sdk.ts';
import { measureReading } from './sites/reading.ts';
import { measureSizes } from './size.ts';

/** What reading costs a page, in real Chromium. Needs a build. */
export const sitesBenchmark: Benchmark = {
  name: 'sites',
  about:
    'Reading each layout as a page of 5 MB; our script while a mailbox changes 1,000 times; what the page scripts weigh.',
  async measure(say, scale): Promise<Mark[]> {
    const sizes = measureSizes('chrome-mv3');
    const plain = await launchBrowser('chromium', { extension: null });
    const reading = await measureReading(plain.browser, scale, say).finally(() => plain.close());
    const busy = await measureBusyMail(say, await fetchOther(say));
    return [...reading, ...busy, ...sizes];
  },
};
