import type { Page } from 'puppeteer-core';
import type { BrowserName } from '../../browsers/find.ts';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { marketer, rep, type Sample, startSample } from '../harness/sample.ts';
import { connect } from './connect.ts';
import { openMailbox } from './rep.ts';

/** The sample's rep with the mailbox open, and its marketer, each in a browser of their own. */
export interface Pair {
  sample: Sample;
  repBrowser: RunningBrowser;
  marketerBrowser: RunningBrowser;
  mailbox: Page;
  close(): Promise<void>;
}

export async function startPair(browserName: BrowserName): Promise<Pair> {
  const sample = await startSample();
  const repBrowser = await sample.launch(browserName);
  const marketerBrowser = await sample.launch(browserName, { viewport: { width: 1440, height: 900 } });
  await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
  await connect(marketerBrowser, await sample.store.invite('marketer', marketer.email), marketer.name);
  return {
    sample,
    repBrowser,
    marketerBrowser,
    mailbox: await openMailbox(repBrowser),
    async close() {
      await Promise.all([repBrowser.close(), marketerBrowser.close()]);
      await sample.close();
    },
  };
}
