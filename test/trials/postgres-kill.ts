import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactId } from '#contract/ids.ts';
import { readPostmaster } from '../../server/db/postmaster.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { addPeople } from './add-people.ts';
import { type Browser, listClicks, openBrowser } from './browser.ts';
import { compareClicks } from './compare-clicks.ts';
import type { Trial, TrialResult } from './trial.ts';

/** The store's PostgreSQL dies at a random moment under clicks, whole or one of its processes; the store brings it back by itself. */
export const postgresKillTrial: Trial = {
  name: 'postgres-kill',
  about:
    'the store’s PostgreSQL, or one process of it, is killed with SIGKILL while people click; nobody starts it again',
  usualCount: 200,
  run: runTrials,
};

const longestDelayMs = 120;

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  // What a killed database makes the store say is not of interest here.
  const store = await startStore({ LOG_LEVEL: 'silent' });
  const browsers: Browser[] = [];
  try {
    const { contacts } = await addPeople(store);
    for (const name of ['rita', 'sam']) {
      const browser = await openBrowser(`${name}@seller.example`);
      await browser.join(await store.invite('rep', browser.address));
      browsers.push(browser);
    }
    for (let trial = 1; trial <= count; trial++) {
      await runTrial(store, browsers, contacts, trial % 2 === 0 ? findBackend : findPostmaster);
      if (trial % 10 === 0) say(`  ${trial} of ${count}`);
    }
    return { name: postgresKillTrial.name, count, ...(await compareClicks(store, browsers.map(listClicks))) };
  } finally {
    for (const browser of browsers) browser.close();
    await store.stop();
  }
}

async function runTrial(
  store: RunningStore,
  browsers: readonly Browser[],
  contacts: readonly ContactId[],
  findVictim: (store: RunningStore) => Promise<number>,
): Promise<void> {
  const victim = await findVictim(store);
  const clicking = { isOn: true };
  const load = browsers.map(async (browser) => {
    while (clicking.isOn) await browser.click(contacts[Math.floor(Math.random() * contacts.length)] as ContactId);
  });
  await sleep(Math.random() * longestDelayMs);
  process.kill(victim, 'SIGKILL');
  await sleep(Math.random() * longestDelayMs);
  clicking.isOn = false;
  await Promise.all(load);
  await Promise.all(browsers.map((browser) => browser.catchUp()));
}

async function findPostmaster({ dataDir }: RunningStore): Promise<number> {
  const server = readPostmaster(join(dataDir, 'postgres'));
  if (server === null) throw new Error(`No PostgreSQL runs in ${dataDir}.`);
  return server.pid;
}

/** One of the processes that work for the store; killed, it takes all others with it, and PostgreSQL starts over within itself. */
async function findBackend(store: RunningStore): Promise<number> {
  const [backend] = await store.sql<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and usename = 'baton_app' order by random() limit 1`,
  );
  return backend?.pid ?? findPostmaster(store);
}
