import type { RunningStore } from '../e2e/harness/store.ts';

const way = ['Aware', 'Engaged', 'Considering', 'Evaluating', 'Customer'];

/** Gives each account that has a stage a past of up to two years: it went through those before its own, every fourth was first seen in its first. */
export async function fillStays(store: RunningStore, workspaceId: string): Promise<void> {
  await store.sql(
    `with way as (select name, place from unnest($2::text[]) with ordinality as w(name, place)),
    acc as (select a.id, w.place, abs(hashtext(a.id::text)) as n from account a join way w on w.name = a.stage where a.workspace_id = $1)
    insert into account_stage (workspace_id, account_id, from_at, until_at, stage, is_first_seen)
    select $1, acc.id, now() - make_interval(mins => ((acc.place - w.place + 1) * 1440 * (1 + acc.n % 140) + acc.n % 1440)::int),
      case when w.place < acc.place then now() - make_interval(mins => ((acc.place - w.place) * 1440 * (1 + acc.n % 140) + acc.n % 1440)::int) end,
      w.name, w.place = 1 and acc.n % 4 = 0
    from acc join way w on w.place <= acc.place`,
    [workspaceId, way],
  );
}
