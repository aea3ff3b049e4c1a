import { type RawBuilder, sql } from 'kysely';
import type { Audience, AudienceAccount, AudienceChoices, Reach } from '#contract/desk.ts';
import type { AccountId, CampaignId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { findRemedy } from './desk-remedy.ts';
import { touchMoments } from './fold.ts';

/** Whether the account `a` was touched (robots aside) or judged since `days` before `now`. */
const isActive = (workspaceId: WorkspaceId, days: number, now: Date) => {
  const since = new Date(now.getTime() - days * 86_400_000);
  return sql<boolean>`a.id in (
    select c.account_id from ${touchMoments} t join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
    where t.workspace_id = ${workspaceId} and t.at >= ${since} and t.at <= ${now} and not t.is_robot and c.account_id is not null
    union
    select v.account_id from verdict v
    where v.workspace_id = ${workspaceId} and v.at >= ${since} and v.undone_at is null and v.account_id is not null)`;
};

/** Each condition of an audience as SQL on the account `a`, in the order in which a person reads them. A condition not asked for is true. */
export function writeConditions(workspaceId: WorkspaceId, audience: Audience, now: Date) {
  const oneOf = (column: string, values: readonly (string | number)[], type: 'text' | 'int') =>
    values.length === 0
      ? sql<boolean>`true`
      : sql<boolean>`coalesce(${sql.ref(column)} = any(${values}::${sql.raw(type)}[]), false)`;
  return {
    segments: oneOf('a.segment', audience.segments, 'text'),
    tiers: oneOf('a.tier', audience.tiers, 'int'),
    stages: oneOf('a.stage', audience.stages, 'text'),
    active: audience.activeDays === null ? sql<boolean>`true` : isActive(workspaceId, audience.activeDays, now),
    contactable: sql<boolean>`not a.do_not_contact`,
  };
}

/** The audience as one SQL condition on the account `a`. */
export function writeAudience(workspaceId: WorkspaceId, audience: Audience, now: Date): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(Object.values(writeConditions(workspaceId, audience, now)), sql` and `)})`;
}

/** Counts whom an audience reaches at `now`, line by line, and names the way out when it reaches nobody. */
export async function countReach(
  scope: Scope,
  workspaceId: WorkspaceId,
  audience: Audience,
  now: Date,
): Promise<Reach> {
  const steps = await countSteps(scope, workspaceId, audience, now);
  const accounts = steps.at(-1)?.accounts ?? 0;
  const fits = writeAudience(workspaceId, audience, now);
  const { rows: people } = await sql<{ contacts: number; reps: number }>`
    select (select count(*)::int from contact c join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
            where c.workspace_id = ${workspaceId} and not c.do_not_contact and ${fits}) as contacts,
           (select count(distinct m.id)::int from member m join device d on d.workspace_id = m.workspace_id and d.member_id = m.id
            where m.workspace_id = ${workspaceId} and m.role = 'rep' and m.left_at is null
              and d.revoked_at is null and d.expires_at > ${now}) as reps`.execute(scope);
  const { rows: bySegment } = await sql<{ segment: string | null; accounts: number }>`
    select a.segment, count(*)::int as accounts from account a
    where a.workspace_id = ${workspaceId} and ${fits} group by 1 order by 2 desc, 1 nulls last`.execute(scope);
  const remedy =
    accounts === 0
      ? await findRemedy(
          steps,
          audience,
          async (other) => (await countSteps(scope, workspaceId, other, now)).at(-1)?.accounts ?? 0,
        )
      : null;
  return {
    accounts,
    contacts: people[0]?.contacts ?? 0,
    reps: accounts === 0 ? 0 : (people[0]?.reps ?? 0),
    steps,
    bySegment,
    remedy,
  };
}

async function countSteps(
  scope: Scope,
  workspaceId: WorkspaceId,
  audience: Audience,
  now: Date,
): Promise<Reach['steps']> {
  const conditions = Object.entries(writeConditions(workspaceId, audience, now)) as [
    'segments' | 'tiers' | 'stages' | 'active' | 'contactable',
    RawBuilder<boolean>,
  ][];
  const flags = conditions.map(([name, condition]) => sql`${condition} as ${sql.ref(name)}`);
  const upTo = conditions.map(([name], index) => {
    const sofar = conditions.slice(0, index + 1).map(([each]) => sql.ref(each));
    return sql`count(*) filter (where ${sql.join(sofar, sql` and `)})::int as ${sql.ref(name)}`;
  });
  const { rows } = await sql<Record<string, number>>`
    with flagged as (select ${sql.join(flags)} from account a where a.workspace_id = ${workspaceId})
    select count(*)::int as "all", ${sql.join(upTo)} from flagged`.execute(scope);
  const counts = rows[0] ?? {};
  return (['all', ...conditions.map(([name]) => name)] as const).map((condition) => ({
    condition,
    accounts: counts[condition] ?? 0,
  }));
}

/** The values that accounts have, most frequent first, and the campaigns by name with the accounts that each touched. */
export async function readAudienceChoices(scope: Scope, workspaceId: WorkspaceId): Promise<AudienceChoices> {
  const readValues = async (column: 'segment' | 'tier' | 'stage') => {
    const { rows } = await sql<{ value: string; accounts: number }>`
      select ${sql.ref(`a.${column}`)}::text as value, count(*)::int as accounts from account a
      where a.workspace_id = ${workspaceId} and ${sql.ref(`a.${column}`)} is not null
      group by 1 order by 2 desc, 1`.execute(scope);
    return rows;
  };
  const { rows: campaigns } = await sql<{ id: CampaignId; name: string; accounts: number }>`
    select p.id, p.name, count(distinct c.account_id)::int as accounts from campaign p
    left join ${touchMoments} t on t.workspace_id = p.workspace_id and t.campaign_id = p.id
    left join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
    where p.workspace_id = ${workspaceId} group by p.id, p.name order by p.name`.execute(scope);
  const tiers = (await readValues('tier')).sort((a, b) => Number(a.value) - Number(b.value));
  return { segments: await readValues('segment'), tiers, stages: await readValues('stage'), campaigns };
}

/** The accounts behind a reach, best tier first, then by name; at most 500. */
export async function listAudienceAccounts(
  scope: Scope,
  workspaceId: WorkspaceId,
  audience: Audience,
  now: Date,
): Promise<AudienceAccount[]> {
  const { rows } = await sql<Omit<AudienceAccount, 'lastActiveAt'> & { id: AccountId; lastActiveAt: Date | null }>`
    with chosen as (
      select a.id, a.name, a.segment, a.tier, a.stage from account a
      where a.workspace_id = ${workspaceId} and ${writeAudience(workspaceId, audience, now)}
      order by a.tier nulls last, a.name, a.id limit 500)
    select a.*,
      (select count(*)::int from contact c where c.workspace_id = ${workspaceId} and c.account_id = a.id) as contacts,
      greatest(
        (select max(t.at) from ${touchMoments} t join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
         where t.workspace_id = ${workspaceId} and c.account_id = a.id and not t.is_robot and t.at <= ${now}),
        (select max(v.at) from verdict v where v.workspace_id = ${workspaceId} and v.account_id = a.id and v.undone_at is null)
      ) as last_active_at
    from chosen a order by a.tier nulls last, a.name, a.id`.execute(scope);
  return rows.map((row) => ({ ...row, lastActiveAt: row.lastActiveAt?.toISOString() ?? null }));
}
