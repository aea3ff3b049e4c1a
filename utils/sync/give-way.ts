import { log } from '../platform/log.ts';
import { emptyReplica } from '../replica/database.ts';
import { changeLocal, readLocal, writeLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/** How long no copy is fetched after there was no room for one, in milliseconds: it would fill the disk again and be thrown away again. */
const pauseMs = 10 * 60_000;

/** There is no room on this disk: the copy, which can be fetched again, makes room for what cannot. */
export async function giveWay(ground: Ground): Promise<void> {
  log.warn('replica', 'there is no room; the copy is emptied');
  await emptyReplica(ground.replica);
  await writeLocal(ground.local, 'noRoomUntil', ground.now() + pauseMs);
  ground.changed();
}

/** Whether the copy lately had to give way, and is not to be fetched yet. Pure. */
export function isWithoutRoom(until: number | null, now: number): boolean {
  if (until === null) return false;
  // Neither for longer when the clock was put back.
  return now < until && until - now <= pauseMs;
}

/** As `isWithoutRoom`, by what is on the disk. */
export async function hasNoRoom(ground: Ground): Promise<boolean> {
  return isWithoutRoom(await readLocal(ground.local, 'noRoomUntil'), ground.now());
}

/** A person wants a copy now: perhaps they have made room. */
export async function tryForRoom(ground: Ground): Promise<void> {
  await changeLocal(ground.local, 'noRoomUntil', () => null);
}
