import { type RawBuilder, sql } from 'kysely';
import type { Audience, AudienceAccount, AudienceChoices, NamedAccount, Reach } from '#contract/desk.ts';
import type { AccountId, CampaignId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { type AudienceGround, readAudienceGround, writeAudience, writeConditions } from './audience-conditions.ts';
import { findRemedy } from './desk-remedy.ts';
import { touchMoments } from './fold.ts';
import { boundTo, listTerritories } from './territory.ts';

/** Counts whom an audience reaches at `now`, line by line, and names the way out when it reaches nobody. */
export async function countReach(
  scope: Scope,
  workspaceId: WorkspaceId,
  audience: Audience,
  now: Date,
): Promise<Reach> {
  const ground = await readAudienceGround(scope, workspaceId, now);
  const steps = await countSteps(scope, ground, audience);
  const accounts = steps.at(-1)?.accounts ?? 0;
  const fits = writeAudience(ground, audience);
  const remedy =
    accounts === 0
      ? await findRemedy(
          steps,
          audience,
          async (other) => (await countSteps(scope, ground, other)).at(-1)?.accounts ?? 0,
        )
      : null;
  return {
    accounts,
    ...(await countPeople(scope, ground, fits)),
    steps,
    bySegment: await countSegments(scope, ground, fits),
    remedy,
    asOf: (ground.keptAsOf ?? now).toISOString(),
  };
}

/** The people of the accounts that may be contacted, and the reps with a live device who hold one of the accounts. */
async function countPeople(scope: Scope, { workspaceId, now }: AudienceGround, fits: RawBuilder<boolean>) {
  const { rows } = await sql<{ contacts: number; reps: number }>`
    with fitting as materialized (select a.id, a.territory from account a where a.workspace_id = ${workspaceId} and ${fits}),
    places as (select distinct territory from fitting)
    select (select count(*)::int from contact c where c.workspace_id = ${workspaceId} and not c.do_not_contact
              and c.account_id in (select id from fitting)) as contacts,
      (select count(distinct m.id)::int from member m left join workspace w on w.workspace_id = m.workspace_id
         join device d on d.workspace_id = m.workspace_id and d.member_id = m.id
       where m.workspace_id = ${workspaceId} and m.role = 'rep' and m.left_at is null and d.revoked_at is null and d.expires_at > ${now}
         and exists (select 1 from places p where ${boundTo} is null or p.territory is null or p.territory = any(${boundTo}))) as reps`.execute(
    scope,
  );
  return rows[0] ?? { contacts: 0, reps: 0 };
}

async function countSegments(scope: Scope, { workspaceId }: AudienceGround, fits: RawBuilder<boolean>) {
  const { rows } = await sql<Reach['bySegment'][number]>`
    select a.segment, count(*)::int as accounts from account a
    where a.workspace_id = ${workspaceId} and ${fits} group by 1 order by 2 desc, 1 nulls last`.execute(scope);
  return rows;
}

async function countSteps(scope: Scope, ground: AudienceGround, audience: Audience): Promise<Reach['steps']> {
  const conditions = writeConditions(ground, audience);
  const flags = conditions.map(([name, condition]) => sql`${condition} as ${sql.ref(name)}`);
  const upTo = conditions.map(([name], index) => {
    const sofar = conditions.slice(0, index + 1).map(([each]) => sql.ref(each));
    return sql`${sql.lit(name)}, count(*) filter (where ${sql.join(sofar, sql` and `)})`;
  });
  const { rows } = await sql<{ counts: Record<string, number> }>`
    with flagged as (select ${sql.join(flags)} from account a where a.workspace_id = ${ground.workspaceId})
    select jsonb_build_object('all', count(*), ${sql.join(upTo)}) as counts from flagged`.execute(scope);
  const counts = rows[0]?.counts ?? {};
  return (['all', ...conditions.map(([name]) => name)] as const).map((condition) => ({
    condition,
    accounts: counts[condition] ?? 0,
  }));
}

/** The values that accounts have, most frequent first, and the campaigns by name with the accounts that each touched. */
export async function readAudienceChoices(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<AudienceChoices> {
  const readValues = async (column: 'segment' | 'tier' | 'stage') => {
    const { rows } = await sql<{ value: string; accounts: number }>`
      select ${sql.ref(`a.${column}`)}::text as value, count(*)::int as accounts from account a
      where a.workspace_id = ${workspaceId} and ${sql.ref(`a.${column}`)} is not null
      group by 1 order by 2 desc, 1`.execute(scope);
    return rows;
  };
  const { rows: owners } = await sql<AudienceChoices['owners'][number]>`
    select o.value, o.accounts, m.name from (
      select a.owner_address as value, count(*)::int as accounts from account a
      where a.workspace_id = ${workspaceId} and a.owner_address is not null group by 1) o
    left join member m on m.workspace_id = ${workspaceId} and lower(m.address) = o.value and m.left_at is null
    order by o.accounts desc, o.value limit 200`.execute(scope);
  const { rows: grades } = await sql<AudienceChoices['grades'][number]>`
    select grade as value, count(*)::int as contacts from kept_score where workspace_id = ${workspaceId} group by 1 order by 1`.execute(
    scope,
  );
  const tiers = (await readValues('tier')).sort((a, b) => Number(a.value) - Number(b.value));
  const territories = await listTerritories(scope, workspaceId);
  return {
    segments: await readValues('segment'),
    tiers,
    stages: await readValues('stage'),
    campaigns: await countCampaigns(scope, await readAudienceGround(scope, workspaceId, now)),
    territories: territories.map(({ territory, accounts }) => ({ value: territory, accounts })),
    owners,
    grades,
  };
}

async function countCampaigns(
  scope: Scope,
  { workspaceId, keptAsOf }: AudienceGround,
): Promise<AudienceChoices['campaigns']> {
  const touched = keptAsOf
    ? sql`select unnest(k.campaign_ids) as id, count(*)::int as accounts from account_activity k where k.workspace_id = ${workspaceId} group by 1`
    : sql`select t.campaign_id as id, count(distinct c.account_id)::int as accounts from ${touchMoments} t
        join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id where t.workspace_id = ${workspaceId} group by 1`;
  const { rows } = await sql<{ id: CampaignId; name: string; accounts: number }>`
    select p.id, p.name, coalesce(t.accounts, 0) as accounts from campaign p left join (${touched}) t on t.id = p.id
    where p.workspace_id = ${workspaceId} order by p.name, p.id`.execute(scope);
  return rows;
}

/** The accounts behind a reach, best tier first, then by name; at most 500. */
export async function listAudienceAccounts(
  scope: Scope,
  workspaceId: WorkspaceId,
  audience: Audience,
  now: Date,
): Promise<AudienceAccount[]> {
  const ground = await readAudienceGround(scope, workspaceId, now);
  const lastTouch = ground.keptAsOf
    ? sql`(select k.last_touch_at from account_activity k where k.workspace_id = ${workspaceId} and k.account_id = a.id)`
    : sql`(select max(t.at) from ${touchMoments} t join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
         where t.workspace_id = ${workspaceId} and c.account_id = a.id and not t.is_robot and t.at <= ${now})`;
  const { rows } = await sql<Omit<AudienceAccount, 'lastActiveAt'> & { id: AccountId; lastActiveAt: Date | null }>`
    with chosen as (
      select a.id, a.name, a.segment, a.tier, a.stage from account a
      where a.workspace_id = ${workspaceId} and ${writeAudience(ground, audience)}
      order by a.tier nulls last, a.name, a.id limit 500),
    judged as (
      select v.account_id, max(v.at) as at from verdict v
      where v.workspace_id = ${workspaceId} and v.account_id in (select id from chosen) and v.undone_at is null group by 1)
    select a.*,
      (select count(*)::int from contact c where c.workspace_id = ${workspaceId} and c.account_id = a.id) as contacts,
      greatest(${lastTouch}, j.at) as last_active_at
    from chosen a left join judged j on j.account_id = a.id order by a.tier nulls last, a.name, a.id`.execute(scope);
  return rows.map((row) => ({ ...row, lastActiveAt: row.lastActiveAt?.toISOString() ?? null }));
}

/** Accounts to be named one by one: those with the ids, or else those whose name holds the words; at most 50, by name. */
export async function findAccounts(
  scope: Scope,
  workspaceId: WorkspaceId,
  { search, ids }: { search: string; ids: readonly string[] },
): Promise<NamedAccount[]> {
  const which =
    ids.length > 0
      ? sql`a.id = any(${[...ids]}::uuid[])`
      : sql`a.name ilike ${`%${search.replace(/[\\%_]/g, '\\$&')}%`}`;
  const { rows } = await sql<NamedAccount>`
    select a.id, a.name, a.segment from account a where a.workspace_id = ${workspaceId} and ${which}
    order by a.name, a.id limit ${ids.length > 0 ? 200 : 50}`.execute(scope);
  return rows;
}
