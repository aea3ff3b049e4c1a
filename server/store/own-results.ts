import { type RawBuilder, sql } from 'kysely';
import {
  mostOwnResults,
  type OwnInsight,
  type OwnPoint,
  type OwnResults,
  type OwnVerdictRow,
  ownResultDays,
  ownResultsSchema,
} from '#contract/own-results.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import { answerJson, placeOf } from './desk-insights.ts';
import { listOwnHandOvers } from './hand-over/own.ts';
import { isHeld, readTerritories, type Territories } from './territory.ts';

type Person = Pick<Caller, 'workspaceId' | 'memberId'>;
/** Which row, told as JSON tells it: times as text. */
type Told<T> = Omit<T, 'at' | 'pushedAt'> & { at: Date };

/** From when on, and which accounts the member holds. */
interface Looking {
  since: Date;
  territories: Territories;
}

/** What became of what a member said in the last 91 days. It names nobody's words or verdicts but their own, and no account that they do not hold. */
export async function readOwnResults(scope: Scope, person: Person, now: Date): Promise<OwnResults> {
  await giveRoom(scope);
  const since = new Date(now.getTime() - ownResultDays * 86_400_000);
  const territories = await readTerritories(scope, person.workspaceId, person.memberId);
  const [talkingPoints, insights, verdicts, receipts, handOvers] = await Promise.all([
    listPoints(scope, person, { since, now, territories }),
    readInsights(scope, person, { since, territories }),
    readVerdicts(scope, person, { since, territories }),
    listReceipts(scope, person),
    listOwnHandOvers(scope, person, now),
  ]);
  return ownResultsSchema.parse({ asOf: now.toISOString(), talkingPoints, insights, verdicts, receipts, handOvers });
}

async function listPoints(
  scope: Scope,
  { workspaceId, memberId }: Person,
  { since, now, territories }: Looking & { now: Date },
): Promise<OwnPoint[]> {
  const today = now.toISOString().slice(0, 10);
  const counted = (of: RawBuilder<unknown>) => sql`
    select x.talking_point_id, count(*)::int as accounts from talking_point_account x where x.workspace_id = ${workspaceId} and ${of} group by 1`;
  // Whoever holds everything holds all that a talking point was sent to: how many those are is known. A store of before did not note it.
  const reached =
    territories === null
      ? sql`select id as talking_point_id, sent_to as accounts from chosen where sent_to > 0
          union all ${counted(sql`x.talking_point_id in (select id from chosen where sent_to is null)`)}`
      : counted(sql`x.talking_point_id in (select id from chosen) and x.account_id in (select id from held)`);
  const isReached = sql`exists (select 1 from talking_point_account x
    where x.workspace_id = ${workspaceId} and x.talking_point_id = o.talking_point_id and x.account_id = o.account_id)`;
  const isOfHeld = territories === null ? sql`o.account_id is not null` : sql`o.account_id in (select id from held)`;
  const spoken = sql`talking_point_outcome o where o.workspace_id = ${workspaceId} and o.undone_at is null and ${isOfHeld}`;
  // Whether a talking point was sent there is asked once an account, in the order in which that is stored.
  const countTold = (of: RawBuilder<unknown>) => sql`
    select o.talking_point_id, count(*) filter (where outcome = 'landed')::int as landed, count(*) filter (where outcome = 'fell_flat')::int as fell_flat
    from (select distinct on (o.talking_point_id, o.account_id) o.talking_point_id, o.account_id, o.outcome from ${spoken}
          and o.outcome in ('landed', 'fell_flat') and ${of} order by o.talking_point_id, o.account_id, o.at desc, o.id desc) o
    where ${isReached} group by 1`;
  const { rows } = await sql<Omit<OwnPoint, 'pushedAt'> & { pushedAt: Date }>`
    with held as materialized (
      select a.id from account a where a.workspace_id = ${workspaceId} and ${isHeld(territories)}
    ), own_used as materialized (
      select o.talking_point_id, count(distinct o.account_id)::int as accounts, max(o.at) as last_at from ${spoken}
        and o.member_id = ${memberId} and o.outcome in ('copied', 'inserted') and ${isReached} group by 1
    ), chosen as materialized (
      select p.*, coalesce(u.accounts, 0) as own_used from (
        select p.id, p.title, p.text, p.pushed_at, p.accounts as sent_to, p.ended_at is null and coalesce(p.expires_on >= ${today}::date, true)
          and coalesce(p.starts_on <= ${today}::date, true) as is_live from talking_point p where p.workspace_id = ${workspaceId}) p
      left join own_used u on u.talking_point_id = p.id where p.is_live or u.last_at > ${since}
    ), told as (${countTold(sql`o.talking_point_id in (select id from chosen)`)}),
    own_told as (${countTold(sql`o.member_id = ${memberId}`)}),
    reached as (${reached})
    select p.id, p.title, p.text, p.pushed_at, p.is_live, p.own_used, r.accounts, coalesce(t.landed, 0) as landed, coalesce(t.fell_flat, 0) as fell_flat,
      coalesce(o.landed, 0) as own_landed, coalesce(o.fell_flat, 0) as own_fell_flat
    from chosen p join reached r on r.talking_point_id = p.id
    left join told t on t.talking_point_id = p.id
    left join own_told o on o.talking_point_id = p.id
    order by p.pushed_at desc, p.id limit ${mostOwnResults}`.execute(scope);
  return rows.map((row) => ({ ...row, pushedAt: row.pushedAt.toISOString() }));
}

