import { sql } from 'kysely';
import type { CheckedDraft, PushedTalkingPoint, TalkingPointResult } from '#contract/desk.ts';
import type { Change } from '#contract/feed.ts';
import type { MemberId, TalkingPointId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { appendChanges } from './change.ts';
import { writeAudience } from './desk-audience.ts';

const changed = (id: TalkingPointId): Change => ({ kind: 'talkingPoint', id, memberId: null });

/**
 * Pushes a talking point: the row, its accounts by one set-based statement, the end of the one it replaces, and last the feed's entry.
 * The same id a second time changes nothing and answers the first push. Null when nobody is in the audience: then nothing is written.
 */
export async function pushTalkingPoint(
  scope: Scope,
  workspaceId: WorkspaceId,
  ownerId: MemberId,
  draft: CheckedDraft,
  now: Date,
): Promise<PushedTalkingPoint | null> {
  const id = draft.id ?? (crypto.randomUUID() as TalkingPointId);
  const { rows: made } = await sql`
    insert into talking_point (workspace_id, id, title, text, why_now, link, campaign_id, owner_id, starts_on, expires_on, audience)
    select ${workspaceId}, ${id}, ${draft.title}, ${draft.text}, ${draft.whyNow}, ${draft.link}, ${draft.campaignId}::uuid, ${ownerId},
           ${draft.startsOn}::date, ${draft.expiresOn}::date, ${JSON.stringify(draft.audience)}::jsonb
    where exists (select 1 from account a where a.workspace_id = ${workspaceId} and ${writeAudience(workspaceId, draft.audience, now)})
    on conflict do nothing returning id`.execute(scope);
  if (made.length === 0) return readPushed(scope, workspaceId, id);
  const { rows: reached } = await sql`
    insert into talking_point_account (workspace_id, talking_point_id, account_id)
    select ${workspaceId}, ${id}, a.id from account a
    where a.workspace_id = ${workspaceId} and ${writeAudience(workspaceId, draft.audience, now)}
    returning account_id`.execute(scope);
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

/** Ends a talking point (`endedAt`) or takes that back (null). False when there was nothing to change: unknown, or so already. */
export async function endTalkingPoint(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: TalkingPointId,
  endedAt: Date | null,
): Promise<boolean> {
  const isChanged = await setEnded(scope, workspaceId, id, endedAt);
  if (isChanged) await appendChanges(scope, workspaceId, [changed(id)]);
  return isChanged;
}

type ResultRow = Omit<TalkingPointResult, 'pushedAt' | 'endedAt'> & { pushedAt: Date; endedAt: Date | null };

/** All talking points with what came of them, newest first. `now` decides what is live: days have no time zone and are read as UTC. */
export async function listTalkingPoints(
  scope: Scope,
  workspaceId: WorkspaceId,
  now: Date,
): Promise<TalkingPointResult[]> {
  const today = now.toISOString().slice(0, 10);
  const { rows } = await sql<ResultRow>`
    with spoken as (
      select o.talking_point_id, coalesce(o.account_id, o.contact_id, o.member_id) as place, o.account_id, o.outcome, o.at, o.id
      from talking_point_outcome o where o.workspace_id = ${workspaceId} and o.undone_at is null
    ), told as (
      select distinct on (talking_point_id, place) talking_point_id, place, account_id, outcome from spoken
      where outcome in ('landed', 'fell_flat') order by talking_point_id, place, at desc, id desc
    ), uses as (
      select talking_point_id,
        count(distinct place) filter (where outcome = 'copied')::int as copied,
        count(distinct place) filter (where outcome = 'inserted')::int as inserted,
        count(distinct place) filter (where outcome in ('copied', 'inserted'))::int as used
      from spoken group by 1
    ), results as (
      select talking_point_id, count(*) filter (where outcome = 'landed')::int as landed,
        count(*) filter (where outcome = 'fell_flat')::int as fell_flat
      from told group by 1
    ), segments as (
      select talking_point_id, jsonb_agg(jsonb_build_object('segment', segment, 'landed', landed, 'told', told) order by told desc, segment) as parts
      from (
        select t.talking_point_id, a.segment, count(*) filter (where t.outcome = 'landed')::int as landed, count(*)::int as told
        from told t left join account a on a.workspace_id = ${workspaceId} and a.id = t.account_id group by 1, 2) s
      group by 1
    ), reached as (
      select talking_point_id, count(*)::int as accounts from talking_point_account where workspace_id = ${workspaceId} group by 1
    ), viewed as (
      select talking_point_id, sum(views)::int as seen from talking_point_seen where workspace_id = ${workspaceId} group by 1
    )
    select p.id, p.title, p.text, p.why_now, p.link, p.campaign_id, c.name as campaign, coalesce(m.name, '') as owner,
      case when p.ended_at is not null then 'ended' when p.expires_on < ${today}::date then 'expired'
           when p.starts_on > ${today}::date then 'scheduled' else 'live' end as state,
      p.pushed_at, p.ended_at, p.starts_on::text, p.expires_on::text, p.audience,
      coalesce(r.accounts, 0) as accounts, coalesce(v.seen, 0) as seen, coalesce(u.copied, 0) as copied,
      coalesce(u.inserted, 0) as inserted, coalesce(u.used, 0) as used, coalesce(x.landed, 0) as landed,
      coalesce(x.fell_flat, 0) as fell_flat, coalesce(s.parts, '[]'::jsonb) as by_segment
    from talking_point p
    left join campaign c on c.workspace_id = p.workspace_id and c.id = p.campaign_id
    left join member m on m.workspace_id = p.workspace_id and m.id = p.owner_id
    left join reached r on r.talking_point_id = p.id
    left join viewed v on v.talking_point_id = p.id
    left join uses u on u.talking_point_id = p.id
    left join results x on x.talking_point_id = p.id
    left join segments s on s.talking_point_id = p.id
    where p.workspace_id = ${workspaceId} order by p.pushed_at desc, p.id`.execute(scope);
  return rows.map((row) => ({
    ...row,
    pushedAt: row.pushedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}
