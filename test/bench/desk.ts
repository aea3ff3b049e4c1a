import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { startStore } from '../e2e/harness/store.ts';
import { atMost, type Benchmark, figure, type Mark, percentile } from './benchmark.ts';
import { fillDesk } from './desk-fill.ts';
import { measurePages } from './desk-pages.ts';
import { type DeskQuery, deskQueries } from './desk-queries.ts';

const markMs = 300;
const rounds = 20;
const warming = 2;
/** A query that is far from its mark is not asked all that often. */
const longestMs = 15_000;

/** Each page's calls over HTTP, one after the other, and its first paint, on a large company's workspace. */
export const deskBenchmark: Benchmark = {
  name: 'desk',
  about: 'The Desk’s calls with 100,000 accounts, 1,000,000 people, 10,000,000 touches and 200,000 verdicts.',
  async measure(say, scale) {
    const store = await startStore({ RATE_LIMIT: 'off' });
    try {
      const marketer = await joinStore(await store.firstInvite(), 'Marketer');
      const rep = await joinStore(await store.invite('rep', 'rep@seller.example'), 'Rep');
      await fillDesk(store, { marketer, rep }, scale, say);
      const marks: Mark[] = [];
      for (const query of deskQueries) marks.push(...(await measureQuery(marketer, query, say)));
      marks.push(...(await measurePages(store, say)));
      return marks;
    } finally {
      await store.stop();
    }
  },
};

async function measureQuery(device: Device, query: DeskQuery, say: (line: string) => void): Promise<Mark[]> {
  const name = `${query.page}: ${query.what}`;
  const samples: number[] = [];
  let bytes = 0;
  const end = performance.now() + longestMs;
  for (let round = -warming; round < rounds && (samples.length === 0 || performance.now() < end); round++) {
    const startedAt = performance.now();
    const answer = await device.call(query.path, query.body === undefined ? {} : asPost(query.body));
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
    if (round >= 0) samples.push(performance.now() - startedAt);
    bytes = text.length;
  }
  const p95 = percentile(samples, 0.95);
  say(
    `  ${name}: ${percentile(samples, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${(bytes / 1000).toFixed(0)} kB`,
  );
  return [
    figure(`${name}, p50 of ${samples.length}`, percentile(samples, 0.5), 'ms'),
    atMost(markMs, `${name}, p95`, p95, 'ms'),
  ];
}
