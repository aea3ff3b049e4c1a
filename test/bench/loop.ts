import { asPost, joinStore } from '../e2e/harness/device.ts';
import { marketer, rep, startSample } from '../e2e/harness/sample.ts';
import { connect } from '../e2e/people/connect.ts';
import { openDesk, waitForText } from '../e2e/people/marketer.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from '../e2e/people/rep.ts';
import { atMost, type Benchmark, type Mark, percentile } from './benchmark.ts';

const rounds = 20;

/** From one person's click to what the other sees, in real browsers over a real store. Needs a build. */
export const loopBenchmark: Benchmark = {
  name: 'loop',
  about: 'Weak in the mail page → in the open Desk; talking point pushed → in the open mail page.',
  measure,
};

async function measure(): Promise<Mark[]> {
  const sample = await startSample();
  const browsers = await Promise.all([sample.launch('chromium'), sample.launch('chromium')]);
  try {
    const [repBrowser, marketerBrowser] = browsers;
    await connect(repBrowser, await sample.store.invite('rep', rep.email), rep.name);
    await connect(marketerBrowser, await sample.store.invite('marketer', marketer.email), marketer.name);
    const mailbox = await openMailbox(repBrowser);
    await openThread(mailbox, 'Line 3 stoppages');
    const panel = await findCard(mailbox, 'Dana Ortiz');
    const desk = await openDesk(marketerBrowser, 'lead-quality', 'Lead quality');

    const toDesk: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const value = round % 2 === 0 ? 'Weak' : 'Strong';
      const clickedAt = performance.now();
      await press(panel, value);
      await waitForText(desk, value === 'Weak' ? '0 strong and 1 weak' : '1 strong and 0 weak');
      toDesk.push(performance.now() - clickedAt);
    }

    const device = await joinStore(await sample.store.invite('marketer', 'bench@kestrel.example'), 'Bench');
    const toPanel: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const text = `Point number ${round} of ${rounds}`;
      const audience = { segments: [], tiers: [], stages: [], activeDays: null };
      const draft = {
        title: text,
        text,
        whyNow: null,
        link: null,
        campaignId: null,
        startsOn: null,
        expiresOn: null,
        audience,
      };
      const pushedAt = performance.now();
      const answer = await device.call('/v1/desk/talking-points', asPost(draft));
      if (!answer.ok) throw new Error(`The store refused the talking point: ${await answer.text()}`);
      await waitForWords(panel, text);
      toPanel.push(performance.now() - pushedAt);
    }
    return [
      ...describe('verdict click → open Desk', toDesk),
      ...describe('talking point pushed → open mail page', toPanel),
    ];
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await sample.close();
  }
}

function describe(name: string, timesMs: number[]): Mark[] {
  return [0.5, 0.95].map((share) => atMost(2000, `${name}, p${share * 100}`, percentile(timesMs, share), 'ms'));
}
