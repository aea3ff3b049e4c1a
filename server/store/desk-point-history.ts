import { sql } from 'kysely';
import type { TalkingPointEvent, TalkingPointResult, TalkingPointVersion, TalkingPointWords } from '#contract/desk.ts';
import type { TalkingPointId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { listTalkingPoints } from './desk-point-results.ts';

interface Step {
  id: TalkingPointId;
  kind: TalkingPointEvent['kind'];
  at: Date;
  by: string;
}

/** What was done to a talking point and to those that it took the place of, newest first. Undefined when there is none with the id. */
export async function readPointHistory(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: TalkingPointId,
  now: Date,
): Promise<TalkingPointEvent[] | undefined> {
  const { rows: steps } = await sql<Step>`
    with recursive chain as (
      select id, replaces, pushed_at, coalesce(sent_by, owner_id) as by from talking_point where workspace_id = ${workspaceId} and id = ${id}
      union
      select p.id, p.replaces, p.pushed_at, coalesce(p.sent_by, p.owner_id) from talking_point p join chain c on p.id = c.replaces
      where p.workspace_id = ${workspaceId})
    select s.id, s.kind, s.at, coalesce(m.name, '') as by from (
      select id, case when replaces is null then 'pushed' else 'edited' end as kind, pushed_at as at, by from chain
      union all
      select c.id, e.kind, e.at, e.member_id from chain c join talking_point_event e on e.workspace_id = ${workspaceId} and e.talking_point_id = c.id) s
    left join member m on m.workspace_id = ${workspaceId} and m.id = s.by
    order by s.at desc, s.id`.execute(scope);
  if (steps.length === 0) return undefined;
  const versions = await listTalkingPoints(scope, workspaceId, now, [...new Set(steps.map((step) => step.id))]);
  const versionOf = new Map(versions.map((point) => [point.id, toVersion(point)]));
  return steps.map(({ id: of, kind, at, by }) => ({
    kind,
    at: at.toISOString(),
    by,
    version: kind === 'pushed' || kind === 'edited' ? (versionOf.get(of) ?? null) : null,
  }));
}

function toVersion(point: TalkingPointResult): TalkingPointVersion {
  const { id, title, text, whyNow, link, campaign, owner, startsOn, expiresOn, audience, accounts, landed, fellFlat } =
    point;
  return { id, title, text, whyNow, link, campaign, owner, startsOn, expiresOn, audience, accounts, landed, fellFlat };
}

/** What reps wrote of a talking point, newest first, at most 200, each with what they say came of it at that account. */
export async function listPointWords(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: TalkingPointId,
): Promise<TalkingPointWords[]> {
  const { rows } = await sql<Omit<TalkingPointWords, 'at'> & { at: Date }>`
    select i.id, i.text, i.quote, i.at, coalesce(m.name, '') as by, a.name as account, (
      select o.outcome from talking_point_outcome o
      where o.workspace_id = i.workspace_id and o.talking_point_id = i.talking_point_id and o.member_id = i.member_id
        and o.account_id is not distinct from i.account_id and o.undone_at is null and o.outcome in ('landed', 'fell_flat')
      order by o.at desc, o.id desc limit 1) as outcome
    from insight i
    left join member m on m.workspace_id = i.workspace_id and m.id = i.member_id
    left join account a on a.workspace_id = i.workspace_id and a.id = i.account_id
    where i.workspace_id = ${workspaceId} and i.talking_point_id = ${id} and i.withdrawn_at is null
    order by i.at desc, i.id limit 200`.execute(scope);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
