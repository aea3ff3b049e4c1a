import type { Page } from 'puppeteer-core';
import type { CardAnswer, CardRequest, PanelStatus } from '#contract/card.ts';
import type { MessageName } from '#contract/message.ts';
import type { PushedMutation } from '#contract/mutation.ts';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { findBuild } from '../e2e/harness/sample.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { connect } from '../e2e/people/connect.ts';
import { atMost, figure, type Mark, percentile } from './benchmark.ts';
import { fillPeople, fillTouches, idOf } from './store-load.ts';

const sizes = [1_000, 10_000, 100_000];
const contactsEach = 10;
const touchesEach = 10;
const warmLooks = 300;
const coldLooks = 30;
const changedAccounts = 1_000;
const patienceMs = 10 * 60_000;

/** The wire's own form: the page asks as a panel does. Answers with how long that took, in milliseconds. */
function ask<T>(page: Page, name: MessageName, request: unknown): Promise<{ answer: T; ms: number }> {
  return page.evaluate(
    async (message) => {
      const { chrome } = globalThis as unknown as {
        chrome: { runtime: { sendMessage(raw: unknown): Promise<{ answer: T }> } };
      };
      const before = performance.now();
      const { answer } = await chrome.runtime.sendMessage(message);
      return { answer, ms: performance.now() - before };
    },
    { baton: 1, name, request },
  );
}

/** Somebody in view in a mail, by the address that `fillPeople` gave them. */
function lookAt(contact: number): CardRequest {
  const value = `p${String(contact).padStart(9, '0')}@customer.example`;
  const person = {
    standing: 'sender',
    isCompany: false,
    clues: [{ kind: 'email', value }],
    name: null,
    title: null,
    company: null,
    signals: [],
  };
  return {
    sighting: { site: 'gmail', view: 'thread', hasDraft: false, people: [person] },
    person: null,
    contactId: null,
    accountId: null,
  } as CardRequest;
}

/** Waits until the page's own clock says that the whole copy is here and the first card came. In seconds since `startedAt` of that clock. */
async function awaitFirstCard(page: Page, contacts: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { answer } = await ask<CardAnswer>(page, 'getCard', lookAt(contacts - 1));
    if (answer.card !== null) return (performance.now() - startedAt) / 1000;
    if (performance.now() - startedAt > patienceMs) throw new Error('No copy came within ten minutes.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function readHeapMb(browser: RunningBrowser): Promise<number> {
  const target = await browser.browser.waitForTarget((each) => each.type() === 'service_worker', { timeout: 5000 });
  const worker = await target.worker();
  await worker?.client.send('HeapProfiler.collectGarbage');
  const usage = await worker?.client.send('Runtime.getHeapUsage');
  return (usage?.usedSize ?? Number.NaN) / 1e6;
}

/** How long cards take, asked one after the other for people all over the copy. `stop`: the background is ended before each. */
async function timeCards(
  page: Page,
  contacts: number,
  looks: number,
  stop: (() => Promise<void>) | null,
): Promise<number[]> {
  const samples: number[] = [];
  for (let look = 0; look < looks; look++) {
    await stop?.();
    const { answer, ms } = await ask<CardAnswer>(page, 'getCard', lookAt(Math.floor(Math.random() * contacts)));
    if (answer.card === null) throw new Error('Somebody whom the store knows has no card.');
    samples.push(ms);
  }
  return samples;
}

/** Somebody joins each of so many accounts while this browser sleeps. */
async function changeAccounts(device: Device, count: number): Promise<void> {
  const mutations = Array.from({ length: count }, (_, number): PushedMutation => {
    const contactId = crypto.randomUUID();
    const body = {
      contactId,
      accountId: idOf('account', number),
      name: 'Somebody New',
      address: `${contactId}@customer.example`,
    };
    return { sequence: number + 1, kind: 'addContact', body, at: new Date().toISOString() };
  });
  for (let at = 0; at < count; at += 200) await device.push(mutations.slice(at, at + 200));
}

/** The size of the packed file, once the store has made it; of a store that does not pack, of its lines. Megabytes. */
async function readBytes(device: Device): Promise<number> {
  for (;;) {
    const response = await device.call('/v1/snapshot/packed');
    const bytes = (await response.arrayBuffer()).byteLength;
    if (response.status === 200) return bytes / 1e6;
    if (response.status !== 202) return (await (await device.call('/v1/snapshot')).arrayBuffer()).byteLength / 1e6;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function fill(store: RunningStore, device: Device, contacts: number): Promise<void> {
  const workspace = device.session.workspace.id;
  await fillPeople(store, workspace, { accounts: contacts / contactsEach, contactsEach, touchesEach });
  await fillTouches(store, workspace, { from: 0, to: contacts, each: touchesEach });
  await store.sql('vacuum analyze');
}

async function measureSize(contacts: number, say: (line: string) => void): Promise<Mark[]> {
  const store = await startStore();
  let browser: RunningBrowser | null = null;
  try {
    const device = await joinStore(await store.firstInvite(), 'Bench');
    await fill(store, device, contacts);
    const megabytes = await readBytes(device);
    say(`  ${contacts} contacts: the store has packed ${megabytes.toFixed(1)} MB`);
    browser = await launchBrowser('chromium', { extension: findBuild('chromium') });
    const page = await connect(browser, await store.invite('rep', 'rita.rep@seller.example'), 'Rita Rep', 'open');
    const firstCard = await awaitFirstCard(page, contacts);
    say(`  first card after ${firstCard.toFixed(1)} s`);
    await timeCards(page, contacts, 20, null);
    const warm = await timeCards(page, contacts, warmLooks, null);
    const heap = await readHeapMb(browser);
    const { stopBackground } = browser;
    const cold = await timeCards(page, contacts, coldLooks, stopBackground);
    const changed = Math.min(changedAccounts, contacts / contactsEach);
    await stopBackground();
    await changeAccounts(device, changed);
    const pull = await ask<null>(page, 'syncNow', null);
    const { answer: status } = await ask<PanelStatus>(page, 'getStatus', null);
    if (status.store !== 'reached') throw new Error('The changes were not pulled.');
    const of = `, ${contacts.toLocaleString('en-US')} contacts`;
    return [
      figure(`snapshot: size${of}`, megabytes, 'MB'),
      figure(`joined → first card, and all others${of}`, firstCard, 's'),
      figure(`background: heap after ${warmLooks} cards${of}`, heap, 'MB'),
      figure(`card asked → answered, warm, p50${of}`, percentile(warm, 0.5), 'ms'),
      atMost(50, `card asked → answered, warm, p95${of}`, percentile(warm, 0.95), 'ms'),
      figure(`card asked → answered, background stopped, p50${of}`, percentile(cold, 0.5), 'ms'),
      atMost(300, `card asked → answered, background stopped, p95${of}`, percentile(cold, 0.95), 'ms'),
      figure(`changed accounts pulled a second${of}`, changed / (pull.ms / 1000), '/s'),
    ];
  } finally {
    await browser?.close();
    await store.stop();
  }
}

/** The browser's part of the replica: a copy taken, and cards read from it, by the shipped build in a real Chromium over a real store. Needs a build. */
export async function measureReplicaDevice(say: (line: string) => void, scale: number): Promise<Mark[]> {
  const marks: Mark[] = [];
  for (const contacts of sizes.filter((each) => each <= 100_000 * scale))
    marks.push(...(await measureSize(contacts, say)));
  return marks;
}
