import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import { type HandOverCause, type HandOverState, type ReturnWay, usualHandOverHours } from '#contract/hand-over.ts';
import type { CampaignId, HandOverId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Score } from '#contract/score.ts';
import type { Scope } from '../../db/scope.ts';
import type { ContactFacts } from '../contact.ts';
import { readSettings } from '../workspace-settings.ts';
import { noteEvent } from './event.ts';
import { listTakers } from './taker.ts';

const hourMs = 3_600_000;

/** Somebody to be offered, with all that stood then. `campaigns`: newest touch first. */
export interface Lead {
  contact: ContactFacts;
  score: Score;
  campaigns: CampaignId[];
  cause: HandOverCause;
}

/** So many wait with one member before the store offers them no more by itself; with nobody to take them, so many. */
export const mostWaiting = { member: 25, nobody: 100 } as const;

/** The last hand-over of somebody. */
interface Last {
  contactId: string;
  id: HandOverId;
  state: HandOverState;
  way: ReturnWay | null;
}

/** The newest hand-over of each of these people. */
async function listLast(scope: Scope, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<Last[]> {
  const { rows } = await sql<Last>`
    select distinct on (contact_id) contact_id, id, state, way from hand_over
    where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])
    order by contact_id, offered_at desc, id desc`.execute(scope);
  return rows;
}

/** The newest that came back of somebody, if the last one did: what the next one tells of it. Null: it did not. */
export async function findEarlier(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<HandOverId | null> {
  const { rows } = await sql<{ id: HandOverId; state: HandOverState }>`
    select id, state from hand_over where workspace_id = ${workspaceId} and contact_id = ${contactId} and state <> 'withdrawn'
    order by offered_at desc, id desc limit 1`.execute(scope);
  return rows[0]?.state === 'returned' ? rows[0].id : null;
}

/** Whether the store offers somebody (again) by itself: not while they wait or are sales’ own; who is no lead comes back only with a hand raised. */
function mayOffer(last: Last | undefined, cause: HandOverCause): boolean {
  if (last === undefined || last.state === 'withdrawn') return true;
  if (last.state !== 'returned') return false;
  return last.way === 'recycle' || cause === 'hand_raise';
}

/** Within how many hours a hand-over is to be answered that is given to somebody now. */
export async function readAgreedHours(scope: Scope, workspaceId: WorkspaceId): Promise<number> {
  return (await readSettings(scope, workspaceId)).handOverHours ?? usualHandOverHours;
}

/** What a hand-over is made of besides its lead. `by` null: the store made it. */
export interface Offer {
  memberId: MemberId | null;
  by: MemberId | null;
  note: string | null;
  earlierId: HandOverId | null;
  hours: number;
  now: Date;
}

/** Makes a hand-over. Null: this person is being offered already. */
export async function writeHandOver(
  scope: Scope,
  workspaceId: WorkspaceId,
  { contact, score, campaigns, cause }: Lead,
  { memberId, by, note, earlierId, hours, now }: Offer,
): Promise<HandOverId | null> {
  const id = randomUUID() as HandOverId;
  const dueAt = memberId === null ? null : new Date(now.getTime() + hours * hourMs);
  const { rows } = await sql`
    insert into hand_over (workspace_id, id, contact_id, account_id, member_id, state, cause, offered_by, note, offered_at, assigned_at, agreed_hours, due_at,
      score, grade, scorecard_version, campaign_ids, last_campaign_id, segment, tier, stage, earlier_id)
    values (${workspaceId}, ${id}, ${contact.id}, ${contact.accountId}, ${memberId}, 'offered', ${cause}, ${by}, ${note}, ${now},
      ${memberId === null ? null : now}, ${hours}, ${dueAt}, ${JSON.stringify(score)}, ${score.grade}, ${score.scorecardVersion},
      ${campaigns}::uuid[], ${campaigns[0] ?? null}, ${contact.segment}, ${contact.tier}, ${contact.stage}, ${earlierId})
    on conflict (workspace_id, contact_id) where state = 'offered' do nothing returning 1`.execute(scope);
  if (rows.length === 0) return null;
  await noteEvent(scope, workspaceId, id, { what: 'offered', at: now, byMember: by, toMember: memberId });
  return id;
}

/** How many wait with each member, and under null with nobody. */
async function countWaiting(scope: Scope, workspaceId: WorkspaceId): Promise<Map<MemberId | null, number>> {
  const { rows } = await sql<{ memberId: MemberId | null; waiting: number }>`
    select member_id, count(*)::int as waiting from hand_over
    where workspace_id = ${workspaceId} and state = 'offered' group by member_id`.execute(scope);
  return new Map(rows.map(({ memberId, waiting }) => [memberId, waiting]));
}

/** A hand-over of this member's has come or changed. */
export function handOverChange(id: HandOverId, memberId: MemberId | null): Change[] {
  return memberId === null ? [] : [{ kind: 'handOver', id, memberId }];
}

/**
 * Offers people who have become qualified to whoever takes them, the best first, as many as each has room for. Who may not be contacted, waits already, was taken, or
 * is no lead is left alone. Answers what the feed must say; null: nobody was offered.
 */
export async function offerLeads(
  scope: Scope,
  workspaceId: WorkspaceId,
  leads: readonly Lead[],
  now: Date,
): Promise<Change[] | null> {
  if (leads.length === 0) return null;
  const ids = leads.map(({ contact }) => contact.id);
  const takers = new Map((await listTakers(scope, workspaceId, ids)).map((each) => [each.contactId, each]));
  const last = new Map((await listLast(scope, workspaceId, ids)).map((each) => [each.contactId, each]));
  const waiting = await countWaiting(scope, workspaceId);
  const hours = await readAgreedHours(scope, workspaceId);
  const changes: Change[] = [];
  let offered = 0;
  for (const lead of leads.toSorted((one, other) => other.score.points - one.score.points)) {
    const taker = takers.get(lead.contact.id);
    const before = last.get(lead.contact.id);
    if (!taker?.mayContact || !mayOffer(before, lead.cause)) continue;
    const { memberId } = taker;
    const already = waiting.get(memberId) ?? 0;
    if (already >= (memberId === null ? mostWaiting.nobody : mostWaiting.member)) continue;
    const earlierId = await findEarlier(scope, workspaceId, lead.contact.id);
    const id = await writeHandOver(scope, workspaceId, lead, {
      memberId,
      by: null,
      note: null,
      earlierId,
      hours,
      now,
    });
    if (id === null) continue;
    offered++;
    waiting.set(memberId, already + 1);
    changes.push(...handOverChange(id, memberId));
  }
  return offered === 0 ? null : changes;
}
