import { type RawBuilder, sql } from 'kysely';
import type { Audience, AudienceAccount, AudienceChoices, NamedAccount, Reach } from '#contract/desk.ts';
import type { AccountId, CampaignId, WorkspaceId } from '#contract/ids.ts';
import { giveRoom, type Scope } from '../db/scope.ts';
import { countKeptCampaigns } from './account-reach.ts';
import {
  type AudienceGround,
  askedDays,
  goBack,
  lastActiveAt,
  readAudienceGround,
  writeAudience,
  writeConditions,
  writeGround,
} from './audience-conditions.ts';
import { findRemedy, type Group, isLeftBy, remedyDays, sum } from './desk-remedy.ts';
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
  const groups = await countGroups(scope, ground, audience, askedDays(audience), audience.dormantDays !== null);
  const steps = addSteps(writeConditions(ground, audience), groups);
  const fitting = groups.filter((group) => isLeftBy(group, []));
  const countAgain = (days: number) => countGroups(scope, ground, audience, days, true);
  const accounts = sum(fitting, 'accounts');
  return {
    accounts,
    contacts: sum(fitting, 'contacts'),
    steps,
    bySegment: addSegments(fitting),
    reps: await countReps(scope, ground, [...new Set(fitting.map(({ territory }) => territory))]),
    remedy: accounts === 0 ? await findRemedy(steps, audience, groups, countAgain) : null,
    asOf: (ground.keptAsOf ?? now).toISOString(),
  };
}

function addSteps(conditions: ReturnType<typeof writeConditions>, groups: readonly Group[]): Reach['steps'] {
  const names = conditions.map(([name]) => name);
  return [
    { condition: 'all', accounts: sum(groups, 'accounts') },
    ...names.map((condition, at) => ({
      condition,
      accounts: sum(
        groups.filter((group) => isLeftBy(group, names.slice(at + 1))),
        'accounts',
      ),
    })),
  ];
}

/** Most accounts first, of as many by name; those without one last. */
function addSegments(fitting: readonly Group[]): Reach['bySegment'] {
  const isBefore = (one: string | null, other: string | null) => other === null || (one !== null && one < other);
  return [...Map.groupBy(fitting, ({ segment }) => segment)]
    .map(([segment, some]) => ({ segment, accounts: sum(some, 'accounts') }))
    .toSorted((a, b) => b.accounts - a.accounts || (isBefore(a.segment, b.segment) ? -1 : 1));
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

/** In how many of `remedyDays` an account was active. The moments are one value: an array put together in SQL would be made anew for every account. */
function writePeriods(ground: AudienceGround): RawBuilder<number> {
  const since = remedyDays.map((days) => goBack(ground, days));
  return sql<number>`width_bucket(coalesce(${lastActiveAt(ground)}, '-infinity'), ${since}::timestamptz[])`;
}

/** One pass over the accounts, so many days back (null: activity is not asked for); what a reach tells is added up from these groups. `isTimed`: also by how long ago they were active. */
async function countGroups(
  scope: Scope,
  ground: AudienceGround,
  audience: Audience,
  days: number | null,
  isTimed: boolean,
): Promise<Group[]> {
  const { workspaceId, keptAsOf } = ground;
  const conditions = writeConditions(ground, audience).flatMap(([name, sql]) => (sql ? [{ name, sql }] : []));
  const failing = conditions.map(({ sql: condition }, at) => sql`(not ${condition})::int * ${sql.lit(1 << at)}`);
  const people = keptAsOf
    ? sql``
    : sql`left join (select c.account_id, count(*) as contacts from contact c where c.workspace_id = ${workspaceId} and not c.do_not_contact group by 1) k on k.account_id = a.id`;
  const { rows } = await sql<Omit<Group, 'failed'> & { failed: number }>`
    select failed, active, case when failed = 0 then segment end as segment, case when failed = 0 then territory end as territory,
      sum(accounts)::int as accounts, coalesce(sum(contacts), 0)::int as contacts
    from (
      select ${sql.join(failing, sql` + `)} as failed,
        ${isTimed ? writePeriods(ground) : sql`0`} as active,
        a.segment, a.territory, count(*) as accounts, sum(k.contacts) as contacts
      from ${writeGround(ground, audience, days)} ${people} where a.workspace_id = ${workspaceId} group by 1, 2, 3, 4) g
    group by 1, 2, 3, 4`.execute(scope);
  return rows.map(({ failed, ...group }) => {
    return { ...group, failed: conditions.filter((_, at) => (failed & (1 << at)) !== 0).map(({ name }) => name) };
  });
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
    ? countKeptCampaigns(workspaceId)
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
    ? sql`(select k.last_touch_at from account_reach k where k.workspace_id = ${workspaceId} and k.account_id = a.id)`
    : sql`(select max(t.at) from ${touchMoments} t join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
         where t.workspace_id = ${workspaceId} and c.account_id = a.id and not t.is_robot and t.at <= ${now})`;
  const { rows } = await sql<Omit<AudienceAccount, 'lastActiveAt'> & { id: AccountId; lastActiveAt: Date | null }>`
    with chosen as (
      select a.id, a.name, a.segment, a.tier, a.stage from ${writeAudience(ground, audience)}
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
