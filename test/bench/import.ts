import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { atLeast, atMost, type Benchmark, figure, type Mark } from './benchmark.ts';
import type { PushResult } from './push-load.ts';
import { readPeakMemory } from './read-process.ts';
import { startPushes } from './start-pushes.ts';
import { fillStore } from './store-load.ts';
import { uploadFile } from './upload.ts';
import { waitForWal } from './wait-for-wal.ts';
import { writeMembers } from './write-members.ts';

const fullRows = 1_000_000;
const campaigns = 10;
const peopleOfCompany = 12;
const stretchMs = 8000;
/** Reps at work beside an import do not push without a pause. */
const pauseMs = 100;
const reps = 4;
/** What a store makes ready of its log when nothing else is said. */
const walMegabytes = 1024;

/** A marketer uploads large Salesforce exports to a running store while reps go on pushing verdicts. */
export const importBenchmark: Benchmark = {
  name: 'import',
  about: `${fullRows.toLocaleString('en-US')} Salesforce campaign members uploaded to a store, of unknown and then of known people, with ${reps} reps pushing verdicts meanwhile.`,
  async measure(say, scale) {
    const dir = await mkdtemp(join(tmpdir(), 'baton-bench-'));
    // What reps may push an hour is for people, not for a benchmark.
    const store = await startStore({ RATE_LIMIT: 'off', WAL_AHEAD_MB: String(walMegabytes) }, tmpdir(), null, true);
    try {
      await waitForWal(store, walMegabytes);
      return await measureImport(store, dir, Math.max(10_000, Math.round(fullRows * scale)), say);
    } finally {
      await store.stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
};

async function measureImport(
  store: RunningStore,
  dir: string,
  rows: number,
  say: (line: string) => void,
): Promise<Mark[]> {
  const marketer = await joinStore(await store.invite('marketer', 'marketer@seller.example'), 'Marketer');
  const devices: Device[] = [];
  for (let number = 1; number <= reps; number++)
    devices.push(await joinStore(await store.invite('rep', `rep-${number}@seller.example`), `Rep ${number}`));
  const contacts = await fillStore(store, marketer, { accounts: 200 });
  let sequences = devices.map(() => 1);
  /** The reps push for as long as the work takes. */
  const pushBeside = async <T>(work: Promise<T>): Promise<{ done: T; pushes: PushResult }> => {
    const pushing = startPushes({
      url: store.url,
      tokens: devices.map(({ token }) => token),
      sequences,
      contacts: contacts.slice(0, 500),
      pauseMs,
    });
    const done = await work.finally(pushing.stop);
    const pushes = await pushing.result;
    sequences = pushes.sequences;
    return { done, pushes };
  };

  // An import is a process of its own, of which nothing can be read once it is over.
  let peak = 0;
  const watching = setInterval(() => {
    peak = Math.max(peak, readPeakMemory(store.pid() ?? 0) || 0);
  }, 200).unref();
  const people = Math.round(rows / campaigns);
  const marks: Mark[] = [];
  for (const [index, who] of ['unknown people', 'known people'].entries()) {
    const path = join(dir, `${index}.csv`);
    const companies = Math.ceil(people / peopleOfCompany);
    await writeMembers(path, { rows, people, companies, firstCampaign: 1 + index * campaigns });
    say('  pushes alone');
    const { pushes: alone } = await pushBeside(sleep(stretchMs));
    say(`  ${rows.toLocaleString('en-US')} touches of ${who}`);
    const { done: status, pushes: during } = await pushBeside(uploadFile(marketer, path));
    if (status.touches.added !== rows)
      throw new Error(`The import added ${status.touches.added} touches of ${rows}: ${status.failure}`);
    marks.push(
      atLeast(50_000, `touches of ${who}, from the first byte on`, status.rowsPerSecond ?? 0, '/s'),
      figure(`${who}: push alone, p95 of ${alone.pushes}`, alone.p95, 'ms'),
      figure(`${who}: push during the import, p95 of ${during.pushes}`, during.p95, 'ms'),
      atMost(2, `${who}: push during the import against alone, p95`, during.p95 / alone.p95, 'times'),
    );
  }
  clearInterval(watching);
  return peak === 0 ? marks : [...marks, figure("the store's memory at its highest, its import's with it", peak, 'MB')];
}
