import { sql } from 'kysely';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import type { LabelledCase } from '../../utils/scoring/refit/labelled-case.ts';
import type { Scope } from '../db/scope.ts';
import { writeStandingVerdicts } from './desk-quality.ts';

/** So many labels are looked at, the newest: what a scorecard was years ago says little of the next one. */
export const mostLabels = 100_000;

/**
 * How a lead ended, or what a rep said of it; `at` is the moment up to which it is looked at. `segment`, `tier` and `stage` as they were then, where that was kept (of verdicts):
 * `asItStood` null says that it was not.
 */
export interface Label {
  contactId: ContactId;
  at: Date;
  isStrong: boolean;
  source: LabelledCase['source'];
  reason: VerdictReason | null;
  asItStood: { segment: string | null; tier: number | null; stage: string | null } | null;
}

type LabelRow = Omit<Label, 'asItStood'> & NonNullable<Label['asItStood']> & { id: string | null; leftOut: number };

/**
 * The labels of a workspace's own past, oldest first, `most` at most, the newest; and how many ends were left out since they tell no day or name nobody who is known.
 *
 * A deal that was won or lost is looked at as it stood before the day on which it was opened: what sales did from then on is no lead's merit, and tells the end. Where that day is not
 * known it is the day on which it closed. One that names nobody is of the account's person who had been touched last by then. A first meeting is a strong label of who met, unless a deal says
 * how it went on. Of verdicts those that stand count, as they were given.
 */
export async function listLabels(
  scope: Scope,
  workspaceId: WorkspaceId,
  now: Date,
  most: number = mostLabels,
): Promise<{ labels: Label[]; leftOut: number }> {
  const { rows } = await sql<LabelRow>`
    with ended as materialized (
      select o.id, o.outcome = 'won' as is_strong, o.account_id, o.contact_id, least(o.opened_on, o.closes_on)::timestamp at time zone 'UTC' as at
      from opportunity o where o.workspace_id = ${workspaceId} and o.outcome in ('won', 'lost')
    ), deal as materialized (
      select e.id, e.is_strong, e.at, coalesce(e.contact_id, someone.id) as contact_id from ended e
      left join lateral (
        select c.id from contact c
        left join lateral (
          select t.at from touch t where t.workspace_id = ${workspaceId} and t.contact_id = c.id and t.at < e.at and not t.is_robot
          order by t.at desc limit 1) last on true
        where c.workspace_id = ${workspaceId} and c.account_id = e.account_id
        order by last.at desc nulls last, c.id limit 1) someone on e.contact_id is null
    ), met as (
      select distinct on (t.contact_id) t.id, t.contact_id, t.at from touch t
      where t.workspace_id = ${workspaceId} and t.kind = 'met' and not t.is_robot
        and not exists (select from deal d where d.contact_id = t.contact_id)
      order by t.contact_id, t.at
    ), label as (
      select id, contact_id, at, is_strong, 'outcome' as source, null as reason, null as segment, null::int as tier, null as stage
      from deal where at <= ${now} and contact_id is not null
      union all
      select id, contact_id, at, true, 'outcome', null, null, null, null from met where at <= ${now}
      union all
      select id, contact_id, at, value = 'strong', 'verdict', reason, segment, tier, stage
      from ${writeStandingVerdicts(workspaceId, null)} standing where at <= ${now}
    )
    select l.*, o.left_out from (select count(*)::int as left_out from deal where at is null or contact_id is null) o
    left join (select * from label order by at desc, id desc limit ${most}) l on true
    order by l.at, l.id`.execute(scope);
  const labels = rows.flatMap(({ segment, tier, stage, leftOut: _, id, ...label }): Label[] =>
    // Without any label the one row tells of what was left out.
    id === null ? [] : [{ ...label, asItStood: label.source === 'verdict' ? { segment, tier, stage } : null }],
  );
  return { labels, leftOut: rows[0]?.leftOut ?? 0 };
}
