import { sql } from 'kysely';
import type { InsightList, InsightRow } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { InsightKind, InsightMethod } from '#contract/insight.ts';
import type { Scope } from '../db/scope.ts';

/** Which insights. Empty lists and null words choose all; null days mean all time. */
export interface InsightFilter {
  kinds: readonly InsightKind[];
  methods: readonly InsightMethod[];
  words: string | null;
  days: number | null;
}

/** A LIKE pattern that finds the words as they are written: `%`, `_` and `\` stand for themselves. */
function writePattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Insights not withdrawn, newest first, with how many match, and what each facet would leave. */
export async function listInsights(
  scope: Scope,
  workspaceId: WorkspaceId,
  filter: InsightFilter,
  now: Date,
): Promise<InsightList> {
  const since = filter.days === null ? null : new Date(now.getTime() - filter.days * 86_400_000);
  const pattern = filter.words ? writePattern(filter.words) : null;
  const found = sql`
    select i.id, i.text, i.quote, i.kind, i.method, i.at, i.member_id, i.account_id, m.name as by, a.name as account, a.segment, c.name as contact,
      ${filter.kinds.length === 0 ? sql`true` : sql`i.kind = any(${filter.kinds}::text[])`} as of_kind,
      ${filter.methods.length === 0 ? sql`true` : sql`i.method = any(${filter.methods}::text[])`} as of_method,
      ${pattern === null ? sql`true` : sql`concat_ws(' ', i.text, i.quote, a.name, c.name) ilike ${pattern}`} as says
    from insight i
    left join member m on m.workspace_id = i.workspace_id and m.id = i.member_id
    left join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    left join account a on a.workspace_id = i.workspace_id and a.id = coalesce(i.account_id, c.account_id)
    where i.workspace_id = ${workspaceId} and i.withdrawn_at is null ${since ? sql`and i.at >= ${since}` : sql``}`;
  const { rows } = await sql<Omit<InsightRow, 'at'> & { at: Date }>`
    select f.id, f.text, f.quote, f.kind, f.method, f.at, coalesce(f.by, '') as by, f.account, f.account_id, f.contact, f.segment
    from (${found}) f where f.of_kind and f.of_method and f.says order by f.at desc, f.id limit 500`.execute(scope);
  const { rows: counts } = await sql<Omit<InsightList, 'rows'>>`
    with found as (${found})
    select count(*)::int as "all", count(*) filter (where of_kind and of_method and says)::int as matching,
      count(distinct member_id) filter (where of_kind and of_method and says)::int as reps,
      count(distinct account) filter (where of_kind and of_method and says)::int as accounts,
      coalesce((select jsonb_agg(jsonb_build_object('value', kind, 'count', times) order by times desc, kind) from
        (select kind, count(*)::int as times from found where of_method and says group by kind) k), '[]'::jsonb) as kinds,
      coalesce((select jsonb_agg(jsonb_build_object('value', method, 'count', times) order by times desc, method) from
        (select method, count(*)::int as times from found where of_kind and says group by method) k), '[]'::jsonb) as methods
    from found`.execute(scope);
  const totals = counts[0] ?? { all: 0, matching: 0, reps: 0, accounts: 0, kinds: [], methods: [] };
  return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })), ...totals };
}
