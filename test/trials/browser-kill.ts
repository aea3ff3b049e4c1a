import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'puppeteer-core';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from '../e2e/harness/panel.ts';
import { rep, type Sample, startSample } from '../e2e/harness/sample.ts';
import { connect } from '../e2e/people/connect.ts';
import { findCard, openMailbox, openThread } from '../e2e/people/rep.ts';
import type { Trial, TrialResult } from './trial.ts';

const subject = 'Line 3 stoppages';
const contact = 'Dana Ortiz';
const longestDelayMs = 250;
const drainMs = 60_000;

/** The whole browser dies at a random moment around a click in the mail page, and is started again on the same profile. */
export const browserKillTrial: Trial = {
  name: 'browser-kill',
  about: 'Chromium is killed with SIGKILL around a click on Weak or Strong, and started again',
  usualCount: 200,
  run: runTrials,
};

/** One click: when it was made by this machine's clock, and whether the person was told that it is kept. */
interface Click {
  at: Date;
  isPromised: boolean;
}

async function runTrials(count: number, say: (line: string) => void): Promise<TrialResult> {
  const sample = await startSample();
  const profileDir = await mkdtemp(join(tmpdir(), 'baton-trial-'));
  const launch = () => sample.launch('chromium', { profileDir });
  let browser: RunningBrowser | null = await launch();
  try {
    await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
    const clicks: Click[] = [];
    for (let trial = 1; trial <= count; trial++) {
      browser ??= await launch();
      clicks.push(await clickAndKill(browser));
      browser = null;
      if (trial % 10 === 0) say(`  ${trial} of ${count}`);
    }
    browser = await launch();
    await openCard(browser);
    await waitForPromised(sample, clicks);
    say(
      `  ${clicks.filter(({ isPromised }) => isPromised).length} of ${count} clicks were shown as kept before the kill`,
    );
    return { name: browserKillTrial.name, count, ...(await compare(sample, clicks)) };
  } finally {
    await browser?.kill();
    await sample.close();
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function openCard(browser: RunningBrowser): Promise<Frame> {
  const mailbox = await openMailbox(browser);
  await openThread(mailbox, subject);
  return findCard(mailbox, contact);
}

async function clickAndKill(browser: RunningBrowser): Promise<Click> {
  const panel = await openCard(browser);
  const value = (await panel.$('::-p-aria(Weak[role="button"])[aria-pressed=true]')) ? 'Strong' : 'Weak';
  const button = await panel.waitForSelector(named(value, 'button'));
  const at = new Date();
  const click = { at, isPromised: false };
  const killing = sleep(Math.random() * longestDelayMs).then(() => browser.kill());
  try {
    // Not a locator: it would wait for a browser that is gone.
    await button?.click();
    // What the person can read until the very end.
    while (!click.isPromised) click.isPromised = await panel.evaluate(isToldKept, value);
  } catch {
    // The browser is gone: nothing more can be read.
  }
  await killing;
  return click;
}

/** Runs in the panel. */
function isToldKept(value: string): boolean {
  const pressed = document.querySelector('button[aria-pressed=true]')?.textContent ?? '';
  const receipt = document.querySelector('.receipt')?.textContent ?? '';
  return pressed.includes(value) && /Saved here|Sent/.test(receipt);
}

async function readTimes(sample: Sample): Promise<Date[]> {
  const rows = await sample.store.sql<{ claimed_at: Date }>('select claimed_at from verdict order by at, id');
  return rows.map((row) => row.claimed_at);
}

/** How many of these moments belong to each click: those from its own moment to the next click's. */
function countPerClick(clicks: readonly Click[], times: readonly Date[]): number[] {
  return clicks.map(({ at }, index) => {
    const next = clicks[index + 1]?.at ?? new Date(8.64e15);
    return times.filter((time) => time >= at && time < next).length;
  });
}

async function waitForPromised(sample: Sample, clicks: readonly Click[]): Promise<void> {
  for (const deadline = Date.now() + drainMs; Date.now() < deadline; await sleep(500)) {
    const kept = countPerClick(clicks, await readTimes(sample));
    if (clicks.every(({ isPromised }, index) => !isPromised || (kept[index] ?? 0) > 0)) return;
  }
}

async function compare(
  sample: Sample,
  clicks: readonly Click[],
): Promise<{ lost: number; doubled: number; disordered: number }> {
  const times = await readTimes(sample);
  const kept = countPerClick(clicks, times);
  return {
    lost: clicks.filter(({ isPromised }, index) => isPromised && kept[index] === 0).length,
    doubled: kept.filter((rows) => rows > 1).length,
    disordered: times.filter((time, index) => time < (times[index - 1] ?? time)).length,
  };
}
