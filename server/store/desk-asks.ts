import { type RawBuilder, sql } from 'kysely';
import type { AskList, AskOrder, AskRow, AskState, AskWay, NewAsk } from '#contract/ask.ts';
import { listedRows } from '#contract/desk.ts';
import type { AccountId, AskId, ContactId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import { type AnswerColumns, type AskPeople, askChanges, createAsk, holdAsk, setAnswer, toAnswer } from './ask.ts';
import { appendChanges } from './change.ts';
import { ownsAccount } from './owner.ts';
import { boundTo } from './territory.ts';

/** Which asks; nulls choose all, `order` null the usual one. `after`: the rows are those that follow this one. */
export interface AskFilter {
  state: AskState | null;
  way: AskWay | null;
  accountId: AccountId | null;
  order: AskOrder | null;
  after: AskId | null;
}

const stateOf = sql<AskState>`
  case when k.closed_at is not null then 'closed' when k.answered_at is not null then 'answered' else 'open' end`;
const isWaiting = sql`k.to_members is null and k.answered_at is null and k.closed_at is null`;
/** Who gave a verdict stays unnamed until they answer. */
const isNamed = sql`(k.verdict_id is null or k.answered_at is not null)`;

type StoredRow = Omit<AskRow, 'at' | 'answer' | 'closedAt'> & AnswerColumns & { at: Date; closedAt: Date | null };

/** What asks stand by: of the ask `k`, whose account is looked up where its name counts. Later is smaller, so that the newest comes first. */
const orders: Readonly<Record<AskOrder, RawBuilder<unknown>>> = {
  newest: sql`-extract(epoch from k.at)`,
  oldest: sql`extract(epoch from k.at)`,
  account: sql`k.account_id is null, coalesce((select lower(n.name) from account n where n.workspace_id = k.workspace_id and n.id = k.account_id), ''), -extract(epoch from k.at)`,
  kind: sql`k.kind, -extract(epoch from k.at)`,
};

/** Asks that were not taken back, usually open ones oldest first and all else newest first; how many match, and how many each state would show. */
export async function listAsks(scope: Scope, workspaceId: WorkspaceId, filter: AskFilter): Promise<AskList> {
  const isOf: RawBuilder<unknown>[] = [sql`k.workspace_id = ${workspaceId} and k.withdrawn_at is null`];
  if (filter.way !== null)
    isOf.push(filter.way === 'marketing' ? sql`k.to_members is null` : sql`k.to_members is not null`);
  if (filter.accountId !== null) isOf.push(sql`k.account_id = ${filter.accountId}`);
  const found = sql.join(isOf, sql` and `);
  const inState = filter.state === null ? sql`true` : sql`${stateOf} = ${filter.state}`;
  const order = filter.order ?? (filter.state === 'open' ? 'oldest' : 'newest');
  const own = orders[order];
  const beyond =
    filter.after === null
      ? sql`true`
      : sql`(${own}, k.id) > (select ${own}, k.id from ask k where k.workspace_id = ${workspaceId} and k.id = ${filter.after})`;
  const { rows } = await sql<StoredRow>`
    select k.id, case when k.to_members is null then 'marketing' else 'sales' end as "for", k.kind, k.text, k.at, coalesce(b.name, '') as by,
      case when ${isNamed} then array(select m.name from member m where m.workspace_id = ${workspaceId} and m.id = any(k.to_members) order by m.name, m.id)
        else '{}'::text[] end as "to",
      k.account_id, a.name as account, k.contact_id, c.name as contact,
      case when v.id is not null then jsonb_build_object('id', v.id, 'value', v.value, 'reason', v.reason) end as verdict,
      ${stateOf} as state, k.answer_text, k.answer_link, coalesce(w.name, '') as answered_by, k.answered_at, k.read_at is not null as is_read,
      l.name as closed_by, k.closed_at
    from ask k
    left join account a on a.workspace_id = k.workspace_id and a.id = k.account_id
    left join contact c on c.workspace_id = k.workspace_id and c.id = k.contact_id
    left join verdict v on v.workspace_id = k.workspace_id and v.id = k.verdict_id
    left join member b on b.workspace_id = k.workspace_id and b.id = k.member_id
    left join member w on w.workspace_id = k.workspace_id and w.id = k.answered_by
    left join member l on l.workspace_id = k.workspace_id and l.id = k.closed_by
    where ${found} and ${inState} and ${beyond} order by ${own}, k.id limit ${listedRows}`.execute(scope);
  const counted = await sql<AskList['states']>`
    select count(*) filter (where ${stateOf} = 'open')::int as open, count(*) filter (where ${stateOf} = 'answered')::int as answered,
      count(*) filter (where ${stateOf} = 'closed')::int as closed
    from ask k where ${found}`.execute(scope);
  const states = counted.rows[0] ?? { open: 0, answered: 0, closed: 0 };
  const { asks: waiting } = await readWaitingAsks(scope, workspaceId);
  const matching = filter.state === null ? states.open + states.answered + states.closed : states[filter.state];
  return { rows: rows.map(toRow), order, matching, states, waiting };
}

function toRow({ answerText, answerLink, answeredBy, answeredAt, ...row }: StoredRow): AskRow {
  const answer = toAnswer({ answerText, answerLink, answeredBy, answeredAt });
  return { ...row, at: row.at.toISOString(), closedAt: row.closedAt?.toISOString() ?? null, answer };
}

/** How many asks wait for marketing's answer, and since when the oldest does. */
export async function readWaitingAsks(
  scope: Scope,
  workspaceId: WorkspaceId,
): Promise<{ asks: number; since: string | null }> {
  const { rows } = await sql<{ asks: number; since: Date | null }>`
    select count(*)::int as asks, min(k.at) as since from ask k
    where k.workspace_id = ${workspaceId} and k.withdrawn_at is null and ${isWaiting}`.execute(scope);
  return { asks: rows[0]?.asks ?? 0, since: rows[0]?.since?.toISOString() ?? null };
}

/** Why something cannot be done to an ask. */
export type AskRefusal = 'unknown' | 'for-sales';

/** Marketing answers who asked it (null: takes the answer back), and tells their devices. Null once it is done. */
export async function answerAsk(
  scope: Scope,
  caller: Caller,
  id: AskId,
  answer: { text: string; link: string | null } | null,
  now: Date,
): Promise<AskRefusal | null> {
  const ask = await holdAsk(scope, caller, id);
  if (!ask) return 'unknown';
  // What was asked of reps is theirs to answer.
  if (ask.toMembers !== null) return 'for-sales';
  await setAnswer(scope, caller, id, answer, now);
  await appendChanges(scope, caller.workspaceId, askChanges(id, ask));
  return null;
}

/** Puts an ask aside, or takes that back. False when there is none. */
export async function closeAsk(
  scope: Scope,
  caller: Caller,
  id: AskId,
  isClosed: boolean,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<AskPeople>`
    update ask set closed_at = case when ${isClosed} then coalesce(closed_at, ${now}) end,
      closed_by = case when ${isClosed} then coalesce(closed_by, ${caller.memberId}::uuid) end
    where workspace_id = ${caller.workspaceId} and id = ${id} and withdrawn_at is null
    returning member_id, to_members`.execute(scope);
  const people = rows[0];
  if (!people) return false;
  await appendChanges(scope, caller.workspaceId, askChanges(id, people));
  return true;
}

/** Marketing asks those who sell. Answers how many were asked, 0 when there is nobody (any more); null when there is no such account or verdict. The same id again asks nobody anew. */
export async function askSales(scope: Scope, caller: Caller, ask: NewAsk, now: Date): Promise<number | null> {
  const { workspaceId } = caller;
  const about =
    ask.verdictId === null
      ? await findReps(scope, workspaceId, ask.accountId)
      : await findAuthor(scope, workspaceId, ask.verdictId);
  if (!about || about.members.length === 0) return about ? 0 : null;
  const { members, ...place } = about;
  const made = { ...ask, ...place, toMembers: members, claimedAt: now.toISOString() };
  if (!(await createAsk(scope, caller, made))) return members.length;
  await appendChanges(scope, workspaceId, askChanges(ask.id, { memberId: caller.memberId, toMembers: members }));
  return members.length;
}

interface Asked {
  accountId: AccountId | null;
  contactId: ContactId | null;
  members: MemberId[];
}

/** Whose an account is: its owner, where that is a member; else the reps who hold its territory, or all where nothing parts them. */
async function findReps(
  scope: Scope,
  workspaceId: WorkspaceId,
  accountId: AccountId | null,
): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`
    select a.id as account_id, null as contact_id, coalesce(
      (select array_agg(m.id) from member m where ${ownsAccount}),
      (select array_agg(m.id order by m.id) from member m join workspace w on w.workspace_id = m.workspace_id
       where m.workspace_id = ${workspaceId} and m.role = 'rep' and m.left_at is null
         and (a.territory = any(m.territories) or (${boundTo} is null and not exists (
           select 1 from member o where o.workspace_id = ${workspaceId} and o.role = 'rep' and o.left_at is null and a.territory = any(o.territories))))),
      '{}'::uuid[]) as members
    from account a where a.workspace_id = ${workspaceId} and a.id = ${accountId}`.execute(scope);
  return rows[0];
}

/** Who gave a verdict, unless they have left; and whom it is about. */
async function findAuthor(scope: Scope, workspaceId: WorkspaceId, verdictId: string): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`
    select coalesce(v.account_id, c.account_id) as account_id, c.id as contact_id, case when m.id is null then '{}'::uuid[] else array[m.id] end as members
    from verdict v
    left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    left join member m on m.workspace_id = v.workspace_id and m.id = v.member_id and m.left_at is null
    where v.workspace_id = ${workspaceId} and v.id = ${verdictId}`.execute(scope);
  return rows[0];
}
