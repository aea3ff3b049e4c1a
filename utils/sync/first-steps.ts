import type { MessageAnswer } from '#contract/message.ts';
import { countBundles, readHead } from '../replica/database.ts';
import { readLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/** How far this device has come since it joined, from what is on its disk: a card that was shown has left its account among the last opened. */
export async function readFirstSteps(ground: Ground): Promise<MessageAnswer<'getFirstSteps'>> {
  const [head, recent] = await Promise.all([readHead(ground.replica), readLocal(ground.local, 'recent')]);
  const hasShownCard = recent !== null && recent.length > 0;
  if (head === null) return { accounts: ground.copying, hasShownCard };
  const count = await countBundles(ground.replica, head.generation);
  return { accounts: { copied: count, of: count }, hasShownCard };
}
