import { setTimeout as sleep } from 'node:timers/promises';
import type { Weather } from '../e2e/harness/fault-proxy.ts';
import { callForFreshCopies } from './add-people.ts';
import { type Rep, startRep } from './rep.ts';
import type { Trial, TrialResult } from './trial.ts';

const longestPauseMs = 40;
/** How often the cards are held against the store: asking for all of them takes as long as a trial. */
const trialsAComparison = 20;
/** How often the whole copy has to come anew through it. */
const trialsACopy = 4;

/** A kind of bad network between a rep's browser and the store, while the rep clicks and a colleague writes; then it is fair until nothing waits. */
function createNetworkTrial(name: string, about: string, weather: Weather): Trial {
  async function run(count: number, say: (line: string) => void): Promise<TrialResult> {
    const rep = await startRep('chromium', count);
    let falselySent = 0;
    let apart = 0;
    try {
      for (let trial = 1; trial <= count; trial++) {
        if (trial % trialsACopy === 0) await callForFreshCopies(rep.store, rep.workspaceId);
        falselySent += await runTrial(rep, weather);
        if (trial % trialsAComparison !== 0) continue;
        apart += (await rep.compare()).apart ?? 0;
        say(`  ${trial} of ${count}: ${JSON.stringify(rep.proxy.counts)}`);
      }
      const end = await rep.compare();
      return { name, count, ...end, lost: end.lost + falselySent, apart: apart + (end.apart ?? 0) };
    } finally {
      await rep.close();
    }
  }
  return { name, about, usualCount: 200, run };
}

/** One spell of it. Answers how many clicks were told as sent and were not in the store. */
async function runTrial(rep: Rep, weather: Weather): Promise<number> {
  rep.proxy.setWeather(weather);
  const writing = rep.writeAsColleague();
  const asking: Promise<void>[] = [];
  for (let clicks = 0; clicks < 3; clicks++) {
    await rep.click();
    asking.push(rep.bringUpToDate());
    await sleep(Math.random() * longestPauseMs);
  }
  await Promise.all([writing, ...asking]);
  const falselySent = await rep.countFalselySent();
  rep.proxy.setWeather(null);
  await rep.settle();
  return falselySent;
}

/** Each network, by what a person would call it. */
export const networkTrials: readonly Trial[] = [
  createNetworkTrial('replayed', '30 % of the requests reach the store twice, and 30 % of the answers are lost', {
    replayed: 0.3,
    dropped: 0.3,
  }),
  createNetworkTrial('storm', 'half of the answers are a gateway’s or the store’s “not now”, with every such status', {
    stormy: 0.5,
  }),
  createNetworkTrial('portal', 'half of the answers are a hotel’s login page with status 200', { portal: 0.5 }),
  createNetworkTrial('truncated', 'half of the answers end too early, with the connection or as if that were all', {
    truncated: 0.5,
    lost: 0.1,
  }),
  createNetworkTrial('slow', 'most requests are long on their way, and answers come in small pieces', {
    slow: 0.7,
    replayed: 0.2,
  }),
];
