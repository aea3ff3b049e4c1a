import { sql } from 'kysely';
import type { HandOverId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { HandOverEventTable } from '../../db/schema/said.ts';
import type { Scope } from '../../db/scope.ts';

/** What happened to a hand-over. `byMember` null: the store did it by itself; `toMember`: whose it is from then on, where that is what happened. */
export interface HandOverEvent {
  what: HandOverEventTable['what'];
  at: Date;
  byMember: MemberId | null;
  toMember?: MemberId | null;
  way?: string | null;
  reason?: string | null;
  line?: string | null;
}

/** Writes down what happened, after what did before. The hand-over must be held by this transaction, or be its own. */
export async function noteEvent(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: HandOverId,
  { what, at, byMember, toMember = null, way = null, reason = null, line = null }: HandOverEvent,
): Promise<void> {
  await sql`
    insert into hand_over_event (workspace_id, hand_over_id, number, at, what, by_member, to_member, way, reason, line)
    select ${workspaceId}, ${id}, coalesce(max(number), 0) + 1, ${at}, ${what}, ${byMember}, ${toMember}, ${way}, ${reason}, ${line}
    from hand_over_event where workspace_id = ${workspaceId} and hand_over_id = ${id}`.execute(scope);
}
