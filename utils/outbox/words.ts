import type { UnsentItem } from '#contract/card.ts';
import type { OutboxRow } from './database.ts';
import { deliveryOf } from './overlay.ts';

/** For how long a refusal is shown, in milliseconds. */
const refusalShownMs = 7 * 24 * 60 * 60 * 1000;

/** What waits and what was lately refused, as the person sees it, oldest first. Counts of what was seen are left out: nobody did them on purpose. Pure. */
export function listUnsent(rows: readonly OutboxRow[], sendingUpTo: number, now: number): UnsentItem[] {
  return rows
    .filter((row) => row.kind !== 'countSeen' && row.state !== 'sent')
    .filter((row) => row.settledAt === null || Date.parse(row.settledAt) > now - refusalShownMs)
    .map((row) => ({
      sequence: row.sequence,
      kind: row.kind,
      detail: row.detail,
      label: row.label,
      savedAt: row.savedAt,
      delivery: deliveryOf(row, sendingUpTo),
      refusal: row.rejection?.message ?? null,
    }));
}
