import type { Page } from 'puppeteer-core';
import { launchBrowser } from '../../browsers/launch.ts';
import { findBuild } from '../../e2e/harness/sample.ts';
import { serveSites } from '../../e2e/harness/sites.ts';
import { atMost, figure, type Mark } from '../benchmark.ts';
import { measureOther, type OtherPackage } from './inbox-sdk.ts';
import { longThread } from './pages.ts';
import { addUp, profileDuring, type ScriptTime } from './profile.ts';

const host = 'mail.google.com';
const rows = 100;
const changes = 1000;
const settleMs = 3000;
/** What else the machine does can only add: the best of so many rounds counts. */
const rounds = 5;

/** A mailbox with its rows and, beside them, an open thread. */
function mailbox(): string {
  const row = (index: number) =>
    `<tr class="zA" role="row"><td><span class="zF" email="row${index}@decoy.example" name="Row">Row ${index}</span></td><td><span data-legacy-thread-id="18b${index}">Subject ${index}</span></td></tr>`;
  const list = `<table class="F"><tbody id="rows">${Array.from({ length: rows }, (_, index) => row(index)).join('')}</tbody></table>`;
  return longThread(10).replace('<div class="aeF">', `<div class="aeF">${list}`);
}

/** What a busy mail page does: rows are replaced and marked, and the open thread gets words and folds. */
async function change(page: Page): Promise<void> {
  await page.evaluate(async (count) => {
    const list = document.querySelector('#rows') as Element;
    const thread = document.querySelector('[role="list"]') as Element;
    for (let index = 0; index < count; index += 1) {
      if (index % 2 === 0) {
        const row = list.children[index % list.children.length] as Element;
        row.replaceWith(row.cloneNode(true));
      } else {
        const note = document.createElement('div');
        note.textContent = `Change ${index}`;
        thread.children[index % thread.children.length]?.append(note);
        if (index % 10 === 1) note.remove();
      }
      if (index % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // What was put off until the page is quiet counts as well.
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }, changes);
}

/** What the shipped build costs a busy mail page; beside it what another package costs the same page by being loaded. */
export async function measureBusyMail(say: (line: string) => void, other: OtherPackage | null): Promise<Mark[]> {
  const sites = await serveSites([host], (_host, path) =>
    path.startsWith('/mail/')
      ? { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: mailbox() }
      : null,
  );
  const running = await launchBrowser('chromium', {
    extension: findBuild('chromium'),
    hosts: [host],
    sitesPort: sites.port,
  });
  try {
    const page = await running.newPage(`https://${host}/mail/u/0/#inbox`);
    await page.bringToFront();
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const all: ScriptTime[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const profile = await profileDuring(page, () => change(page));
      const ours = addUp(profile, (url) => url.startsWith('chrome-extension://'));
      say(`  our script: ${ours.totalMs.toFixed(1)} ms of ${changes} changes, longest ${ours.longestMs.toFixed(1)} ms`);
      all.push(ours);
    }
    const least = Math.min(...all.map(({ totalMs }) => totalMs));
    const longest = Math.max(...all.map(({ longestMs }) => longestMs));
    const longTasks = all.reduce((sum, each) => sum + each.longTasks, 0);
    const marks = [
      atMost(20, `our script, ${changes} changes of a mailbox with ${rows} rows`, least, 'ms'),
      atMost(0, 'long tasks of ours (over 50 ms)', longTasks, ''),
      figure('our longest stretch', longest, 'ms'),
    ];
    return other === null ? marks : [...marks, ...(await measureOther(page, other))];
  } finally {
    await running.close();
    await sites.close();
  }
}
