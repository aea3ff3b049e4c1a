import { sql } from 'kysely';
import { type OwnAsk, ownAskSchema } from '#contract/ask.ts';
import type { Change } from '#contract/feed.ts';
import type { AccountId, AskId, ContactId, MemberId, VerdictId } from '#contract/ids.ts';
import type { MutationBody } from '#contract/mutation.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import { boundTo } from './territory.ts';

/** An ask as it is made. `toMembers` null: it asks marketing. */
export interface MadeAsk extends Omit<MutationBody<'recordAsk'>, 'askId'> {
  id: AskId;
  toMembers: readonly MemberId[] | null;
  verdictId: VerdictId | null;
  claimedAt: string;
}

/** Keeps an ask. False when its id is taken. */
export async function createAsk(scope: Scope, caller: Caller, ask: MadeAsk): Promise<boolean> {
  const { toMembers, claimedAt, ...columns } = ask;
  const result = await scope
    .insertInto('ask')
    .values({
      workspaceId: caller.workspaceId,
      memberId: caller.memberId,
      deviceId: caller.deviceId,
      ...columns,
      toMembers: toMembers === null ? null : sql`${[...toMembers]}::uuid[]`,
      claimedAt: new Date(claimedAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

/** Whose devices must hear of an ask: who asked, and who is asked. */
export interface AskPeople {
  memberId: MemberId;
  toMembers: MemberId[] | null;
}

/** What the feed says of it: each of them holds it among their own. */
export function askChanges(id: string, { memberId, toMembers }: AskPeople): Change[] {
  return [...new Set([memberId, ...(toMembers ?? [])])].map((each) => ({ kind: 'ask', id, memberId: each }));
}

/** An ask as it stands, held until the transaction ends; undefined when there is none, or it was taken back. */
export async function holdAsk(scope: Scope, caller: Pick<Caller, 'workspaceId'>, id: AskId) {
  const { rows } = await sql<
    AskPeople & {
      accountId: AccountId | null;
      contactId: ContactId | null;
      verdictId: VerdictId | null;
      answeredAt: Date | null;
      closedAt: Date | null;
    }
  >`
    select member_id, to_members, account_id, contact_id, verdict_id, answered_at, closed_at from ask
    where workspace_id = ${caller.workspaceId} and id = ${id} and withdrawn_at is null for update`.execute(scope);
  return rows[0];
}

/** Takes an ask back. */
export async function withdrawAsk(scope: Scope, { workspaceId }: Pick<Caller, 'workspaceId'>, id: AskId) {
  await sql`update ask set withdrawn_at = clock_timestamp() where workspace_id = ${workspaceId} and id = ${id}`.execute(
    scope,
  );
}

/** Answers an ask in place of an earlier answer; null takes the answer back. Who asked has not read it yet. */
export async function setAnswer(
  scope: Scope,
  { workspaceId, memberId }: Pick<Caller, 'workspaceId' | 'memberId'>,
  id: AskId,
  answer: { text: string; link: string | null } | null,
  now: Date,
): Promise<void> {
  await sql`
    update ask set answer_text = ${answer?.text ?? null}, answer_link = ${answer?.link ?? null},
      answered_by = ${answer ? memberId : null}::uuid, answered_at = ${answer ? now : null}::timestamptz, read_at = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(scope);
}

/** Who asked has read the answer. A second time changes nothing. */
export async function markAskRead(scope: Scope, { workspaceId }: Pick<Caller, 'workspaceId'>, id: AskId, now: Date) {
  await sql`
    update ask set read_at = coalesce(read_at, ${now}) where workspace_id = ${workspaceId} and id = ${id} and answered_at is not null`.execute(
    scope,
  );
}

/** So long an ask stays with its people once it is answered or put aside, in days; and so many of them at most, the newest. */
const keptDays = 90;
const mostOwn = 100;

/** An ask's answer as it stands in its columns, with the name of who gave it. */
export interface AnswerColumns {
  answerText: string | null;
  answerLink: string | null;
  answeredBy: string | null;
  answeredAt: Date | null;
}

/** An ask's answer as it is told; null: nobody has answered. */
export function toAnswer({ answerText: text, answerLink: link, answeredBy: by, answeredAt: at }: AnswerColumns) {
  return at === null || text === null ? null : { text, link, by: by ?? '', at: at.toISOString() };
}

type OwnRow = Omit<OwnAsk, 'at' | 'answer' | 'closedAt'> & AnswerColumns & { at: Date; closedAt: Date | null };

/**
 * A member's own asks and those put to them: open ones, and those answered or put aside within 90 days; newest first. Accounts and people are named as far as the member
 * holds them. Who else is asked is not in it.
 */
export async function listOwnAsks(
  scope: Scope,
  { workspaceId, memberId }: Pick<Caller, 'workspaceId' | 'memberId'>,
  now: Date,
): Promise<OwnAsk[]> {
  const since = new Date(now.getTime() - keptDays * 86_400_000);
  const { rows } = await sql<OwnRow>`
    with bound as (
      select ${boundTo} as territories from member m join workspace w on w.workspace_id = m.workspace_id
      where m.workspace_id = ${workspaceId} and m.id = ${memberId})
    select k.id, case when k.to_members is null then 'marketing' else 'sales' end as "for", k.member_id = ${memberId} as is_own, k.kind, k.text,
      coalesce(b.name, '') as by, k.at, k.account_id, a.name as account, k.contact_id, case when a.id is not null or c.account_id is null then c.name end as contact,
      case when v.id is not null then jsonb_build_object('value', v.value, 'reason', v.reason) end as verdict,
      k.answer_text, k.answer_link, coalesce(w.name, '') as answered_by, k.answered_at, k.read_at is not null as is_read, k.closed_at
    from (
      select * from ask where workspace_id = ${workspaceId} and member_id = ${memberId} and withdrawn_at is null
      union
      select * from ask where workspace_id = ${workspaceId} and to_members @> array[${memberId}::uuid] and withdrawn_at is null) k
    cross join bound
    left join account a on a.workspace_id = ${workspaceId} and a.id = k.account_id
      and (bound.territories is null or a.territory is null or a.territory = any(bound.territories))
    left join contact c on c.workspace_id = ${workspaceId} and c.id = k.contact_id
    left join member b on b.workspace_id = ${workspaceId} and b.id = k.member_id
    left join member w on w.workspace_id = ${workspaceId} and w.id = k.answered_by
    left join verdict v on v.workspace_id = ${workspaceId} and v.id = k.verdict_id and v.member_id = ${memberId}
    where (k.answered_at is null and k.closed_at is null) or coalesce(k.closed_at, k.answered_at) > ${since} or k.answered_at > ${since}
    order by k.at desc, k.id limit ${mostOwn}`.execute(scope);
  return rows.map(({ answerText, answerLink, answeredBy, answeredAt, ...row }) =>
    ownAskSchema.parse({
      ...row,
      at: row.at.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      answer: toAnswer({ answerText, answerLink, answeredBy, answeredAt }),
    }),
  );
}
