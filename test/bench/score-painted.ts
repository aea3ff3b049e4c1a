import { joinStore } from '../e2e/harness/device.ts';
import { marketer, startSample } from '../e2e/harness/sample.ts';
import { figure, type Mark, percentile } from './benchmark.ts';
import { readTime } from './live-load.ts';
import { openLiveTab } from './live-tab.ts';
import { uploadText } from './upload.ts';

const turns = 15;
const address = 'dana.ortiz@brightforge.example';

/** From a touch that comes by itself to the frame that shows it, with the score that it is part of, in an open mail of a real browser. */
export async function measureTouchPainted(say: (line: string) => void): Promise<Mark[]> {
  const sample = await startSample({ RATE_LIMIT: 'off' });
  try {
    const device = await joinStore(await sample.store.invite('marketer', marketer.email), marketer.name);
    say('  new touches, in an open mail');
    const tab = await openLiveTab(sample);
    const took: number[] = [];
    try {
      for (let turn = 0; turn < turns; turn++) {
        const campaign = `Open day ${turn}`;
        const row = `bench-${turn},${address},${campaign},attended,${new Date().toISOString()},no`;
        const sentAt = readTime();
        const [shownAt, { touches }] = await Promise.all([
          tab.awaitWords(campaign),
          uploadText(device, `Id,Email,Campaign,Kind,At,Robot\n${row}\n`),
        ]);
        if (touches.added !== 1) throw new Error('The touch did not come in.');
        took.push(shownAt - sentAt);
      }
    } finally {
      await tab.close();
    }
    const name = 'touch sent → painted with its score in an open mail';
    return [figure(`${name}, p50`, percentile(took, 0.5), 'ms'), figure(`${name}, p95`, percentile(took, 0.95), 'ms')];
  } finally {
    await sample.close();
  }
}
