import { type RawBuilder, sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { takeBackStages } from './account-stage.ts';
import { assignSegments } from './segment.ts';

/** What is undone in turn: first what speaks of others, then the others. */
export const undoKinds = [
  'planned',
  'opportunity',
  'insight',
  'touches',
  'waiting',
  'identifier',
  'contact',
  'account',
  'campaign',
] as const;
export type UndoKind = (typeof undoKinds)[number];

/** Undoes these notes of a kind, a subquery with `row_id` and `before` (null: added). Answers the bundles that look different now. */
type Step = (
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  notes: RawBuilder<unknown>,
  ids: readonly string[],
) => Promise<string[]>;

/** The bundles of contacts, deduplicated. */
const bundlesOf = (contacts: RawBuilder<unknown>, workspaceId: WorkspaceId) => sql<{ bundle: string }>`
  select distinct coalesce(c.account_id, c.id) as bundle from contact c
  where c.workspace_id = ${workspaceId} and c.id in (${contacts})`;

/** Puts rows of a table back as they were, and takes those away that were added. `written` lists its columns, save the keys. */
function restoring(table: 'planned_touch' | 'opportunity', written: readonly string[]): Step {
  const columns = written.map((name) => `${name} = r.${name}`).join(', ');
  return async (scope, workspaceId, _importId, notes) => {
    const owner = sql`select coalesce(r.contact_id) from ${sql.table(table)} r join ${notes} n on r.id = n.row_id::uuid where r.workspace_id = ${workspaceId} and r.contact_id is not null
      union select (n.before->>'contact_id')::uuid from ${notes} n where n.before->>'contact_id' is not null`;
    const { rows } = await bundlesOf(owner, workspaceId).execute(scope);
    await sql`
      update ${sql.table(table)} t set ${sql.raw(columns)} from ${notes} n, jsonb_populate_record(null::${sql.table(table)}, n.before) r
      where n.before is not null and t.workspace_id = ${workspaceId} and t.id = r.id`.execute(scope);
    await sql`
      delete from ${sql.table(table)} t using ${notes} n
      where n.before is null and t.workspace_id = ${workspaceId} and t.id = n.row_id::uuid`.execute(scope);
    return rows.map((row) => row.bundle);
  };
}

/** As `restoring`, of insights, which may stand on an account without a person. What marketing answered since goes with what was added. */
const undoInsights: Step = async (scope, workspaceId, _importId, notes) => {
  const { rows } = await sql<{ bundle: string }>`
    select distinct coalesce(i.account_id, c.account_id, i.contact_id) as bundle from insight i join ${notes} n on i.id = n.row_id::uuid
    left join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    where i.workspace_id = ${workspaceId} and coalesce(i.account_id, i.contact_id) is not null
    union select coalesce(n.before->>'account_id', n.before->>'contact_id')::uuid from ${notes} n
    where coalesce(n.before->>'account_id', n.before->>'contact_id') is not null`.execute(scope);
  await sql`
    update insight i set account_id = r.account_id, contact_id = r.contact_id, text = r.text, quote = r.quote, kind = r.kind, method = r.method,
      theme = r.theme, import_id = r.import_id
    from ${notes} n, jsonb_populate_record(null::insight, n.before) r
    where n.before is not null and i.workspace_id = ${workspaceId} and i.id = r.id`.execute(scope);
  await sql`
    delete from insight i using ${notes} n
    where n.before is null and i.workspace_id = ${workspaceId} and i.id = n.row_id::uuid`.execute(scope);
  return rows.map((row) => row.bundle);
};

const undoTouches: Step = async (scope, workspaceId, importId, notes) => {
  const { rows } = await sql<{ bundle: string }>`
    with gone as (
      delete from touch t using ${notes} n
      where t.workspace_id = ${workspaceId} and t.import_id = ${importId} and t.id >= n.row_id::uuid and t.id <= (n.before->>'last')::uuid
      returning t.contact_id),
    folded as (
      -- Those that are counts by now go as well, with the first note.
      delete from folded_touch f where f.workspace_id = ${workspaceId} and f.import_id = ${importId} returning f.contact_id)
    ${bundlesOf(sql`select contact_id from gone union all select contact_id from folded`, workspaceId)}`.execute(scope);
  return rows.map((row) => row.bundle);
};

const undoWaiting: Step = async (scope, workspaceId, _importId, notes) => {
  await sql`
    with back as (
      insert into waiting_row select r.* from ${notes} n, jsonb_populate_record(null::waiting_row, n.before) r
      -- One that waits for something else by now waits for the first again.
      on conflict (workspace_id, source, external_id) do update
        set awaits = excluded.awaits, record = excluded.record, import_id = excluded.import_id, line = excluded.line, at = excluded.at
      returning import_id, xmax = 0 as is_new),
    counted as (select import_id, count(*) filter (where is_new) as rows from back group by import_id)
    update import i set waiting_rows = i.waiting_rows + c.rows from counted c where i.workspace_id = ${workspaceId} and i.id = c.import_id`.execute(
    scope,
  );
  return [];
};

const undoIdentifiers: Step = async (scope, workspaceId, _importId, notes) => {
  const { rows } = await sql<{ bundle: string }>`
    with gone as (
      delete from identifier i using ${notes} n
      where i.workspace_id = ${workspaceId} and i.kind = split_part(n.row_id, ':', 1) and i.value = substr(n.row_id, strpos(n.row_id, ':') + 1)
        and i.linked_by is null
      returning i.account_id, i.contact_id)
    select distinct coalesce(g.account_id, c.account_id, c.id) as bundle from gone g
    left join contact c on c.workspace_id = ${workspaceId} and c.id = g.contact_id`.execute(scope);
  return rows.map((row) => row.bundle);
};

/** Keeps the notes of added rows that are in use, to be counted at the end. */
async function keep(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  kind: UndoKind,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into import_change (workspace_id, import_id, kind, row_id)
    select ${workspaceId}, ${importId}::uuid, ${`kept:${kind}`}, id from unnest(${[...ids]}::text[]) as id on conflict do nothing`.execute(
    scope,
  );
}

const undoContacts: Step = async (scope, workspaceId, importId, notes, ids) => {
  const named = sql`select n.row_id::uuid from ${notes} n`;
  const { rows: before } = await bundlesOf(named, workspaceId).execute(scope);
  await sql`
    update contact c set account_id = r.account_id, name = r.name, title = r.title, buying_role = r.buying_role, country = r.country,
      do_not_contact = r.do_not_contact, updated_at = now()
    from ${notes} n, jsonb_populate_record(null::contact, n.before) r
    where n.before is not null and c.workspace_id = ${workspaceId} and c.id = r.id`.execute(scope);
  const { rows: free } = await sql<{ id: string }>`
    select c.id::text as id from contact c join ${notes} n on c.id = n.row_id::uuid
    where n.before is null and c.workspace_id = ${workspaceId}
      and not exists (select 1 from verdict x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from hand_over x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from insight x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from ask x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from talking_point_outcome x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from identifier x where x.workspace_id = c.workspace_id and x.contact_id = c.id and x.linked_by is not null)
      and not exists (select 1 from identifier_choice x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from touch x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from folded_touch x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from planned_touch x where x.workspace_id = c.workspace_id and x.contact_id = c.id)
      and not exists (select 1 from opportunity x where x.workspace_id = c.workspace_id and x.contact_id = c.id)`.execute(
    scope,
  );
  const { rows: added } = await sql<{
    id: string;
  }>`select n.row_id as id from ${notes} n where n.before is null`.execute(scope);
  const gone = free.map((row) => row.id);
  await sql`delete from identifier where workspace_id = ${workspaceId} and contact_id = any(${gone}::uuid[])`.execute(
    scope,
  );
  await sql`delete from contact where workspace_id = ${workspaceId} and id = any(${gone}::uuid[])`.execute(scope);
  const goneSet = new Set(gone);
  await keep(
    scope,
    workspaceId,
    importId,
    'contact',
    added.map((row) => row.id).filter((id) => !goneSet.has(id)),
  );
  const { rows: after } = await bundlesOf(sql`select unnest(${[...ids]}::uuid[])`, workspaceId).execute(scope);
  return [...before, ...after].map((row) => row.bundle);
};

const undoAccounts: Step = async (scope, workspaceId, importId, notes, ids) => {
  const changedBefore = sql`select n.row_id::uuid from ${notes} n where n.before is not null`;
  await sql`
    update account a set name = r.name, segment = case when r.is_ruled then r.given_segment else r.segment end, is_ruled = false, given_segment = null, tier = r.tier, stage = r.stage, industry = r.industry, employees = r.employees, country = r.country,
      territory = r.territory, owner_address = r.owner_address, do_not_contact = r.do_not_contact, latest_win = r.latest_win, technologies = r.technologies, updated_at = now()
    from ${notes} n, jsonb_populate_record(null::account, n.before) r
    where n.before is not null and a.workspace_id = ${workspaceId} and a.id = r.id`.execute(scope);
  await takeBackStages(scope, workspaceId, importId, changedBefore);
  await assignSegments(scope, workspaceId, ids);
  const { rows } = await sql<{ id: string; isFree: boolean }>`
    select n.row_id as id, not (
      exists (select 1 from contact x where x.workspace_id = ${workspaceId} and x.account_id = n.row_id::uuid)
      or exists (select 1 from verdict x where x.workspace_id = ${workspaceId} and x.account_id = n.row_id::uuid)
      or exists (select 1 from insight x where x.workspace_id = ${workspaceId} and x.account_id = n.row_id::uuid)
      or exists (select 1 from ask x where x.workspace_id = ${workspaceId} and x.account_id = n.row_id::uuid)
      or exists (select 1 from talking_point_outcome x where x.workspace_id = ${workspaceId} and x.account_id = n.row_id::uuid)
      or exists (select 1 from identifier x where x.workspace_id = ${workspaceId} and x.account_id = n.row_id::uuid and x.linked_by is not null)
      or exists (select 1 from opportunity x where x.workspace_id = ${workspaceId} and x.account_id = n.row_id::uuid)) as is_free
    from ${notes} n where n.before is null`.execute(scope);
  const gone = rows.filter((row) => row.isFree).map((row) => row.id);
  await sql`delete from identifier where workspace_id = ${workspaceId} and account_id = any(${gone}::uuid[])`.execute(
    scope,
  );
  await sql`
    with gone as (delete from talking_point_account where workspace_id = ${workspaceId} and account_id = any(${gone}::uuid[]) returning talking_point_id)
    update talking_point p set accounts = p.accounts - x.accounts from (select talking_point_id, count(*)::int as accounts from gone group by 1) x
    where p.workspace_id = ${workspaceId} and p.id = x.talking_point_id`.execute(scope);
  await sql`delete from account where workspace_id = ${workspaceId} and id = any(${gone}::uuid[])`.execute(scope);
  const kept = rows.filter((row) => !row.isFree).map((row) => row.id);
  await keep(scope, workspaceId, importId, 'account', kept);
  return [...ids];
};

const undoCampaigns: Step = async (scope, workspaceId, _importId, notes) => {
  await sql`
    update campaign c set source = r.source, external_id = r.external_id, name = r.name, channel = r.channel
    from ${notes} n, jsonb_populate_record(null::campaign, n.before) r
    where n.before is not null and c.workspace_id = ${workspaceId} and c.id = r.id`.execute(scope);
  await sql`
    delete from campaign c using ${notes} n where n.before is null and c.workspace_id = ${workspaceId} and c.id = n.row_id::uuid
      and not exists (select 1 from touch x where x.workspace_id = c.workspace_id and x.campaign_id = c.id)
      and not exists (select 1 from folded_touch x where x.workspace_id = c.workspace_id and x.campaign_id = c.id)
      and not exists (select 1 from planned_touch x where x.workspace_id = c.workspace_id and x.campaign_id = c.id)
      and not exists (select 1 from opportunity x where x.workspace_id = c.workspace_id and x.campaign_id = c.id)
      and not exists (select 1 from talking_point x where x.workspace_id = c.workspace_id and x.campaign_id = c.id)
      and not exists (select 1 from verdict x where x.workspace_id = c.workspace_id and (x.last_campaign_id = c.id or c.id = any(x.campaign_ids)))`.execute(
    scope,
  );
  return [];
};

/** How each kind is undone. */
export const undoSteps: Record<UndoKind, Step> = {
  planned: restoring('planned_touch', [
    'contact_id',
    'campaign_id',
    'kind',
    'planned_at',
    'detail',
    'state',
    'fulfilled_by',
    'import_id',
  ]),
  opportunity: restoring('opportunity', [
    'account_id',
    'contact_id',
    'campaign_id',
    'name',
    'stage',
    'outcome',
    'amount',
    'currency',
    'closes_on',
    'opened_on',
    'import_id',
  ]),
  insight: undoInsights,
  touches: undoTouches,
  waiting: undoWaiting,
  identifier: undoIdentifiers,
  contact: undoContacts,
  account: undoAccounts,
  campaign: undoCampaigns,
};
