import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import { scoreContact } from '../../utils/scoring/score.ts';
import type { Scope } from '../db/scope.ts';
import { readContact, toSubject } from './contact.ts';
import { readScorecard } from './scorecard.ts';
import { composeScored, listFoldedCounts } from './scored-touch.ts';
import { listNewestTouches } from './touch.ts';

/** A contact's grade at `now`, by the card in force; null when they are no longer there. */
export async function readGradeNow(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  now: Date,
): Promise<string | null> {
  const facts = await readContact(scope, workspaceId, contactId);
  if (!facts) return null;
  const touches = await listNewestTouches(scope, workspaceId, [contactId], now);
  const scored = composeScored(touches, await listFoldedCounts(scope, workspaceId, [contactId], now));
  return scoreContact(await readScorecard(scope, workspaceId), toSubject(facts), scored, now).grade;
}
