import { sql } from 'kysely';
import type { Audience, AudienceAccount, AudienceChoices, NamedAccount, Reach } from '#contract/desk.ts';
import type { AccountId, CampaignId, WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import { type AudienceGround, readAudienceGround, writeAudience, writeConditions } from './audience-conditions.ts';
import { findRemedy } from './desk-remedy.ts';
import { touchMoments } from './fold.ts';
import { likeWords } from './like-words.ts';
import { boundTo, listTerritories } from './territory.ts';

/** Counts whom an audience reaches at `now`, line by line, and names the way out when it reaches nobody. */
export async function countReach(
  scope: Scope,
  workspaceId: WorkspaceId,
  audience: Audience,
  now: Date,
): Promise<Reach> {
  await giveRoom(scope);
  const ground = await readAudienceGround(scope, workspaceId, now);
  const { territories, ...counts } = await countOnce(scope, ground, audience);
  const remedy =
    counts.accounts === 0
      ? await findRemedy(counts.steps, audience, async (other) => (await countOnce(scope, ground, other)).accounts)
      : null;
  return {
    ...counts,
    reps: await countReps(scope, ground, territories),
    remedy,
    asOf: (ground.keptAsOf ?? now).toISOString(),
  };
}

/** The reps with a live device who hold an account in one of these territories; null among them stands for accounts without one, which everybody holds. */
async function countReps(
  scope: Scope,
  { workspaceId, now }: AudienceGround,
  territories: readonly (string | null)[],
): Promise<number> {
  if (territories.length === 0) return 0;
  const { rows } = await sql<{ reps: number }>`
    select count(distinct m.id)::int as reps from member m left join workspace w on w.workspace_id = m.workspace_id
    join device d on d.workspace_id = m.workspace_id and d.member_id = m.id
    where m.workspace_id = ${workspaceId} and m.role = 'rep' and m.left_at is null and d.revoked_at is null and d.expires_at > ${now}
      and (${territories.includes(null)} or ${boundTo} is null or ${boundTo} && ${territories.filter((each) => each !== null)}::text[])`.execute(
    scope,
  );
  return rows[0]?.reps ?? 0;
}

type Counts = Pick<Reach, 'accounts' | 'contacts' | 'steps' | 'bySegment'> & { territories: (string | null)[] };

/** One pass over the accounts: who is left after each condition, and of those left at the end their people, segments and territories. */
async function countOnce(scope: Scope, ground: AudienceGround, audience: Audience): Promise<Counts> {
  const { workspaceId, keptAsOf } = ground;
  const conditions = writeConditions(ground, audience);
  const flags = conditions.map(([name, condition]) => sql`${condition} as ${sql.ref(name)}`);
  const upTo = conditions.map(([name], index) => {
    const sofar = conditions.slice(0, index + 1).map(([each]) => sql.ref(each));
    return sql`${sql.lit(name)}, count(*) filter (where ${sql.join(sofar, sql` and `)})`;
  });
  const isLeft = sql.join(
    conditions.map(([name]) => sql.ref(name)),
    sql` and `,
  );
  const contacts = keptAsOf
    ? sql`select coalesce(sum(contacts), 0) from fitting`
    : sql`select count(*) from contact c where c.workspace_id = ${workspaceId} and not c.do_not_contact and c.account_id in (select id from fitting)`;
  const { rows } = await sql<Omit<Counts, 'accounts' | 'steps'> & { counts: Record<string, number> }>`
    with flagged as materialized (
      select a.id, a.segment, a.territory, ${keptAsOf ? sql`k.contacts` : sql`null::int`} as contacts, ${sql.join(flags)} from account a
      ${keptAsOf ? sql`left join account_activity k on k.workspace_id = a.workspace_id and k.account_id = a.id` : sql``}
      where a.workspace_id = ${workspaceId}),
    fitting as materialized (select id, segment, territory, contacts from flagged where ${isLeft})
    select (select jsonb_build_object('all', count(*), ${sql.join(upTo)}) from flagged) as counts,
      (${contacts})::int as contacts,
      (select coalesce(jsonb_agg(jsonb_build_object('segment', segment, 'accounts', accounts) order by accounts desc, segment nulls last), '[]'::jsonb)
       from (select segment, count(*)::int as accounts from fitting group by 1) s) as by_segment,
      (select coalesce(jsonb_agg(territory), '[]'::jsonb) from (select distinct territory from fitting) t) as territories`.execute(
    scope,
  );
  const { counts = {}, ...rest } = rows[0] ?? { contacts: 0, bySegment: [], territories: [] };
  const steps = (['all', ...conditions.map(([name]) => name)] as const).map((condition) => ({
    condition,
    accounts: counts[condition] ?? 0,
  }));
  return { ...rest, steps, accounts: steps.at(-1)?.accounts ?? 0 };
}

/** Who owns accounts, and how many; at most 200. `name` null: no member has that address. */
export async function listOwners(scope: Scope, workspaceId: WorkspaceId): Promise<AudienceChoices['owners']> {
  const { rows } = await sql<AudienceChoices['owners'][number]>`
    select o.value, o.accounts, m.name from (
      select a.owner_address as value, count(*)::int as accounts from account a
      where a.workspace_id = ${workspaceId} and a.owner_address is not null group by 1) o
    left join member m on m.workspace_id = ${workspaceId} and m.address = lower(o.value) and m.left_at is null
    order by o.accounts desc, o.value limit 200`.execute(scope);
  return rows;
}

/** The values that accounts have, most frequent first, and the campaigns by name with the accounts that each touched: figures of nobody. */
export async function readAudienceChoices(
  scope: Scope,
  workspaceId: WorkspaceId,
  now: Date,
): Promise<Omit<AudienceChoices, 'owners'>> {
  await giveRoom(scope);
  const readValues = async (column: 'segment' | 'tier' | 'stage') => {
    const { rows } = await sql<{ value: string; accounts: number }>`
      select ${sql.ref(`a.${column}`)}::text as value, count(*)::int as accounts from account a
      where a.workspace_id = ${workspaceId} and ${sql.ref(`a.${column}`)} is not null
      group by 1 order by 2 desc, 1`.execute(scope);
    return rows;
  };
  const { rows: grades } = await sql<AudienceChoices['grades'][number]>`
    select grade as value, count(*)::int as contacts from kept_score where workspace_id = ${workspaceId} group by 1 order by 1`.execute(
    scope,
  );
  const tiers = (await readValues('tier')).sort((a, b) => Number(a.value) - Number(b.value));
  const territories = await listTerritories(scope, workspaceId);
  return {
    asOf: now.toISOString(),
    segments: await readValues('segment'),
    tiers,
    stages: await readValues('stage'),
    campaigns: await countCampaigns(scope, await readAudienceGround(scope, workspaceId, now)),
    territories: territories.map(({ territory, accounts }) => ({ value: territory, accounts })),
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
  await giveRoom(scope);
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
  const which = ids.length > 0 ? sql`a.id = any(${[...ids]}::uuid[])` : sql`a.name ilike ${`%${likeWords(search)}%`}`;
  const { rows } = await sql<NamedAccount>`
    select a.id, a.name, a.segment from account a where a.workspace_id = ${workspaceId} and ${which}
    order by a.name, a.id limit ${ids.length > 0 ? 200 : 50}`.execute(scope);
  return rows;
}
