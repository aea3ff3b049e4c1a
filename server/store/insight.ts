import { sql } from 'kysely';
import type { AccountId, ContactId } from '#contract/ids.ts';
import type { MutationBody } from '#contract/mutation.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';

/** Keeps an insight. False when its id is taken. */
export async function createInsight(
  scope: Scope,
  caller: Caller,
  insight: MutationBody<'recordInsight'> & { claimedAt: string },
): Promise<boolean> {
  const { insightId, ...columns } = insight;
  const result = await scope
    .insertInto('insight')
    .values({
      workspaceId: caller.workspaceId,
      id: insightId,
      memberId: caller.memberId,
      deviceId: caller.deviceId,
      ...columns,
      claimedAt: new Date(insight.claimedAt),
      withdrawnAt: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

/** Takes a member's own insight back. Answers where it stood; undefined when there is none of this member's. A second time changes nothing. */
export async function withdrawInsight(
  scope: Scope,
  caller: Caller,
  insightId: string,
): Promise<{ accountId: AccountId | null; contactId: ContactId | null } | undefined> {
  const { rows } = await sql<{ accountId: AccountId | null; contactId: ContactId | null }>`
    update insight set withdrawn_at = coalesce(withdrawn_at, clock_timestamp())
    where workspace_id = ${caller.workspaceId} and id = ${insightId} and member_id = ${caller.memberId}
    returning account_id, contact_id`.execute(scope);
  return rows[0];
}