async function readInsights(
  scope: Scope,
  { workspaceId, memberId }: Person,
  { since, territories }: Looking,
): Promise<OwnResults['insights']> {
  const { rows } = await sql<Told<OwnInsight> & { count: number; answered: number }>`
    select i.id, i.text, i.quote, i.kind, i.at, a.name as account, ${answerJson} as answer,
      count(*) over ()::int as count, count(i.answer_kind) over ()::int as answered
    from (
      select i.*, ${placeOf} as place_id from insight i
      where i.workspace_id = ${workspaceId} and i.member_id = ${memberId} and i.withdrawn_at is null and i.at > ${since} offset 0) i
    left join account a on a.workspace_id = i.workspace_id and a.id = i.place_id and ${isHeld(territories)}
    left join member m2 on m2.workspace_id = i.workspace_id and m2.id = i.answered_by
    order by i.at desc, i.id limit ${mostOwnResults}`.execute(scope);
  const [first] = rows;
  return {
    count: first?.count ?? 0,
    answered: first?.answered ?? 0,
    rows: rows.map(({ count: _c, answered: _a, at, ...row }) => ({ ...row, at: at.toISOString() })),
  };
}

/** A verdict spoke for a published change when its lead met a criterion of a receipt, was called what the receipt says, and was given before it, in the period that publishing looks at. */
async function readVerdicts(
  scope: Scope,
  { workspaceId, memberId }: Person,
  { since, territories }: Looking,
): Promise<OwnResults['verdicts']> {
  const { rows } = await sql<Told<OwnVerdictRow> & { weak: number; strong: number; used: number }>`
    with standing as (
      select distinct on (v.contact_id) v.* from verdict v
      where v.workspace_id = ${workspaceId} and v.member_id = ${memberId} and v.undone_at is null and v.at > ${since}
      order by v.contact_id, v.at desc, v.id desc
    ), used as (
      select v.*, array(
        select r.version from receipt r where r.workspace_id = ${workspaceId} and r.member_id = ${memberId} and v.at <= r.at
          and v.at > r.at - make_interval(days => ${ownResultDays}) and exists (
            select 1 from jsonb_array_elements(r.lines) l where l->>'value' = v.value and v.criteria @> jsonb_build_array(l->'criterion'))
        order by r.version) as used_in
      from standing v)
    select v.id, case when a.id is not null or v.place_id is null then v.contact end as contact, a.name as account, v.value, v.reason, v.at, v.used_in, s.verdict_id is not null as is_settled,
      count(*) filter (where v.value = 'weak') over ()::int as weak, count(*) filter (where v.value = 'strong') over ()::int as strong,
      count(*) filter (where cardinality(v.used_in) > 0) over ()::int as used
    from (
      select v.*, c.name as contact, coalesce(v.account_id, c.account_id) as place_id from used v
      left join contact c on c.workspace_id = ${workspaceId} and c.id = v.contact_id offset 0) v
    left join account a on a.workspace_id = ${workspaceId} and a.id = v.place_id and ${isHeld(territories)}
    left join settled_verdict s on s.workspace_id = ${workspaceId} and s.verdict_id = v.id
    order by v.at desc, v.id limit ${mostOwnResults}`.execute(scope);
  const [first] = rows;
  return {
    weak: first?.weak ?? 0,
    strong: first?.strong ?? 0,
    used: first?.used ?? 0,
    rows: rows.map(({ weak: _w, strong: _s, used: _u, at, ...row }) => ({ ...row, at: at.toISOString() })),
  };
}

async function listReceipts(scope: Scope, { workspaceId, memberId }: Person) {
  const rows = await scope
    .selectFrom('receipt')
    .select(['version', 'at', 'why', 'lines'])
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .orderBy('version', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
