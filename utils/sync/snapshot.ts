import { keepStorage } from '../platform/keep-storage.ts';
import { log } from '../platform/log.ts';
import { isDamage, isNoRoom } from '../replica/trouble.ts';
import { readLocal } from '../settings/local-state.ts';
import type { Line } from './call.ts';
import type { Ground } from './ground.ts';
import { keepHashKeys } from './hash-keys.ts';
import { createSilence } from './silence.ts';
import { done, type Step } from './step.ts';
import { takeLines } from './take-lines.ts';
import { takePacked } from './take-packed.ts';

/** How long the stream may be silent, in milliseconds. A snapshot as a whole may take as long as it takes. */
const silenceMs = 30_000;

/**
 * Fetches a whole copy, packed where the store packs. One that is cut off, or that is somebody else's page, is not taken: the old one stays.
 * `known`: the packed file that is here and is not wanted again; null: any is wanted. Rejects only when this disk is full or damaged.
 */
export async function takeSnapshot(ground: Ground, line: Line, known: string | null = null): Promise<Step> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null) return done;
  const { keyId } = connection.session.hashing;
  const silence = createSilence(silenceMs);
  ground.copying ??= { copied: 0, of: 0, packed: null };
  let step: Step | null = null;
  try {
    step =
      (await takePacked(ground, line, { keyId, known }, silence)) ?? (await takeLines(ground, line, keyId, silence));
    if (step.kind === 'done') {
      await keepHashKeys(ground, connection.session);
      keepStorage().catch((error: unknown) => log.info('sync', 'the browser may clear the copy', { error }));
    }
    return step;
  } catch (error) {
    if (isNoRoom(error) || isDamage(error)) throw error;
    log.warn('sync', 'no copy was taken', { error });
    return { kind: 'unreachable', why: 'the copy did not come whole' };
  } finally {
    silence.stop();
    // While the store is still making it, how far it has come stays to be seen.
    if (step?.kind !== 'later') ground.copying = null;
    ground.changed();
  }
}
