import type { Bundle } from '#contract/bundle.ts';
import { type ReplicaDatabase, storesOf } from './database.ts';
import { toBundleRow } from './rows.ts';

/** So many bundles that were in view are kept at most. */
const mostSeen = 2000;
/** How coarsely it is noted when one was last looked at, in milliseconds. */
const lookStepMs = 60 * 60_000;

/**
 * Keeps bundles that were fetched as they came into view, under a base that does not hold them; those that nobody has looked at for longest make room.
 * What the feed has told meanwhile stays as it is. `keyId`: the hash key they were asked for with; a copy under another one takes none of them.
 */
export async function keepSeen(
  replica: ReplicaDatabase,
  bundles: readonly Bundle[],
  keyId: string | undefined,
  now: number,
): Promise<void> {
  const transaction = replica.transaction(['head', 'bundles-a', 'bundles-b'], 'readwrite');
  const head = await transaction.objectStore('head').get('head');
  if (head !== undefined && head.keyId === keyId) {
    const rows = transaction.objectStore(storesOf(head.generation).bundles);
    for (const bundle of bundles)
      if ((await rows.getKey(bundle.id)) === undefined) await rows.put({ ...toBundleRow(bundle), seenAt: now });
    let over = (await rows.index('seenAt').count()) - mostSeen;
    for (let cursor = await rows.index('seenAt').openCursor(); cursor !== null && over > 0; over--) {
      await cursor.delete();
      cursor = await cursor.continue();
    }
    await transaction.objectStore('head').put({ ...head, seen: (head.seen ?? 0) + 1 });
  }
  await transaction.done;
}

/** Notes that a bundle is looked at, so that it stays; nothing where it needs no such note. */
export async function noteLookedAt(replica: ReplicaDatabase, id: string, now: number): Promise<void> {
  const transaction = replica.transaction(['head', 'bundles-a', 'bundles-b'], 'readwrite');
  const head = await transaction.objectStore('head').get('head');
  const rows = head && transaction.objectStore(storesOf(head.generation).bundles);
  const row = await rows?.get(id);
  if (rows && row && 'seenAt' in row && Math.abs(now - (row.seenAt ?? 0)) > lookStepMs)
    await rows.put({ ...row, seenAt: now });
  await transaction.done;
}
