import type { RunningStore } from '../harness/store.ts';

/** The funnel of the sample's accounts, in its order. */
export const way = ['Inquiry', 'MQL', 'SAL', 'SQL', 'Opportunity', 'Customer'] as const;

/**
 * Gives the accounts of the sample a past: each went through the stages before its own, some days in each, so that it came to the one it is in lately; every third was
 * first seen in its first.
 */
export async function inventPast(store: RunningStore): Promise<void> {
  await store.sql(
    `with way as (select name, place from unnest($1::text[]) with ordinality as w(name, place)),
    acc as (select a.workspace_id, a.id, w.place, row_number() over (order by a.id) as n from account a join way w on w.name = a.stage),
    gone as (delete from account_stage s using acc where s.workspace_id = acc.workspace_id and s.account_id = acc.id)
    insert into account_stage (workspace_id, account_id, from_at, until_at, stage, is_first_seen)
    select acc.workspace_id, acc.id, now() - make_interval(hours => (24 * (acc.place - w.place + 1) * (2 + acc.n % 9) + acc.n + 1)::int),
      case when w.place < acc.place then now() - make_interval(hours => (24 * (acc.place - w.place) * (2 + acc.n % 9) + acc.n + 1)::int) end,
      w.name, w.place = 1 and acc.n % 3 = 0
    from acc join way w on w.place <= acc.place
    on conflict (workspace_id, account_id, from_at) do update set until_at = excluded.until_at, stage = excluded.stage, is_first_seen = excluded.is_first_seen`,
    [[...way]],
  );
}
