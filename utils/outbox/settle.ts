import type { Refusal, Rejection } from '#contract/mutation.ts';
import { beginStrict, type OutboxDatabase, type OutboxRow, readLastSequence } from './database.ts';
import { blank, canRestore } from './discard.ts';

/** What the store says of this device's mutations: all up to `lastSequence` are there, save those it refused. */
export interface Progress {
  lastSequence: number;
  rejected: readonly Rejection[];
}

const keptMs = 30 * 24 * 60 * 60 * 1000;

/** The row as the store's word makes it; the same object when nothing changes. */
function follow(row: OutboxRow, progress: Progress, refusals: Map<number, Refusal>, at: string): OutboxRow {
  const isStored = row.sequence <= progress.lastSequence;
  if (isStored === (row.state !== 'waiting')) return row;
  if (!isStored) return { ...row, state: 'waiting', settledAt: null, rejection: null };
  const { tries: _done, ...settled } = row;
  const refusal = refusals.get(row.sequence);
  if (refusal === undefined) {
    // Discarded, and yet not refused: the store had it before it was discarded.
    const { discardedAt: _tooLate, withheld: _needless, ...sent } = settled;
    return { ...sent, state: 'sent', settledAt: at, rejection: null };
  }
  const { code, message } = row.withheld ?? refusal;
  return { ...settled, state: 'refused', settledAt: at, rejection: { code, message } };
}

/** Whether every row already stands as the store says: the usual case after a pull, told without writing. */
async function isSettled(outbox: OutboxDatabase, lastSequence: number): Promise<boolean> {
  const transaction = outbox.transaction(['rows', 'counter']);
  const byState = transaction.objectStore('rows').index('state');
  const [last, waiting, after, waitingAfter] = await Promise.all([
    readLastSequence(transaction.objectStore('counter')),
    byState.count('waiting'),
    transaction.objectStore('rows').count(IDBKeyRange.lowerBound(lastSequence, true)),
    byState.getAllKeys('waiting').then((keys) => keys.filter((key) => key > lastSequence).length),
  ]);
  return last >= lastSequence && waiting === waitingAfter && after === waitingAfter;
}

/**
 * Brings every row to what the store says. Rows up to `lastSequence` are settled; rows after it wait, also those once confirmed:
 * a store restored from an older backup gets them again. The next sequence never falls behind the store's. Answers whether any row changed.
 */
export async function settleRows(outbox: OutboxDatabase, progress: Progress, at: string): Promise<boolean> {
  if (await isSettled(outbox, progress.lastSequence)) return false;
  const refusals = new Map(progress.rejected.map((each) => [each.sequence, each]));
  const transaction = beginStrict(outbox);
  const counter = transaction.objectStore('counter');
  const last = await readLastSequence(counter);
  if (progress.lastSequence > last) await counter.put({ id: 'sequence', last: progress.lastSequence });
  let changed = false;
  for await (const cursor of transaction.objectStore('rows')) {
    const row = follow(cursor.value, progress, refusals, at);
    if (row === cursor.value) continue;
    changed = true;
    await cursor.update(row);
  }
  await transaction.done;
  return changed;
}

/** Forgets what the store has: it revoked this browser, and no restored one will ask for it again. What waits and what was refused stays. */
export async function dropSentRows(outbox: OutboxDatabase): Promise<void> {
  const transaction = beginStrict(outbox);
  const rows = transaction.objectStore('rows');
  const sent = await rows.index('state').getAllKeys('sent');
  await Promise.all([...sent.map((key) => rows.delete(key)), transaction.done]);
}

/**
 * Drops what was settled more than 30 days ago: no backup older than that is expected back. Rows that wait stay, however old. Of what was refused and
 * discarded, only its number stays until then.
 */
export async function dropOldRows(outbox: OutboxDatabase, now: number): Promise<void> {
  const transaction = beginStrict(outbox);
  for await (const cursor of transaction.objectStore('rows')) {
    const row = cursor.value;
    if (row.settledAt === null) continue;
    if (Date.parse(row.settledAt) < now - keptMs) await cursor.delete();
    else if (row.discardedAt !== undefined && !canRestore(row, now)) await cursor.update(blank(row));
  }
  await transaction.done;
}
