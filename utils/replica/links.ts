import type { ContactId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';
import { normalizeClue } from '../identity/clue.ts';
import type { OutboxRow } from '../outbox/database.ts';
import { isKind } from '../outbox/overlay.ts';

/** An identity link that this browser's member made: the contact chosen for a clue, null when taken back. `isCovered`: the replica has it too, if its store tells of links. */
export interface OwnLink {
  contactId: ContactId | null;
  at: string;
  isCovered: boolean;
}

/** The member's own links by clue, keys from `linkKey`. */
export type Links = ReadonlyMap<string, OwnLink>;

/** Names a clue among the links; null when the clue is malformed. */
export function linkKey(clue: Clue): string | null {
  const normal = normalizeClue(clue);
  return normal === null ? null : `${normal.kind}:${normal.value}`;
}

/** The links as the outbox has them, the last word on each clue. `rows` are all kept, in order, none refused; `coveredSequence`: what the replica covers. Pure. */
export function readLinks(rows: readonly OutboxRow[], coveredSequence: number): Links {
  const links = new Map<string, OwnLink>();
  for (const row of rows) {
    const isLink = isKind(row, 'linkIdentifier');
    if (!isLink && !isKind(row, 'unlinkIdentifier')) continue;
    const contactId = isLink ? row.body.contactId : null;
    const isCovered = row.sequence <= coveredSequence;
    const key = linkKey(row.body.clue) ?? '';
    // What was taken back and is covered says nothing more: a colleague may have chosen since.
    if (contactId === null && isCovered) links.delete(key);
    else links.set(key, { contactId, at: row.savedAt, isCovered });
  }
  return links;
}
