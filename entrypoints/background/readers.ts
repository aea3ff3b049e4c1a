import { browser } from 'wxt/browser';
import { broadcastToAll } from '../../utils/messaging/broadcast.ts';
import { log } from '../../utils/platform/log.ts';
import { type ReaderScript, readerScriptOf, readerScripts } from '../../utils/settings/reader-scripts.ts';
import { readSiteStates } from '../../utils/settings/site-switches.ts';

/** A reader's script and the hosts it is for, as match patterns. */
interface Placing {
  script: ReaderScript;
  patterns: string[];
}

const idOf = (script: ReaderScript) => `reader-${script}` as const;
const fileOf = (script: ReaderScript) => `/content-scripts/${idOf(script)}.js` as const;

/** Where each reader belongs by the sites as they stand now. */
async function placeReaders(): Promise<Placing[]> {
  const states = await readSiteStates();
  return readerScripts.map((script) => ({
    script,
    patterns: states.filter(({ site }) => readerScriptOf(site.id) === script).flatMap(({ readable }) => readable),
  }));
}

/**
 * Registers each reader on the hosts on which Baton reads by it, and on no other; answers those on which it was not registered before. Outlives a restart of
 * the browser, not an update.
 */
export async function registerReaders(): Promise<Placing[]> {
  const registered = new Map(
    (await browser.scripting.getRegisteredContentScripts()).map(({ id, matches }) => [id, matches ?? []]),
  );
  const added: Placing[] = [];
  for (const { script, patterns } of await placeReaders()) {
    const id = idOf(script);
    const before = registered.get(id);
    added.push({ script, patterns: patterns.filter((pattern) => !before?.includes(pattern)) });
    const whole = { id, matches: patterns, js: [fileOf(script)], runAt: 'document_idle' as const };
    if (patterns.length === 0) {
      if (before !== undefined) await browser.scripting.unregisterContentScripts({ ids: [id] });
    } else if (before !== undefined) await browser.scripting.updateContentScripts([whole]);
    else await browser.scripting.registerContentScripts([{ ...whole, persistAcrossSessions: true }]);
  }
  return added;
}

/** Puts readers into tabs that are already open at their hosts, so that nobody has to reload. A tab that cannot take it (an error page) is passed over. */
async function injectReaders(placings: readonly Placing[]): Promise<void> {
  await Promise.all(placings.filter(({ patterns }) => patterns.length > 0).map(injectReader));
}

async function injectReader({ script, patterns }: Placing): Promise<void> {
  const tabs = await browser.tabs.query({ url: patterns });
  await Promise.all(
    tabs.map(async ({ id: tabId, discarded }) => {
      if (tabId === undefined || discarded) return;
      await browser.scripting
        .executeScript({ target: { tabId, frameIds: [0] }, files: [fileOf(script)] })
        .catch((error: unknown) => log.info('background', 'a tab did not take the reader', { tabId, error }));
    }),
  );
}

/**
 * Makes every page agree with the sites as they stand now: a reader comes into the open pages of hosts that are new, and each that is there asks whether it
 * may stay, and by what rule it reads.
 */
export async function applySites(): Promise<void> {
  await injectReaders(await registerReaders());
  await broadcastToAll('sitesChanged');
}

/** Puts the readers into every open page of the sites that are on: after an update those that are there belong to the extension's last version. */
export async function renewReaders(): Promise<void> {
  await registerReaders();
  await injectReaders(await placeReaders());
}

/** Puts the panel's script into the frame whose reader asks for it. */
export async function injectPanel(tabId: number, frameId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: ['/overlay.js' as never] });
}
