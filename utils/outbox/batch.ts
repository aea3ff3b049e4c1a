import type { Refusal } from '#contract/mutation.ts';
import { toInstant } from '../platform/clock.ts';
import { log } from '../platform/log.ts';
import { beginStrict, type OutboxDatabase, type OutboxRow } from './database.ts';
import { blank, isBlank, isHeld } from './discard.ts';
import { readWaiting } from './read.ts';

/** The rows up to the first that is held: what comes after it must not overtake it. */
function upToHeld(rows: readonly OutboxRow[], now: number): OutboxRow[] {
  const held = rows.findIndex((row) => isHeld(row, now));
  return rows.slice(0, held === -1 ? rows.length : held);
}

function tried(row: OutboxRow, now: number): OutboxRow {
  const tries = { count: (row.tries?.count ?? 0) + 1, lastAt: toInstant(now), nextAt: null };
  return { ...(row.discardedAt === undefined ? row : blank(row)), tries };
}

/**
 * The oldest rows whose turn it is, in order, at most `limit`, each noted as tried before it can have left: what was discarded is nothing from here on. Empty
 * when nothing waits, or the next is held so that the person can take it back.
 */
export async function takeBatch(outbox: OutboxDatabase, limit: number, now: number): Promise<OutboxRow[]> {
  const rows = upToHeld(await readWaiting(outbox, limit), now);
  if (rows.length === 0) return [];
  return noteTries(outbox, rows, now).catch((error: unknown) => {
    // A disk that takes nothing more must not keep here what it already holds; only nothing may be made of anything without it being written down.
    log.warn('outbox', 'a try was not noted', { error });
    const discarded = rows.findIndex((row) => row.discardedAt !== undefined && !isBlank(row));
    return rows.slice(0, discarded === -1 ? rows.length : discarded);
  });
}

async function noteTries(outbox: OutboxDatabase, rows: readonly OutboxRow[], now: number): Promise<OutboxRow[]> {
  const transaction = beginStrict(outbox);
  const store = transaction.objectStore('rows');
  const present = await store.getAll(IDBKeyRange.bound(rows[0]?.sequence, rows.at(-1)?.sequence));
  // Meanwhile the person may have discarded one.
  const batch = upToHeld(
    present.filter((row) => row.state === 'waiting'),
    now,
  ).map((row) => tried(row, now));
  await Promise.all([...batch.map((row) => store.put(row)), transaction.done]);
  return batch;
}

/** Writes into the rows that did not get through when they will be tried again: those that were tried, and in any case the first, which the rest waits for. */
export async function noteNextTry(outbox: OutboxDatabase, nextAt: number): Promise<void> {
  const transaction = beginStrict(outbox);
  let isFirst = true;
  for await (const cursor of transaction.objectStore('rows').index('state').iterate('waiting')) {
    const { tries = { count: 0, lastAt: null }, ...row } = cursor.value;
    // They are tried in order: behind the first that was not, none was.
    if (tries.count === 0 && !isFirst) break;
    isFirst = false;
    await cursor.update({ ...row, tries: { ...tries, nextAt: toInstant(nextAt) } });
  }
  await transaction.done;
}

/** The store would not look at this row at all: from here on only its number is sent, and the person reads why. */
export async function withholdRow(outbox: OutboxDatabase, sequence: number, why: Refusal): Promise<void> {
  const transaction = beginStrict(outbox);
  const store = transaction.objectStore('rows');
  const row = await store.get(sequence);
  if (row !== undefined) await store.put({ ...row, withheld: why });
  await transaction.done;
}
