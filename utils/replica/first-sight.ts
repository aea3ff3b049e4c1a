import type { Bundle } from '#contract/bundle.ts';
import { type BundleRow, type RemovedRow, type ReplicaDatabase, type ReplicaHead, storesOf } from './database.ts';
import { isRemoved, toBundleRow } from './rows.ts';

/** So many bundles that were in view are kept at most. */
const mostSeen = 2000;
/** How coarsely it is noted when one was last looked at, in milliseconds. */
const lookStepMs = 60 * 60_000;

const cardOf = ({ contacts }: Bundle) => Math.min(...contacts.map(({ score }) => score.scorecardVersion));

/**
 * What takes the place of what stands in a row; null: nothing, as the feed has told it meanwhile. One whose scores are by an earlier card than those that came was
 * read before them, and its place in the feed stays: it is not let go of.
 */
function renew(row: BundleRow | RemovedRow | undefined, came: Bundle, now: number): BundleRow | null {
  if (row === undefined) return { ...toBundleRow(came), seenAt: now };
  if (isRemoved(row) || cardOf(row) >= cardOf(came)) return null;
  return { ...toBundleRow(came), ...('seenAt' in row && { seenAt: now }) };
}

/**
 * Keeps bundles that were fetched as they came into view, under a base that does not hold them, or holds them under an earlier card; those that nobody has looked at
 * for longest make room. What the feed has told meanwhile stays as it is. `keyId`: the hash key they were asked for with; a copy under another one takes none of them.
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
    for (const bundle of bundles) {
      const renewed = renew(await rows.get(bundle.id), bundle, now);
      if (renewed !== null) await rows.put(renewed);
    }
    let over = (await rows.index('seenAt').count()) - mostSeen;
    for (let cursor = await rows.index('seenAt').openCursor(); cursor !== null && over > 0; over--) {
      await cursor.delete();
      cursor = await cursor.continue();
    }
    await transaction.objectStore('head').put({ ...head, seen: (head.seen ?? 0) + 1 });
  }
  await transaction.done;
}

/** Whether a row may be let go of, and was last noted as looked at long ago. */
function isDue(row: BundleRow | RemovedRow | undefined, now: number): row is BundleRow {
  return row !== undefined && 'seenAt' in row && Math.abs(now - (row.seenAt ?? 0)) > lookStepMs;
}

/** Notes that a bundle is looked at, so that it stays; nothing where it needs no such note. */
export async function noteLookedAt(
  replica: ReplicaDatabase,
  { generation }: Pick<ReplicaHead, 'generation'>,
  id: string,
  now: number,
): Promise<void> {
  const store = storesOf(generation).bundles;
  // Seldom so: what writes keeps the next card waiting.
  if (!isDue(await replica.get(store, id), now)) return;
  const transaction = replica.transaction(store, 'readwrite');
  const row = await transaction.store.get(id);
  if (isDue(row, now)) await transaction.store.put({ ...row, seenAt: now });
  await transaction.done;
}
