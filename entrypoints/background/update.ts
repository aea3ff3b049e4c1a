import { browser } from 'wxt/browser';
import type { MessageAnswer } from '#contract/message.ts';
import { readSessionValue, writeSessionValue } from '../../utils/settings/session-items.ts';

/** A newer version has come and waits until nothing of the present one runs. */
export async function noteUpdate(version: string): Promise<void> {
  await writeSessionValue('nextVersion', version);
}

/** The version that runs, and the one that waits. */
export async function readVersion(): Promise<MessageAnswer<'getVersion'>> {
  const { version } = browser.runtime.getManifest();
  const next = await readSessionValue('nextVersion');
  return { now: version, next: next === version ? null : next };
}
