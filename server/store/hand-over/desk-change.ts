import { sql } from 'kysely';
import type { NewHandOver } from '#contract/desk-hand-over.ts';
import type { Change } from '#contract/feed.ts';
import type { HandOverId, MemberId, WorkspaceId } from '#contract/ids.ts';
import { scoreContact } from '../../../utils/scoring/score.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { appendChanges } from '../change.ts';
import { readContact, toSubject } from '../contact.ts';
import { readMember } from '../member.ts';
import { readScorecard } from '../scorecard.ts';
import { composeScored, listFoldedCounts } from '../scored-touch.ts';
import { listContactCampaigns, listNewestTouches } from '../touch.ts';
import { holdHandOver } from './answer.ts';
import { noteEvent } from './event.ts';
import { findEarlier, handOverChange, readAgreedHours, writeHandOver } from './offer.ts';
import { listTakers } from './taker.ts';

/** Why a hand-over could not be made or changed. `open`: this person is being offered already; `closed`: it does not wait (any more). */
export type HandOverFault = 'unknown' | 'no-contact' | 'unknown-member' | 'open' | 'closed';

async function isHere(scope: Scope, workspaceId: WorkspaceId, memberId: MemberId): Promise<boolean> {
  const member = await readMember(scope, workspaceId, memberId);
  return member !== undefined && member.leftAt === null;
}

/** A marketer offers somebody by hand, with the score as it stands: to a member they name, else to whoever takes the account's leads, if anybody does. */
export async function offerByHand(
  scope: Scope,
  { workspaceId, memberId: by }: Caller,
  { contactId, memberId, note }: NewHandOver,
  now: Date,
): Promise<{ id: HandOverId } | HandOverFault> {
  const [taker] = await listTakers(scope, workspaceId, [contactId]);
  const contact = await readContact(scope, workspaceId, contactId);
  if (!taker || !contact) return 'unknown';
  if (!taker.mayContact) return 'no-contact';
  if (memberId !== undefined && !(await isHere(scope, workspaceId, memberId))) return 'unknown-member';
  const [touches, folded, scorecard, campaigns] = await Promise.all([
    listNewestTouches(scope, workspaceId, [contactId], now),
    listFoldedCounts(scope, workspaceId, [contactId], now),
    readScorecard(scope, workspaceId),
    listContactCampaigns(scope, workspaceId, contactId, now),
  ]);
  const score = scoreContact(scorecard, toSubject(contact), composeScored(touches, folded), now);
  const earlierId = await findEarlier(scope, workspaceId, contactId);
  const to = memberId ?? taker.memberId;
  const hours = await readAgreedHours(scope, workspaceId);
  const lead = { contact, score, campaigns, cause: 'by_hand' } as const;
  const id = await writeHandOver(scope, workspaceId, lead, { memberId: to, by, note, earlierId, hours, now });
  if (id === null) return 'open';
  await tell(scope, workspaceId, handOverChange(id, to));
  return { id };
}

/** Something that waits goes to another member, whose time begins now. To whom has it already nothing changes. Null: done. */
export async function assignHandOver(
  scope: Scope,
  { workspaceId, memberId: by }: Caller,
  id: HandOverId,
  to: MemberId,
  now: Date,
): Promise<HandOverFault | null> {
  const held = await holdHandOver(scope, workspaceId, id);
  if (!held) return 'unknown';
  if (held.state !== 'offered') return 'closed';
  if (!(await isHere(scope, workspaceId, to))) return 'unknown-member';
  if (held.memberId === to) return null;
  const hours = await readAgreedHours(scope, workspaceId);
  await sql`
    update hand_over set member_id = ${to}, assigned_at = ${now}, agreed_hours = ${hours}, due_at = ${new Date(now.getTime() + hours * 3_600_000)}
    where workspace_id = ${workspaceId} and id = ${id}`.execute(scope);
  await noteEvent(scope, workspaceId, id, { what: 'assigned', at: now, byMember: by, toMember: to });
  await tell(scope, workspaceId, [...handOverChange(id, held.memberId), ...handOverChange(id, to)]);
  return null;
}

/** Marketing calls back what waits. A second time changes nothing. Null: done. */
export async function withdrawHandOver(
  scope: Scope,
  { workspaceId, memberId: by }: Caller,
  id: HandOverId,
  now: Date,
): Promise<HandOverFault | null> {
  const held = await holdHandOver(scope, workspaceId, id);
  if (!held) return 'unknown';
  if (held.state === 'withdrawn') return null;
  if (held.state !== 'offered') return 'closed';
  await sql`update hand_over set state = 'withdrawn' where workspace_id = ${workspaceId} and id = ${id}`.execute(scope);
  await noteEvent(scope, workspaceId, id, { what: 'withdrawn', at: now, byMember: by });
  await tell(scope, workspaceId, handOverChange(id, held.memberId));
  return null;
}

/** What waits with a member who leaves waits with nobody from then on: marketing says who takes it. */
export async function releaseHandOvers(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ id: HandOverId }>`
    update hand_over set member_id = null, assigned_at = null, due_at = null
    where workspace_id = ${workspaceId} and member_id = ${memberId} and state = 'offered' returning id`.execute(scope);
  for (const { id } of rows)
    await noteEvent(scope, workspaceId, id, { what: 'assigned', at: now, byMember: null, toMember: null });
}

/** The feed hears of it, last; also where no member's device does, so that an open Desk asks again. */
async function tell(scope: Scope, workspaceId: WorkspaceId, changes: readonly Change[]): Promise<void> {
  await appendChanges(scope, workspaceId, changes);
}
