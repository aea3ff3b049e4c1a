import { type RawBuilder, sql } from 'kysely';
import { type FunnelAccount, type FunnelAccounts, type FunnelOrder, funnelAccountsAtOnce } from '#contract/funnel.ts';
import type { AccountId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { agreedStages } from './agreed-stages.ts';

/** Which accounts are asked for. `segment` undefined: of all; null: of those without one. */
export interface FunnelAccountFilter {
  stage: string;
  segment: string | null | undefined;
  isLate: boolean;
  order: FunnelOrder;
  after: AccountId | null;
}

const orders: Readonly<Record<FunnelOrder, RawBuilder<unknown>>> = {
  longest: sql`s.from_at nulls last, a.id`,
  name: sql`lower(a.name), a.id`,
};

interface Row extends Omit<FunnelAccount, 'since'> {
  since: Date | null;
}

/** The accounts that are in a stage now, or longer than agreed, a page at a time. Late is nobody where no days are agreed. */
export async function listFunnelAccounts(
  scope: Scope,
  workspaceId: WorkspaceId,
  { stage, segment, isLate, order, after }: FunnelAccountFilter,
  now: Date,
): Promise<FunnelAccounts> {
  const agreed = await agreedStages(scope, workspaceId);
  const targetDays = agreed?.find(({ name }) => name === stage)?.targetDays ?? null;
  const inSegment = segment === undefined ? sql`` : sql`and a.segment is not distinct from ${segment}`;
  const late = isLate ? sql`and s.from_at < ${now}::timestamptz - make_interval(days => ${targetDays}::int)` : sql``;
  const matching = sql`
    from account a left join account_stage s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null and s.stage = a.stage
    where a.workspace_id = ${workspaceId} and a.stage = ${stage} ${inSegment} ${late}`;
  const { rows } = await sql<Row & { all: number }>`
    with numbered as (
      select a.id, a.name, a.segment, a.tier, a.owner_address as owner, s.from_at as since, coalesce(s.is_first_seen, false) as is_first_seen,
        row_number() over (order by ${orders[order]}) as place, count(*) over () as all ${matching})
    select n.id, n.name, n.segment, n.tier, n.owner, n.since, n.is_first_seen, n.all::int as all from numbered n
    where n.place > coalesce((select b.place from numbered b where b.id = ${after}::uuid), 0) order by n.place limit ${funnelAccountsAtOnce}`.execute(
    scope,
  );
  return {
    asOf: now.toISOString(),
    targetDays,
    matching: rows[0]?.all ?? 0,
    rows: rows.map(({ all: _, since, ...row }) => ({ ...row, since: since?.toISOString() ?? null })),
  };
}
