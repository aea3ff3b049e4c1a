import { type RawBuilder, sql } from 'kysely';
import { listedRows } from '#contract/desk.ts';
import type {
  HandOverContext,
  HandOverEvent,
  HandOverOrder,
  HandOverRollUp,
  HandOverRow,
  HandOverView,
} from '#contract/desk-hand-over.ts';
import type { HandOverId, WorkspaceId } from '#contract/ids.ts';
import type { Score } from '#contract/score.ts';
import type { Scope } from '../../db/scope.ts';
import { readGradeNow } from '../grade-now.ts';
import { writeInstant } from '../instant.ts';
import { earlierJson } from './own.ts';

/** Which hand-overs. `key`: undefined for all, null for those under none. */
export interface HandOverFilter {
  view: HandOverView;
  order: HandOverOrder;
  days: number;
  by: HandOverRollUp;
  key: string | null | undefined;
  after: HandOverId | null;
}

const dates = ['offeredAt', 'assignedAt', 'dueAt', 'answeredAt'] as const;
type Stored<T> = Omit<T, (typeof dates)[number]> & { [K in (typeof dates)[number]]: Date | null };

/** What a hand-over `h` is counted under. */
export const rollUpKeys: Readonly<Record<HandOverRollUp, RawBuilder<unknown>>> = {
  campaign: sql`h.last_campaign_id::text`,
  segment: sql`h.segment`,
};

const waits = sql`h.state = 'offered'`;
/** Whether a hand-over `h` is in a view at a moment. */
const viewed = (now: Date): Readonly<Record<HandOverView, RawBuilder<unknown>>> => ({
  waiting: waits,
  overdue: sql`${waits} and h.due_at < ${now}`,
  nobody: sql`${waits} and h.member_id is null`,
  accepted: sql`h.state = 'accepted'`,
  returned: sql`h.state = 'returned'`,
  came_back: sql`h.earlier_id is not null`,
  withdrawn: sql`h.state = 'withdrawn'`,
  all: sql`true`,
});
/** What waits is listed however old it is. */
const everOpen: readonly HandOverView[] = ['waiting', 'overdue', 'nobody'];

/** What rows stand by, of the hand-over `h` with its account `a`; what was offered last comes first among equals. */
const orders: Readonly<Record<HandOverOrder, RawBuilder<unknown>>> = {
  due: sql`coalesce(h.due_at, '-infinity'::timestamptz)`,
  newest: sql`(h.id is null)`,
  grade: sql`h.grade`,
  account: sql`coalesce(lower(a.name), '')`,
};
/** Later is smaller. */
const lateness = sql`-extract(epoch from h.offered_at)::float8`;

const columns = (now: Date) => sql`
  h.id, h.contact_id, c.name as contact, a.name as account, p.name as campaign, h.segment, h.grade, h.cause, h.state, h.member_id, m.name as member,
  h.offered_at, h.assigned_at, h.due_at, h.agreed_hours, h.answered_at, h.way, h.reason, (${waits} and coalesce(h.due_at < ${now}, false)) as is_overdue,
  h.earlier_id is not null as is_back`;
const joined = sql`
  left join contact c on c.workspace_id = h.workspace_id and c.id = h.contact_id
  left join account a on a.workspace_id = h.workspace_id and a.id = h.account_id
  left join campaign p on p.workspace_id = h.workspace_id and p.id = h.last_campaign_id
  left join member m on m.workspace_id = h.workspace_id and m.id = h.member_id`;

function toRow<T extends Stored<HandOverRow>>(row: T) {
  const { offeredAt, assignedAt, dueAt, answeredAt, ...rest } = row;
  const write = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...rest,
    offeredAt: write(offeredAt) ?? '',
    assignedAt: write(assignedAt),
    dueAt: write(dueAt),
    answeredAt: write(answeredAt),
  };
}

/** The hand-overs asked for in their order, at most `listedRows`; those that follow `after`, where one is named that is still known. */
export async function listHandOvers(
  scope: Scope,
  workspaceId: WorkspaceId,
  { view, order, days, by, key, after }: HandOverFilter,
  now: Date,
): Promise<HandOverRow[]> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const own = orders[order];
  const isRecent = everOpen.includes(view) ? sql`true` : sql`h.offered_at >= ${since}`;
  const isUnder = key === undefined ? sql`true` : sql`${rollUpKeys[by]} is not distinct from ${key}`;
  const beyond =
    after === null
      ? sql`true`
      : sql`(${own}, ${lateness}, h.id) > (
          select ${own}, ${lateness}, h.id from hand_over h left join account a on a.workspace_id = h.workspace_id and a.id = h.account_id
          where h.workspace_id = ${workspaceId} and h.id = ${after})`;
  // Those to be shown are chosen before anything about them is looked up.
  const { rows } = await sql<Stored<HandOverRow>>`
    with chosen as materialized (
      select h.id from hand_over h ${order === 'account' ? sql`left join account a on a.workspace_id = h.workspace_id and a.id = h.account_id` : sql``}
      where h.workspace_id = ${workspaceId} and ${viewed(now)[view]} and ${isRecent} and ${isUnder} and ${beyond}
      order by ${own}, ${lateness}, h.id limit ${listedRows})
    select ${columns(now)} from chosen k join hand_over h on h.workspace_id = ${workspaceId} and h.id = k.id ${joined}
    order by ${own}, ${lateness}, h.id`.execute(scope);
  return rows.map(toRow);
}

interface ContextRow extends Stored<HandOverRow> {
  title: string | null;
  accountId: HandOverContext['accountId'];
  offeredBy: string | null;
  note: string | null;
  line: string | null;
  score: Score;
  earlier: HandOverContext['earlier'];
  events: (Omit<HandOverEvent, 'at'> & { at: string })[];
}

/** One hand-over with all that is known of it; undefined when there is none. */
export async function readHandOver(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: HandOverId,
  now: Date,
): Promise<HandOverContext | undefined> {
  const { rows } = await sql<ContextRow>`
    select ${columns(now)}, c.title, h.account_id, b.name as offered_by, h.note, h.line, h.score, ${earlierJson} as earlier,
      coalesce((select jsonb_agg(jsonb_build_object('at', ${writeInstant('v.at')}, 'what', v.what, 'by', vb.name, 'to', vt.name,
          'way', v.way, 'reason', v.reason, 'line', v.line) order by v.number)
        from hand_over_event v
        left join member vb on vb.workspace_id = v.workspace_id and vb.id = v.by_member
        left join member vt on vt.workspace_id = v.workspace_id and vt.id = v.to_member
        where v.workspace_id = h.workspace_id and v.hand_over_id = h.id), '[]'::jsonb) as events
    from hand_over h ${joined}
    left join member b on b.workspace_id = h.workspace_id and b.id = h.offered_by
    left join hand_over e on e.workspace_id = h.workspace_id and e.id = h.earlier_id
    left join member em on em.workspace_id = h.workspace_id and em.id = e.answered_by
    where h.workspace_id = ${workspaceId} and h.id = ${id}`.execute(scope);
  const row = rows[0];
  return row && { ...toRow(row), gradeNow: await readGradeNow(scope, workspaceId, row.contactId, now) };
}
