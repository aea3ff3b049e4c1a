import { browser } from 'wxt/browser';

/**
 * What the browser keeps in memory until it ends, for the extension's own pages and its background alone: content scripts cannot read it, and it is never
 * on disk. `offeredInvite`: an invite link that was taken along from a join page. `nextVersion`: a newer version of the extension that waits. `looks`: how the readers' last
 * looks went, as JSON; `timings`: how the last cards came, as JSON.
 */
interface SessionValues {
  offeredInvite: string;
  nextVersion: string;
  looks: string;
  timings: string;
}

/** A value of this browser session; null when it was never set, or forgotten. */
export async function readSessionValue<K extends keyof SessionValues>(key: K): Promise<SessionValues[K] | null> {
  const value: unknown = (await browser.storage.session.get(key))[key];
  return typeof value === 'string' ? value : null;
}

/** Forgets what tells of where the member was, was invited, and how the cards came; that a newer version waits stays known. */
export async function forgetSession(): Promise<void> {
  const told: (keyof SessionValues)[] = ['looks', 'offeredInvite', 'timings'];
  await browser.storage.session.remove(told);
}

/** Sets a value of this browser session; null forgets it. */
export async function writeSessionValue<K extends keyof SessionValues>(
  key: K,
  value: SessionValues[K] | null,
): Promise<void> {
  await (value === null ? browser.storage.session.remove(key) : browser.storage.session.set({ [key]: value }));
}
