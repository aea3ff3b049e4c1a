import { type RawBuilder, sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** Of an account so many stays are kept, the newest. */
const mostStays = 40;

/**
 * Brings the history of stages up to where these accounts stand now, by the database's clock: a stay that is over ends, the new one begins. Those that stand as they did are
 * left. `newIds`: those that have just come to the store, and were in their stage before that. `importId` null: by no import that is to be undone.
 */
export async function noteStages(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId | null,
  ids: readonly string[],
  newIds: readonly string[] = [],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with moved as materialized (
      select a.id, a.stage, s.from_at as last_from from account a
      left join account_stage s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null
      where a.workspace_id = ${workspaceId} and a.id = any(${[...ids]}::uuid[]) and a.stage is distinct from s.stage
    ), ended as (
      update account_stage s set until_at = greatest(now(), s.from_at + interval '1 microsecond') from moved m
      where s.workspace_id = ${workspaceId} and s.account_id = m.id and s.from_at = m.last_from
      returning s.account_id, s.until_at
    ), trimmed as (
      delete from account_stage s using (
        select o.account_id, o.from_at, row_number() over (partition by o.account_id order by o.from_at desc) as place
        from account_stage o join moved m on m.id = o.account_id where o.workspace_id = ${workspaceId}) o
      where s.workspace_id = ${workspaceId} and s.account_id = o.account_id and s.from_at = o.from_at and o.place >= ${mostStays}
    )
    insert into account_stage (workspace_id, account_id, from_at, stage, is_first_seen, import_id)
    select ${workspaceId}, m.id, coalesce(e.until_at, now()), m.stage, m.id = any(${[...newIds]}::uuid[]), ${importId}::uuid
    from moved m left join ended e on e.account_id = m.id`.execute(scope);
}

/** Takes back what an import noted of these accounts (a subquery of ids), which stand again as before it: what was ended goes on. */
export async function takeBackStages(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  accounts: RawBuilder<unknown>,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    delete from account_stage where workspace_id = ${workspaceId} and import_id = ${importId} and account_id in (${accounts})
    returning account_id as id`.execute(scope);
  const ids = [...new Set(rows.map(({ id }) => id))];
  if (ids.length === 0) return;
  await sql`
    update account_stage s set until_at = n.next from (
      select account_id, from_at, lead(from_at) over (partition by account_id order by from_at) as next from account_stage
      where workspace_id = ${workspaceId} and account_id = any(${ids}::uuid[])) n
    where s.workspace_id = ${workspaceId} and s.account_id = n.account_id and s.from_at = n.from_at and s.until_at is distinct from n.next`.execute(
    scope,
  );
  await noteStages(scope, workspaceId, null, ids);
}
