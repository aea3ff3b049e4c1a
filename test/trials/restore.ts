import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountId, ContactId } from '#contract/ids.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { type Browser, openBrowser } from './restore-browser.ts';
import type { Trial, TrialResult } from './trial.ts';

/** A backup is taken while people click; they click on; the store is lost, and a new one is filled from the backup. */
export const restoreTrial: Trial = {
  name: 'restore',
  about:
    'the store is lost and restored from a backup that was taken while people clicked, and they clicked on after it',
  usualCount: 20,
  run: runTrials,
};

const people = 40;
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
    const result = await compare(store, browsers);
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

/** What the store holds in the end, beside what was clicked. */
async function compare(
  store: RunningStore,
  browsers: readonly Browser[],
): Promise<Pick<TrialResult, 'lost' | 'doubled' | 'disordered'>> {
  const kept = (await store.sql<{ id: string }>('select id from verdict order by at, id')).map(({ id }) => id);
  const told = await store.sql(
    `select 1 from feed_entry, jsonb_array_elements(changes) as change
     where change->>'kind' = 'verdict' group by change->>'id' having count(*) > 1`,
  );
  const all = new Set(kept);
  let [lost, disordered, wanted] = [0, 0, 0];
  for (const { clicks } of browsers) {
    const own = new Set(clicks);
    const order = kept.filter((id) => own.has(id));
    const expected = clicks.filter((id) => all.has(id));
    wanted += clicks.length;
    lost += clicks.length - expected.length;
    disordered += order.filter((id, index) => id !== expected[index]).length;
  }
  return { lost, doubled: told.length + Math.max(0, kept.length - wanted), disordered };
}

/** People to click on, put straight into the database: the trial is about clicks, not about imports. */
async function addPeople(store: RunningStore): Promise<{ account: AccountId; contacts: ContactId[] }> {
  const [workspace] = await store.sql<{ id: string }>('select workspace_id as id from workspace');
  const account = randomUUID() as AccountId;
  await store.sql('insert into account (workspace_id, id, name) values ($1, $2, $3)', [
    workspace?.id,
    account,
    'Sample',
  ]);
  const ids = Array.from({ length: people }, () => randomUUID() as ContactId);
  await store.sql(
    `insert into contact (workspace_id, id, account_id, name) select $1, id, $2, 'Person' from unnest($3::uuid[]) as id`,
    [workspace?.id, account, ids],
  );
  return { account, contacts: ids };
}
