import { type RawBuilder, sql } from 'kysely';
import { type InsightList, type InsightOrder, type InsightRow, listedRows } from '#contract/desk.ts';
import type { AccountId, InsightId, WorkspaceId } from '#contract/ids.ts';
import type { InsightAnswer, InsightKind, InsightMethod } from '#contract/insight.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import { isLetterByLetter, writeFound } from './insight-search.ts';
import { writeInstant } from './instant.ts';

/** Which insights. Empty lists and nulls choose all; null days mean all time. */
export interface InsightFilter {
  kinds: readonly InsightKind[];
  methods: readonly InsightMethod[];
  themes: readonly string[];
  accountId: AccountId | null;
  words: string | null;
  days: number | null;
  order: InsightOrder;
  /** The rows are those that follow this one. Null: from the first on. */
  after: InsightId | null;
}

const shownValues = 12;

type StoredRow = Omit<InsightRow, 'at' | 'answer'> & {
  at: Date;
  answer: (Omit<InsightAnswer, 'at'> & { at: string }) | null;
};

/** The answer of an insight `i` as JSON, null without one; `m2` is whoever gave it. */
export const answerJson = sql`case when i.answer_kind is null then null else
  jsonb_build_object('kind', i.answer_kind, 'text', i.answer_text, 'by', coalesce(m2.name, ''),
    'at', ${writeInstant('i.answered_at')}) end`;

/** Where an insight `i` comes from, null where a member wrote it; `f` is the import that brought it. */
export const importedFrom = sql`case when i.source is not null then coalesce(f.mapping_name, f.file_name, '') end`;

/** At which account an insight `i` stands: its own, else its person's, who is looked up only then. */
export const placeOf = sql`coalesce(i.account_id, (select o.account_id from contact o where o.workspace_id = i.workspace_id and o.id = i.contact_id))`;

/** How insights are chosen: what each filter says of an insight `i` (`chosen`: all of them say yes), and which are looked through at all. */
function writeChoice(workspaceId: WorkspaceId, filter: InsightFilter, now: Date) {
  const since = filter.days === null ? null : new Date(now.getTime() - filter.days * 86_400_000);
  const isOf = (column: 'i.kind' | 'i.method' | 'i.theme', values: readonly string[]) =>
    values.length === 0 ? sql`true` : sql`coalesce(${sql.ref(column)} = any(${values}::text[]), false)`;
  const isAt = filter.accountId === null ? sql`true` : sql`${placeOf} is not distinct from ${filter.accountId}::uuid`;
  const [kind, method, theme] = [
    isOf('i.kind', filter.kinds),
    isOf('i.method', filter.methods),
    isOf('i.theme', filter.themes),
  ];
  return {
    chosen: sql`${kind} and ${method} and ${theme} and ${isAt}`,
    flags: sql`${kind} as of_kind, ${method} as of_method, ${theme} as of_theme, ${isAt} as of_account`,
    stands: sql`i.workspace_id = ${workspaceId} and i.withdrawn_at is null ${since ? sql`and i.at >= ${since}` : sql``}`,
    says: writeFound(filter.words),
  };
}

/** Those insights, with these columns as well; `isNamed`: with what their account and person are called, which takes longest. */
function writeStanding(
  stands: RawBuilder<unknown>,
  columns: RawBuilder<unknown>,
  isNamed: boolean,
): RawBuilder<unknown> {
  const own = sql`i.id, i.at, i.text, i.quote, i.theme, i.search, i.names, ${placeOf} as place_id, ${columns}`;
  if (!isNamed) return sql`(select ${own} from insight i where ${stands})`;
  return sql`(
    select i.*, a.name as account, c.name as contact from (select ${own}, i.workspace_id, i.contact_id from insight i where ${stands} offset 0) i
    left join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    left join account a on a.workspace_id = i.workspace_id and a.id = i.place_id)`;
}

/** A member wrote an insight `i`, and nobody has answered it yet. */
const isUnanswered = sql`(i.source is null and i.answer_kind is null)`;

/** What insights stand by before their time: of an insight `i` as it is chosen from, with a comma behind it, or nothing. */
const leading: Readonly<Record<InsightOrder, RawBuilder<unknown>>> = {
  newest: sql``,
  oldest: sql``,
  account: sql`i.account is null, coalesce(lower(i.account), ''),`,
  unanswered: sql`not i.is_unanswered,`,
};

