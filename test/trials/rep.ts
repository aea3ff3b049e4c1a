import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { ContactId, InsightId, VerdictId } from '#contract/ids.ts';
import type { BrowserName } from '../browsers/find.ts';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { askBackground } from '../e2e/harness/ask-background.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type FaultProxy, startFaultProxy } from '../e2e/harness/fault-proxy.ts';
import { findBuild } from '../e2e/harness/sample.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { connect } from '../e2e/people/connect.ts';
import { addPeople } from './add-people.ts';
import { type Click, compareClicks } from './compare-clicks.ts';
import { findApart } from './find-apart.ts';
import type { TrialResult } from './trial.ts';

/** A rep's browser with the shipped extension, a store, a bad network between them, and a colleague who writes to the store too. */
export interface Rep {
  store: RunningStore;
  proxy: FaultProxy;
  browser: RunningBrowser;
  /** One of the extension's own pages: what it asks, a panel asks in the same words. */
  page(): Page;
  workspaceId: string;
  /** One click on Weak or Strong. Resolves when the background has answered, or when it is clear that it will not. */
  click(): Promise<void>;
  /** Something that changes what this browser's copy must hold. */
  writeAsColleague(): Promise<void>;
  /** Brings it up to date, as the button does; whatever comes of it. */
  bringUpToDate(): Promise<void>;
  /** Brings it up to date until nothing waits and its copy stands where the store does. Throws when that is not so after a minute. */
  settle(): Promise<void>;
  /** Puts a newer version in the extension's place, as the browser does with an update: its pages and its background go, its data stays. */
  update(): Promise<void>;
  /** How many clicks are told as sent right now and are not in the store. */
  countFalselySent(): Promise<number>;
  /** The balance of all clicks, and of what the copy holds. */
  compare(): Promise<Omit<TrialResult, 'name' | 'count'>>;
  close(): Promise<void>;
}

const patienceMs = 60_000;
/** How long a click may be without an answer: a background that was ended under it gives none. */
const answerMs = 3000;

/** Starts all of it, signed in and with a whole copy. The extension must have been built. */
export async function startRep(browserName: BrowserName, seed: number): Promise<Rep> {
  const store = await startStore();
  const { workspaceId, account, contacts } = await addPeople(store);
  const proxy = await startFaultProxy(store.url, seed);
  const browser = await launchBrowser(browserName, { extension: findBuild(browserName) });
  let page = await connect(browser, proxy.leadThrough(await store.invite('rep', 'rita@seller.example')), 'Rita Rep');
  const colleague = await joinStore(await store.invite('rep', 'sam@seller.example'), 'Sam Rep');
  const { session } = (await askBackground(page, 'getSession', null)) ?? {};
  const deviceId = session?.device.id ?? '';
  const clicks: (Click & { sequence: number })[] = [];
  let written = 0;
  const anyone = () => contacts[Math.floor(Math.random() * contacts.length)] as ContactId;
  const status = () => askBackground(page, 'getStatus', null);

  async function bringUpToDate(): Promise<void> {
    await askBackground(page, 'syncNow', null);
  }

  /** Whether the copy says that it is where the store is: while another one is still being packed, the one before it serves. */
  async function isNewest(): Promise<boolean> {
    const [newest] = await store.sql<{ cursor: string }>(`select seq || '.' || token as cursor from feed_counter`);
    return (await readCursor(page)) === newest?.cursor;
  }

  async function settle(): Promise<void> {
    for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(50)) {
      await bringUpToDate();
      const told = await status();
      if (told?.unsent.length === 0 && told.replica === 'ready' && (await isNewest())) return;
    }
    throw new Error(
      `Something still waits, or the copy is not the newest, after a minute of a fair network: ${JSON.stringify(await status())}`,
    );
  }

  return {
    store,
    proxy,
    browser,
    page: () => page,
    workspaceId,
    async click() {
      const click = { verdictId: randomUUID() as VerdictId, isPromised: false, sequence: 0 };
      clicks.push(click);
      const body = { verdictId: click.verdictId, contactId: anyone(), value: 'weak' as const, shown: null };
      const saved = await askBackground(page, 'saveMutation', { kind: 'recordVerdict', body }, answerMs);
      if (saved?.ok) Object.assign(click, { isPromised: true, sequence: saved.value.sequence });
    },
    async writeAsColleague() {
      await writeInsight(colleague, account, ++written);
    },
    bringUpToDate,
    settle,
    async update() {
      await updateExtension(browser, page);
      page = await browser.openExtensionPage('options.html');
    },
    async countFalselySent() {
      const unsent = (await status())?.unsent;
      if (unsent === undefined) return 0;
      const kept = await store.sql<{ id: string }>('select id from verdict where device_id = $1', [deviceId]);
      const there = new Set(kept.map(({ id }) => id));
      const waiting = new Set(unsent.map(({ sequence }) => sequence));
      return clicks.filter((each) => each.isPromised && !waiting.has(each.sequence) && !there.has(each.verdictId))
        .length;
    },
    async compare() {
      return { ...(await compareClicks(store, [clicks])), apart: await findApart(store, page, contacts) };
    },
    async close() {
      await browser.close();
      await proxy.close();
      await store.stop();
    },
  };
}

/** Where the copy stands, as it is written in it; null: there is none. */
function readCursor(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('baton-replica'));
    try {
      const head = await settled(database.transaction('head').objectStore('head').get('head'));
      return head?.cursor ?? null;
    } finally {
      database.close();
    }
  });
}

async function updateExtension({ name, browser }: RunningBrowser, page: Page): Promise<void> {
  if (name === 'chromium') {
    await browser.installExtension(findBuild(name));
    return;
  }
  await page.evaluate(() => {
    const api = (globalThis as unknown as { browser: { runtime: { reload(): void } } }).browser;
    setTimeout(() => api.runtime.reload(), 0);
  });
  // Its pages go with it: once this one is gone, so is all that ran.
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(50))
    if (page.isClosed() || (await page.evaluate(() => false).catch(() => true))) return;
}

async function writeInsight(colleague: Device, accountId: string, sequence: number): Promise<void> {
  const insightId = randomUUID() as InsightId;
  const words = { text: `Heard ${sequence} times.`, quote: null, kind: 'customer', method: 'interview' } as const;
  const body = { insightId, accountId: accountId as never, contactId: null, ...words };
  await colleague.push([{ kind: 'recordInsight', body, sequence, at: new Date().toISOString() }]);
}
