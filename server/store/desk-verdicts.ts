import { type RawBuilder, sql } from 'kysely';
import {
  type ContactRecord,
  listedRows,
  type RollUpBy,
  type VerdictContext,
  type VerdictOrder,
  type VerdictRow,
} from '#contract/desk.ts';
import type { VerdictId, WorkspaceId } from '#contract/ids.ts';
import type { Score } from '#contract/score.ts';
import type { VerdictValue } from '#contract/verdict.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import {
  type ChosenSides,
  isDisagreement,
  isSettled,
  joinLastCampaign,
  writeIsOn,
  writeIsUnder,
  writeStandingVerdicts,
} from './desk-quality.ts';
import { readGradeNow } from './grade-now.ts';
import { listNewestTouches } from './touch.ts';

/** A team of fewer reps would name its people. */
const leastTeam = 5;
const shownTouches = 50;

/** Which verdicts. `key`: undefined for all, null for those under none. `isAgainst`: only those against their score that nobody has looked into. */
export interface VerdictFilter {
  by: RollUpBy;
  key: string | null | undefined;
  value: VerdictValue | undefined;
  sides: ChosenSides;
  isAgainst: boolean;
  days: number;
  /** By whose calendars a week begins. */
  zone: string;
}

type Stored<T extends { at: string }> = Omit<T, 'at'> & { at: Date };

/** What rows are ordered by before their time, and the same of the verdict `l` that was shown last; both with a comma behind them, or nothing. */
const leading: Record<VerdictOrder, { own: RawBuilder<unknown>; last: RawBuilder<unknown> }> = {
  newest: { own: sql``, last: sql`` },
  grade: { own: sql`v.grade,`, last: sql`l.grade,` },
  account: {
    own: sql`coalesce(lower(a.name), ''),`,
    last: sql`coalesce((select lower(n.name) from account n where n.workspace_id = l.workspace_id and n.id = l.account_id), ''),`,
  },
};

/** The rows behind a roll-up's count in this order, at most `listedRows`; those that follow the verdict `after`, where one is named that is still known. */
export async function listVerdicts(
  scope: Scope,
  workspaceId: WorkspaceId,
  filter: VerdictFilter,
  now: Date,
  { order, after }: { order: VerdictOrder; after: VerdictId | null } = { order: 'newest', after: null },
): Promise<VerdictRow[]> {
  await giveRoom(scope);
  const since = new Date(now.getTime() - filter.days * 86_400_000);
  const { own, last } = leading[order];
  // Later is smaller: the newest comes first, and of one moment the smaller id.
  const beyond =
    after === null
      ? sql`true`
      : sql`(${own} -extract(epoch from v.at), v.id) > (
          select ${last} -extract(epoch from l.at), l.id from verdict l where l.workspace_id = ${workspaceId} and l.id = ${after})`;
  const { rows } = await sql<Stored<VerdictRow>>`
    with chosen as materialized (
      select v.id from ${writeStandingVerdicts(workspaceId, since)} v
      ${joinLastCampaign(filter.by, filter.sides)}
      ${order === 'account' ? sql`left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id` : sql``}
      where ${writeChosen(filter)} and ${beyond}
      order by ${own} v.at desc, v.id limit ${listedRows})
    select v.id, v.value, v.reason, v.at, v.contact_id, c.name as contact, a.name as account, v.segment, p.name as campaign, v.grade
    from chosen k join verdict v on v.workspace_id = ${workspaceId} and v.id = k.id
    left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id
    left join campaign p on p.workspace_id = v.workspace_id and p.id = v.last_campaign_id
    order by ${own} v.at desc, v.id`.execute(scope);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Whether a standing verdict `v` (with its last campaign `p`) is among those chosen. */
export function writeChosen({ by, key, value, sides, isAgainst, zone }: VerdictFilter): RawBuilder<unknown> {
  const conditions = [
    key === undefined ? null : writeIsUnder(by, key, zone),
    value === undefined ? null : sql`v.value = ${value}`,
    writeIsOn(sides),
    isAgainst ? sql`${isDisagreement} and not ${isSettled}` : null,
  ].filter((each) => each !== null);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

interface ContextRow extends Stored<VerdictRow> {
  title: string | null;
  undoneAt: Date | null;
  score: Score;
  by: string;
  settled: boolean;
  record: ContactRecord | null;
  team: string | null;
  reps: number;
  campaigns: string[];
}

/** What a verdict `v` keeps of how its person was called; one from before that was kept says what they are called now. */
function calledThen(what: 'contact' | 'title' | 'account', now: 'c.name' | 'c.title' | 'a.name'): RawBuilder<unknown> {
  return sql`case when v.named is null then ${sql.ref(now)} else v.named->>${sql.lit(what)} end as ${sql.ref(what)}`;
}

/**
 * One verdict as it stood: what the person was called, the score the store kept with it, the campaigns and touches before it. `gradeNow` is
 * reckoned at `now`. Undefined when there is no such verdict.
 */
export async function readVerdict(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: VerdictId,
  now: Date,
): Promise<VerdictContext | undefined> {
  const { rows } = await sql<ContextRow>`
    select v.id, v.value, v.reason, v.at, v.contact_id, ${calledThen('contact', 'c.name')}, ${calledThen('title', 'c.title')}, ${calledThen('account', 'a.name')},
      v.segment, p.name as campaign, v.grade, v.score, v.undone_at, m.team, coalesce(m.name, '') as by, ${isSettled} as settled,
      case when c.id is null then null else jsonb_build_object('name', c.name, 'title', c.title, 'country', c.country, 'doNotContact', c.do_not_contact) end as record,
      (select count(*)::int from member n where n.workspace_id = v.workspace_id and n.team = m.team and n.role = 'rep' and n.left_at is null) as reps,
      coalesce((select jsonb_agg(g.name order by g.name) from campaign g
                where g.workspace_id = v.workspace_id and g.id = any(v.campaign_ids)), '[]'::jsonb) as campaigns
    from verdict v
    left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id
    left join campaign p on p.workspace_id = v.workspace_id and p.id = v.last_campaign_id
    left join member m on m.workspace_id = v.workspace_id and m.id = v.member_id
    where v.workspace_id = ${workspaceId} and v.id = ${id}`.execute(scope);
  const row = rows[0];
  if (!row) return undefined;
  const { undoneAt, team, reps, at, ...rest } = row;
  return {
    ...rest,
    at: at.toISOString(),
    undone: undoneAt !== null,
    team: team !== null && reps >= leastTeam ? { name: team, reps } : null,
    touches: (await listNewestTouches(scope, workspaceId, [row.contactId], at))
      .slice(0, shownTouches)
      .map(({ contactId: _, ...touch }) => ({ ...touch, at: touch.at.toISOString() })),
    gradeNow: await readGradeNow(scope, workspaceId, row.contactId, now),
  };
}
