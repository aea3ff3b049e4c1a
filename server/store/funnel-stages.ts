import { sql } from 'kysely';
import type { FunnelStage } from '#contract/funnel.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { agreedStages } from './agreed-stages.ts';
import { firstDefinitions } from './first-definitions.ts';

/** So many stages make a funnel at most: those that most accounts know. */
const mostStages = 12;
/** What is no step on the way, whatever comes before it. */
const besideTheWay: readonly string[] = [
  'recycled',
  'disqualified',
  'closed lost',
  'lost',
  'churned',
  'former customer',
];
const isOnTheWay = ({ name }: { name: string }) => !besideTheWay.includes(name.toLowerCase());
const fieldOrder = firstDefinitions.flatMap(({ kind, term }) => (kind === 'stage' ? [term.toLowerCase()] : []));

/** The funnel's stages in their order. `isAgreed` false: nobody has agreed on them. */
export interface FunnelStages {
  isAgreed: boolean;
  stages: FunnelStage[];
}

/** The stages that both sides agreed on; until they have, those that accounts are or were in, in the order in which accounts come to them. */
export async function findFunnelStages(scope: Scope, workspaceId: WorkspaceId): Promise<FunnelStages> {
  const agreed = await agreedStages(scope, workspaceId);
  if (agreed !== null) return { isAgreed: true, stages: agreed.filter(isOnTheWay) };
  const found = await findStages(scope, workspaceId);
  const stages = found.map(({ name, definition }) => ({ name, definition, side: null, targetDays: null }));
  return { isAgreed: false, stages };
}

interface SeenStage {
  name: string;
  definition: string | null;
  accounts: number;
}

async function findStages(scope: Scope, workspaceId: WorkspaceId): Promise<SeenStage[]> {
  const { rows } = await sql<SeenStage>`
    with known as (
      select stage as name, count(*)::int as accounts from account where workspace_id = ${workspaceId} and stage is not null group by stage
      union all
      select stage, 0 from account_stage where workspace_id = ${workspaceId} and stage is not null group by stage
    )
    select k.name, d.text as definition, max(k.accounts) as accounts from known k
    left join definition d on d.workspace_id = ${workspaceId} and d.kind = 'stage' and d.term = k.name
    group by k.name, d.text order by max(k.accounts) desc, k.name limit 100`.execute(scope);
  const onTheWay = rows.filter(isOnTheWay).slice(0, mostStages);
  const placeOf = ({ name }: SeenStage) => {
    const place = fieldOrder.indexOf(name.toLowerCase());
    return place === -1 ? fieldOrder.length : place;
  };
  // Words of the field have the field's order; what accounts did is asked where others are among them.
  const own = onTheWay.filter((each) => placeOf(each) === fieldOrder.length).map(({ name }) => name);
  const leads = own.length > 1 ? await countLeads(scope, workspaceId, own) : new Map<string, number>();
  return onTheWay.sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      (leads.get(b.name) ?? 0) - (leads.get(a.name) ?? 0) ||
      b.accounts - a.accounts ||
      a.name.localeCompare(b.name),
  );
}

/** To how many of the others accounts come from each, in as many steps as it takes, going where most went. */
async function countLeads(
  scope: Scope,
  workspaceId: WorkspaceId,
  names: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ one: string; next: string; times: number }>`
    select s.stage as one, n.stage as next, count(*)::int as times from account_stage s
    join account_stage n on n.workspace_id = s.workspace_id and n.account_id = s.account_id and n.from_at = s.until_at
    where s.workspace_id = ${workspaceId} and s.stage = any(${[...names]}::text[]) and n.stage = any(${[...names]}::text[])
    group by s.stage, n.stage`.execute(scope);
  const timesOf = (one: string, next: string) => rows.find((row) => row.one === one && row.next === next)?.times ?? 0;
  const next = new Map(names.map((one) => [one, names.filter((to) => timesOf(one, to) > timesOf(to, one))]));
  const reach = (from: string, seen: Set<string>): Set<string> => {
    for (const to of next.get(from) ?? []) if (!seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  return new Map(names.map((name) => [name, [...reach(name, new Set())].filter((each) => each !== name).length]));
}
