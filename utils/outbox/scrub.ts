import { erasedBody } from '#contract/mutation.ts';
import { beginStrict, type OutboxDatabase, type OutboxRow } from './database.ts';
import { isKind } from './overlay.ts';

function contactOf(row: OutboxRow): string | null {
  return (row.body as { contactId?: string | null } | null)?.contactId ?? null;
}

function clueOf(row: OutboxRow): string | null {
  if (!isKind(row, 'linkIdentifier') && !isKind(row, 'unlinkIdentifier')) return null;
  return JSON.stringify(row.body.clue);
}

/**
 * Takes people who were erased out of what is kept here, sent or not: of a row about them only its number stays, since the store counts them without a gap;
 * it refuses what such a row asks. A second time changes nothing. Answers whether any row changed.
 */
export async function scrubRows(outbox: OutboxDatabase, contactIds: readonly string[]): Promise<boolean> {
  if (contactIds.length === 0) return false;
  const erased = new Set(contactIds);
  const transaction = beginStrict(outbox);
  const store = transaction.objectStore('rows');
  const rows = await store.getAll();
  const isAbout = (row: OutboxRow) => erased.has(contactOf(row) ?? '');
  // A link that is taken back names the address alone.
  const clues = new Set(rows.filter(isAbout).flatMap((row) => clueOf(row) ?? []));
  const found = rows.filter((row) => isAbout(row) || clues.has(clueOf(row) ?? ''));
  await Promise.all(found.map((row) => store.put({ ...row, body: erasedBody, label: null, detail: null })));
  await transaction.done;
  return found.length > 0;
}
