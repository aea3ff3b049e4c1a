import type { MessageAnswer } from '#contract/message.ts';
import type { Reading } from '../replica/reader.ts';
import { readLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/** How far this device has come since it joined, from what is on its disk: a card that was shown has left its account among the last opened. */
export async function readFirstSteps(ground: Ground, reading: Reading | null): Promise<MessageAnswer<'getFirstSteps'>> {
  const recent = await readLocal(ground.local, 'recent');
  const hasShownCard = recent !== null && recent.length > 0;
  if (reading === null) {
    const { copying } = ground;
    return { accounts: copying && { copied: copying.copied, of: copying.of }, hasShownCard };
  }
  // Of a copy that is damaged and will be replaced, what it said of itself.
  const count = await reading.count().catch(() => reading.base?.facts.bundles ?? 0);
  return { accounts: { copied: count, of: count }, hasShownCard };
}
