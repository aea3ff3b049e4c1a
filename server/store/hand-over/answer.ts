import { sql } from 'kysely';
import type { HandOverState } from '#contract/hand-over.ts';
import type { HandOverId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { MutationBody } from '#contract/mutation.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { noteEvent } from './event.ts';

/** A hand-over as whoever answers it has to know it. */
export interface HeldHandOver {
  state: HandOverState;
  memberId: MemberId | null;
  contactId: string;
  answerId: string | null;
  answeredBy: MemberId | null;
}

/** A hand-over, held until this transaction is over; undefined when there is none. */
export async function holdHandOver(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: HandOverId,
): Promise<HeldHandOver | undefined> {
  const { rows } = await sql<HeldHandOver>`
    select state, member_id, contact_id, answer_id, answered_by from hand_over
    where workspace_id = ${workspaceId} and id = ${id} for update`.execute(scope);
  return rows[0];
}

/** Writes a member's answer into a hand-over that is held and waits. */
export async function writeAnswer(
  scope: Scope,
  { workspaceId, memberId }: Caller,
  { handOverId, answerId, answer, way, reason, line }: MutationBody<'answerHandOver'>,
  { claimedAt, now }: { claimedAt: string; now: Date },
): Promise<void> {
  await sql`
    update hand_over set state = ${answer}, answer_id = ${answerId}, answered_at = ${now}, answered_by = ${memberId}, claimed_at = ${claimedAt},
      way = ${way}, reason = ${reason}, line = ${line}
    where workspace_id = ${workspaceId} and id = ${handOverId}`.execute(scope);
  await noteEvent(scope, workspaceId, handOverId, { what: answer, at: now, byMember: memberId, way, reason, line });
}

/** Takes the answer of a hand-over that is held back: it waits again. False: this person was offered again meanwhile, so it cannot. */
export async function clearAnswer(
  scope: Scope,
  { workspaceId, memberId }: Caller,
  id: HandOverId,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update hand_over h set state = 'offered', answer_id = null, answered_at = null, answered_by = null, claimed_at = null, way = null, reason = null, line = null
    where workspace_id = ${workspaceId} and id = ${id} and not exists (
      select 1 from hand_over n where n.workspace_id = h.workspace_id and n.contact_id = h.contact_id and (n.offered_at, n.id) > (h.offered_at, h.id))
    returning 1`.execute(scope);
  if (rows.length === 0) return false;
  await noteEvent(scope, workspaceId, id, { what: 'undone', at: now, byMember: memberId });
  return true;
}
