import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { findBuild } from '../e2e/harness/sample.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { atMost, type Benchmark, figure, type Mark, percentile } from './benchmark.ts';
import { exportBenchmark } from './desk-export.ts';
import { fillDesk } from './desk-fill.ts';
import { measurePages } from './desk-pages.ts';
import { type DeskQuery, deskQueries } from './desk-queries.ts';

const markMs = 300;
const rounds = 20;
const warming = 2;
/** A query that is far from its mark is not asked all that often. */
const longestMs = 15_000;

/** What a part measures in a filled store. */
type Measure = (store: RunningStore, marketer: Device, say: (line: string) => void) => Promise<Mark[]>;

const measureQueries: Measure = async (_, marketer, say) => {
  const marks: Mark[] = [];
  for (const query of deskQueries) marks.push(...(await measureQuery(marketer, query, say)));
  return marks;
};
const measureFirstPaints: Measure = (store, _, say) => measurePages(store, say);

function createPart(name: string, about: string, measures: readonly Measure[]): Benchmark {
  return {
    name,
    about,
    async measure(say, scale, data = null) {
      if (measures.includes(measureFirstPaints) && !existsSync(findBuild('chromium')))
        throw new Error('There is no build: run `npm run build` first.');
      const { store, marketer } = await startFilled(say, scale, data);
      try {
        const marks: Mark[] = [];
        for (const measure of measures) marks.push(...(await measure(store, marketer, say)));
        return marks;
      } finally {
        await store.stop(data === null ? undefined : 'keep');
      }
    },
  };
}

const size = '100,000 accounts, 1,000,000 people, 10,000,000 touches and 200,000 verdicts';

/** Each page’s calls over HTTP, one after the other, and its first paint, on a large company’s workspace. */
export const deskBenchmark: Benchmark = {
  ...createPart('desk', `The Desk’s calls and pages with ${size}.`, [measureQueries, measureFirstPaints]),
  parts: [
    createPart('desk-queries', `The Desk’s calls with ${size}.`, [measureQueries]),
    createPart('desk-pages', `First paint of the Desk’s pages with ${size}.`, [measureFirstPaints]),
    exportBenchmark,
  ],
};

/** A store with a large company's workspace, and a marketer of it. `data`: the folder it is kept in, filled by the first that names it. */
async function startFilled(
  say: (line: string) => void,
  scale: number,
  data: string | null,
): Promise<{ store: RunningStore; marketer: Device }> {
  const folder = data === null ? null : resolve(data);
  const filled = folder === null ? null : join(folder, 'filled');
  const isFilled = filled !== null && existsSync(filled);
  if (folder !== null && existsSync(folder) && !isFilled)
    throw new Error(`${folder} is there and was not filled to its end. Remove it, or name another folder.`);
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const store = await startStore({ RATE_LIMIT: 'off', ...(folder === null ? {} : { DATA_DIR: folder }) });
  try {
    if (isFilled)
      return { store, marketer: await joinStore(await store.invite('marketer', 'again@seller.example'), 'Again') };
    const marketer = await joinStore(await store.firstInvite(), 'Marketer');
    const rep = await joinStore(await store.invite('rep', 'rep@seller.example'), 'Rep');
    await fillDesk(store, { marketer, rep }, scale, say);
    if (filled !== null) writeFileSync(filled, '');
    return { store, marketer };
  } catch (error) {
    await store.stop(data === null ? undefined : 'keep');
    throw error;
  }
}

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
