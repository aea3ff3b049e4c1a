import { sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { HandOverId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { noteEvent } from './event.ts';
import { handOverChange, readAgreedHours } from './offer.ts';
import { listTakers } from './taker.ts';

/**
 * Gives what nobody was there to take to whoever is there now: the owner has joined, or the account has got one. Their time begins now. `accountIds`: at these alone; null:
 * everywhere. Answers what the feed must say.
 */
export async function adoptHandOvers(
  scope: Scope,
  workspaceId: WorkspaceId,
  accountIds: readonly string[] | null,
  now: Date,
): Promise<Change[]> {
  const { rows } = await sql<{ id: HandOverId; contactId: string }>`
    select id, contact_id from hand_over where workspace_id = ${workspaceId} and state = 'offered' and member_id is null
      and (${accountIds === null} or account_id = any(${[...(accountIds ?? [])]}::uuid[])) order by offered_at, id for update`.execute(
    scope,
  );
  if (rows.length === 0) return [];
  const contactIds = rows.map(({ contactId }) => contactId);
  const takers = new Map(
    (await listTakers(scope, workspaceId, contactIds)).map((each) => [each.contactId as string, each]),
  );
  const hours = await readAgreedHours(scope, workspaceId);
  const dueAt = new Date(now.getTime() + hours * 3_600_000);
  const changes: Change[] = [];
  for (const { id, contactId } of rows) {
    const memberId = takers.get(contactId)?.memberId ?? null;
    if (memberId === null) continue;
    await sql`
      update hand_over set member_id = ${memberId}, assigned_at = ${now}, agreed_hours = ${hours}, due_at = ${dueAt}
      where workspace_id = ${workspaceId} and id = ${id}`.execute(scope);
    await noteEvent(scope, workspaceId, id, { what: 'assigned', at: now, byMember: null, toMember: memberId });
    changes.push(...handOverChange(id, memberId));
  }
  return changes;
}