/** Insights not withdrawn, in the order asked for. */
export async function listInsightRows(
  scope: Scope,
  workspaceId: WorkspaceId,
  filter: InsightFilter,
  now: Date,
): Promise<InsightRow[]> {
  await giveRoom(scope);
  const { chosen, stands, says } = writeChoice(workspaceId, filter, now);
  const { order, after } = filter;
  const lead = leading[order];
  const columns = sql`${isUnanswered} as is_unanswered`;
  const isNamed = isLetterByLetter(filter.words) || order === 'account';
  const chooseFrom = (which: RawBuilder<unknown>) => writeStanding(which, columns, isNamed);
  // Later is smaller where the newest comes first.
  const age = order === 'oldest' ? sql`extract(epoch from i.at)` : sql`-extract(epoch from i.at)`;
  const beyond =
    after === null
      ? sql`true`
      : sql`(${lead} ${age}, i.id) > (
          select ${lead} ${age}, i.id from ${chooseFrom(sql`i.workspace_id = ${workspaceId} and i.id = ${after}`)} i)`;
  // Those to be shown are chosen before anything about them is looked up; they keep their places.
  const { rows } = await sql<StoredRow>`
    with chosen as materialized (
      select t.id, t.place_id, row_number() over () as place from (
        select i.id, i.place_id from ${chooseFrom(sql`${stands} and ${chosen}`)} i where ${says} and ${beyond}
        order by ${lead} i.at ${order === 'oldest' ? sql`asc` : sql`desc`}, i.id limit ${listedRows}) t)
    select i.id, i.text, i.quote, i.kind, i.method, i.at, coalesce(m.name, '') as by, a.name as account, i.account_id, c.name as contact, a.segment,
      i.theme, i.swot, ${answerJson} as answer, ${importedFrom} as imported_from
    from chosen k join insight i on i.workspace_id = ${workspaceId} and i.id = k.id
    left join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    left join account a on a.workspace_id = i.workspace_id and a.id = k.place_id
    left join member m on m.workspace_id = i.workspace_id and m.id = i.member_id
    left join member m2 on m2.workspace_id = i.workspace_id and m2.id = i.answered_by
    left join import f on f.workspace_id = i.workspace_id and f.id = i.import_id
    order by k.place`.execute(scope);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Insights not withdrawn, in the order asked for, with how many match, and what each facet would leave. */
export async function listInsights(
  scope: Scope,
  workspaceId: WorkspaceId,
  filter: InsightFilter,
  now: Date,
): Promise<InsightList> {
  const rows = await listInsightRows(scope, workspaceId, filter, now);
  return { rows, order: filter.order, ...(await countInsights(scope, workspaceId, filter, now)) };
}

async function countInsights(
  scope: Scope,
  workspaceId: WorkspaceId,
  filter: InsightFilter,
  now: Date,
): Promise<Omit<InsightList, 'rows' | 'order'>> {
  await giveRoom(scope);
  const { flags, stands, says } = writeChoice(workspaceId, filter, now);
  const found = sql`select i.member_id, i.kind, i.method, i.theme, i.place_id, i.of_kind, i.of_method, i.of_theme, i.of_account, ${says} as says
    from ${writeStanding(stands, sql`i.member_id, i.kind, i.method, ${flags}`, isLetterByLetter(filter.words))} i`;
  const facet = (column: 'kind' | 'method' | 'theme', others: string) => sql`
    coalesce((select jsonb_agg(jsonb_build_object('value', v, 'count', times) order by times desc, v) from
      (select ${sql.ref(column)} as v, count(*)::int as times from found where ${sql.raw(others)} and says and ${sql.ref(column)} is not null
       group by 1 order by 2 desc, 1 limit ${shownValues}) k), '[]'::jsonb)`;
  const { rows } = await sql<Omit<InsightList, 'rows' | 'order'>>`
    with found as materialized (${found}),
    matched as (select * from found where of_kind and of_method and of_theme and of_account and says)
    select (select count(*)::int from found) as "all", (select count(*)::int from matched) as matching,
      (select count(distinct member_id)::int from matched) as reps, (select count(distinct place_id)::int from matched) as accounts,
      ${facet('kind', 'of_method and of_theme and of_account')} as kinds,
      ${facet('method', 'of_kind and of_theme and of_account')} as methods,
      ${facet('theme', 'of_kind and of_method and of_account')} as themes,
      coalesce((select jsonb_agg(jsonb_build_object('value', place_id, 'name', name, 'count', times) order by times desc, name, place_id) from
        (select p.place_id, a.name, p.times from (
           select place_id, count(*)::int as times from found where of_kind and of_method and of_theme and says and place_id is not null group by 1) p
         join account a on a.workspace_id = ${workspaceId} and a.id = p.place_id
         order by p.times desc, a.name, p.place_id limit ${shownValues}) k), '[]'::jsonb) as by_account`.execute(scope);
  return rows[0] ?? { all: 0, matching: 0, reps: 0, accounts: 0, kinds: [], methods: [], themes: [], byAccount: [] };
}
