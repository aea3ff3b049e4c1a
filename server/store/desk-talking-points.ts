import { sql } from 'kysely';
import type { CheckedDraft, PushedTalkingPoint } from '#contract/desk.ts';
import type { Change } from '#contract/feed.ts';
import type { MemberId, TalkingPointId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { readAudienceGround, writeAudience } from './audience-conditions.ts';
import { appendChanges } from './change.ts';

const changed = (id: TalkingPointId): Change => ({ kind: 'talkingPoint', id, memberId: null });

/** Whether a member may answer for talking points: a marketer or admin who is still there. */
export async function isOwnerFit(scope: Scope, workspaceId: WorkspaceId, id: MemberId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from member where workspace_id = ${workspaceId} and id = ${id} and role in ('marketer', 'admin') and left_at is null`.execute(
    scope,
  );
  return rows.length > 0;
}

/** The edit that took a talking point's place, other than `by`; null: none did. Held until the transaction ends, so that of two edits at once the second sees the first. */
export async function findEdit(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: TalkingPointId,
  by: TalkingPointId | undefined,
): Promise<{ by: string } | null> {
  await sql`select 1 from talking_point where workspace_id = ${workspaceId} and id = ${id} for update`.execute(scope);
  const { rows } = await sql<{ by: string }>`
    select coalesce(m.name, '') as by from talking_point p
    left join member m on m.workspace_id = p.workspace_id and m.id = coalesce(p.sent_by, p.owner_id)
    where p.workspace_id = ${workspaceId} and p.replaces = ${id} and p.id is distinct from ${by ?? null}::uuid
    order by p.pushed_at limit 1`.execute(scope);
  return rows[0] ?? null;
}

/**
 * Pushes a talking point: the row, its accounts by one set-based statement, the end of the one it replaces, and last the feed's entry.
 * The same id a second time changes nothing and answers the first push. Null when nobody is in the audience: then nothing is written.
 */
export async function pushTalkingPoint(
  scope: Scope,
  workspaceId: WorkspaceId,
  sentBy: MemberId,
  draft: CheckedDraft,
  now: Date,
): Promise<PushedTalkingPoint | null> {
  const id = draft.id ?? (crypto.randomUUID() as TalkingPointId);
  const audience = writeAudience(await readAudienceGround(scope, workspaceId, now), draft.audience);
  const { rows: made } = await sql`
    insert into talking_point (workspace_id, id, title, text, why_now, link, campaign_id, owner_id, sent_by, replaces, starts_on, expires_on, audience)
    select ${workspaceId}, ${id}, ${draft.title}, ${draft.text}, ${draft.whyNow}, ${draft.link}, ${draft.campaignId}::uuid, ${draft.ownerId ?? sentBy}, ${sentBy},
           ${draft.replaces}::uuid, ${draft.startsOn}::date, ${draft.expiresOn}::date, ${JSON.stringify(draft.audience)}::jsonb
    where exists (select 1 from ${audience})
    on conflict do nothing returning id`.execute(scope);
  if (made.length === 0) return readPushed(scope, workspaceId, id);
  const { rows: reached } = await sql`
    insert into talking_point_account (workspace_id, talking_point_id, account_id)
    select ${workspaceId}, ${id}, a.id from ${audience}
    returning account_id`.execute(scope);
  await sql`update talking_point set accounts = ${reached.length} where workspace_id = ${workspaceId} and id = ${id}`.execute(
    scope,
  );
  const changes = [changed(id)];
  if (draft.replaces && (await setEnded(scope, workspaceId, draft.replaces, now)))
    changes.push(changed(draft.replaces));
  await appendChanges(scope, workspaceId, changes);
  return { id, accounts: reached.length };
}

async function readPushed(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: TalkingPointId,
): Promise<PushedTalkingPoint | null> {
  const { rows } = await sql<PushedTalkingPoint>`
    select p.id, (select count(*)::int from talking_point_account x
                  where x.workspace_id = p.workspace_id and x.talking_point_id = p.id) as accounts
    from talking_point p where p.workspace_id = ${workspaceId} and p.id = ${id}`.execute(scope);
  return rows[0] ?? null;
}

async function setEnded(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: TalkingPointId,
  endedAt: Date | null,
): Promise<boolean> {
  const { rows } = await sql`
    update talking_point set ended_at = ${endedAt}
    where workspace_id = ${workspaceId} and id = ${id} and (ended_at is null) = ${endedAt !== null} returning id`.execute(
    scope,
  );
  return rows.length > 0;
}

/** Pauses a talking point (`endedAt`) or takes that back (null), and keeps who did. False when there was nothing to change: unknown, or so already. */
export async function endTalkingPoint(
  scope: Scope,
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
  id: TalkingPointId,
  { endedAt, now }: { endedAt: Date | null; now: Date },
): Promise<boolean> {
  const isChanged = await setEnded(scope, workspaceId, id, endedAt);
  if (!isChanged) return false;
  await scope
    .insertInto('talkingPointEvent')
    .values({
      workspaceId,
      id: crypto.randomUUID(),
      talkingPointId: id,
      kind: endedAt ? 'paused' : 'resumed',
      memberId,
      at: now,
    })
    .execute();
  await appendChanges(scope, workspaceId, [changed(id)]);
  return true;
}
