import { log } from '../platform/log.ts';
import { markBroken } from '../replica/database.ts';
import { BrokenCopy } from '../replica/packed/broken-copy.ts';
import type { Ground } from './ground.ts';

/**
 * Notes that the copy turned out to be damaged, so that another is fetched; what of it is whole goes on serving until then. `onBroken` hears it once a copy.
 * Answers whether that is what `error` says.
 */
export async function noteBroken(
  ground: Ground,
  error: unknown,
  onBroken: () => void = () => undefined,
): Promise<boolean> {
  if (!(error instanceof BrokenCopy)) return false;
  if (await markBroken(ground.replica)) {
    log.warn('replica', 'the copy is damaged and is fetched again', { error });
    onBroken();
  }
  return true;
}
