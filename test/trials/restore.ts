import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountId, ContactId } from '#contract/ids.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { addPeople } from './add-people.ts';
import { type Browser, listClicks, openBrowser } from './browser.ts';
import { compareClicks } from './compare-clicks.ts';
import type { Trial, TrialResult } from './trial.ts';

/** A backup is taken while people click; they click on; the store is lost, and a new one is filled from the backup. */
export const restoreTrial: Trial = {
  name: 'restore',
  about:
    'the store is lost and restored from a backup that was taken while people clicked, and they clicked on after it',
  usualCount: 20,
  run: runTrials,
};

const afterMs = 400;

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  const backups = await mkdtemp(join(tmpdir(), 'baton-trial-'));
  const store = await startStore();
  const browsers: Browser[] = [];
  try {
    const { account, contacts } = await addPeople(store);
    for (const name of ['rita', 'sam', 'ada', 'bo']) browsers.push(await joinNew(store, `${name}@seller.example`));
    let replayed = 0;
    let refused = 0;
    for (let trial = 1; trial <= count; trial++) {
      replayed += await runTrial(store, browsers, { account, contacts }, join(backups, `${trial}.backup`), trial);
      for (const browser of browsers) refused += (await browser.read()).refused;
      say(`  ${trial} of ${count}: ${replayed} clicks were not in their backup`);
    }
    const result = await compareClicks(store, browsers.map(listClicks));
    return { name: restoreTrial.name, count, ...result, lost: result.lost + refused };
  } finally {
    for (const browser of browsers) browser.close();
    await store.stop();
    await rm(backups, { recursive: true, force: true });
  }
}

/** One loss. Answers how many clicks the restored store did not have. */
async function runTrial(
  store: RunningStore,
  browsers: Browser[],
  { account, contacts }: { account: AccountId; contacts: readonly ContactId[] },
  backup: string,
  trial: number,
): Promise<number> {
  const anyone = () => contacts[Math.floor(Math.random() * contacts.length)] as ContactId;
  const clicking = { isOn: true };
  const [rita, sam, ada, bo] = browsers;
  if (!(rita && sam && ada && bo)) throw new Error('Four people take part.');
  const load = [rita, sam, ...browsers.slice(4)].map(async (browser) => {
    while (clicking.isOn) await browser.click(anyone());
  });
  await sleep(Math.random() * 200);
  await store.command('backup', '--to', backup);
  // One joins that the backup does not know, one has no network in the end: what it clicks then has never left it.
  const late = await joinNew(store, `late-${trial}@seller.example`);
  const cut = trial % 2 === 0 ? rita : sam;
  await sleep(Math.random() * afterMs);
  for (let times = 0; times < 3; times++) await late.click(anyone());
  await bo.click(await ada.add(account));
  cut.isOffline = true;
  await sleep(Math.random() * afterMs);
  clicking.isOn = false;
  await Promise.all(load);
  browsers.push(late);

  await store.startAnew(async (command) => void (await command('restore', backup)));
  const [row] = await store.sql<{ kept: number }>('select count(*)::int as kept from verdict');
  const wanted = browsers.reduce((sum, { clicks }) => sum + clicks.length, 0);
  cut.isOffline = false;
  // It learns that nobody knows it, keeps what it has, and is invited again.
  await late.meet();
  await late.join(await store.invite('rep', late.address));
  // Whoever clicked on a colleague's new person comes back before the colleague.
  await bo.meet();
  await Promise.all(browsers.map((browser) => browser.catchUp()));
  return wanted - (row?.kept ?? 0);
}

async function joinNew(store: RunningStore, address: string): Promise<Browser> {
  const browser = await openBrowser(address);
  await browser.join(await store.invite('rep', address));
  return browser;
}
