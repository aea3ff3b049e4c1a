import type { UnsentItem } from '#contract/card.ts';
import type { OutboxRow } from './database.ts';
import { canRestore, isBlank } from './discard.ts';
import { deliveryOf } from './overlay.ts';

/** For how long a refusal is shown, in milliseconds. */
const refusalShownMs = 7 * 24 * 60 * 60 * 1000;

/** When the next try is: of the first that waits, as none overtakes it. Null when that is past or not settled. */
function readRetry(rows: readonly OutboxRow[], now: number): string | null {
  const nextAt = rows.find((row) => row.state === 'waiting')?.tries?.nextAt ?? null;
  return nextAt !== null && Date.parse(nextAt) > now ? nextAt : null;
}

/** A row as the person sees it. Pure. */
export function describeRow(row: OutboxRow, sendingUpTo: number, retryAt: string | null): UnsentItem {
  const delivery = deliveryOf(row, sendingUpTo);
  return {
    sequence: row.sequence,
    kind: row.kind,
    detail: row.detail,
    label: row.label,
    savedAt: row.savedAt,
    delivery,
    refusal: row.rejection?.message ?? null,
    refusalCode: row.rejection?.code ?? null,
    tries: row.tries?.count ?? 0,
    retryAt: delivery === 'saved' ? retryAt : null,
  };
}

/** What nobody did on purpose, or wants to hear of again. */
const quietKinds: ReadonlySet<string> = new Set(['countSeen', 'dismissReceipt', 'readAsk']);

/** Of the rows that are not sent, those that are worth telling: no counts of what was seen, no receipts put away, and no refusal older than a week. */
function isTold(row: OutboxRow, now: number): boolean {
  if (quietKinds.has(row.kind) || row.state === 'sent') return false;
  return row.settledAt === null || Date.parse(row.settledAt) > now - refusalShownMs;
}

/** What waits and what was lately refused, as the person sees it, in the order of the rows. What was discarded is none of it. Pure. */
export function listUnsent(rows: readonly OutboxRow[], sendingUpTo: number, now: number): UnsentItem[] {
  const retryAt = readRetry(rows, now);
  return rows
    .filter((row) => isTold(row, now) && row.discardedAt === undefined)
    .map((row) => describeRow(row, sendingUpTo, retryAt));
}

/** As `listUnsent`, whole, and with what was discarded and can still be taken back. Pure. */
export function listKept(rows: readonly OutboxRow[], sendingUpTo: number, now: number) {
  const retryAt = readRetry(rows, now);
  return rows
    .filter((row) => isTold(row, now) && !isBlank(row) && (row.discardedAt === undefined || canRestore(row, now)))
    .map((row) => ({
      ...describeRow(row, sendingUpTo, retryAt),
      body: row.body,
      isDiscarded: row.discardedAt !== undefined,
    }));
}
