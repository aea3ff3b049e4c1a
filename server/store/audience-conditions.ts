import { type RawBuilder, sql } from 'kysely';
import { type Audience, type AudienceCondition, type Chosen, chosenNames } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { isKeptAsTouchedBy, readReachAsOf } from './account-reach.ts';
import { touchMoments } from './fold.ts';

/** What an audience is counted on. `keptAsOf`: touches are told by what is kept of them, true up to then; null: by the touches themselves. */
export interface AudienceGround {
  workspaceId: WorkspaceId;
  now: Date;
  keptAsOf: Date | null;
}

/** Looks how touches are to be counted now. */
export async function readAudienceGround(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<AudienceGround> {
  return { workspaceId, now, keptAsOf: await readReachAsOf(scope, workspaceId, now) };
}

/** So many days before now. */
export function goBack({ now }: AudienceGround, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}

/** Whom an audience is to reach, and whom it leaves out. */
type Side = 'wanted' | 'unwanted';

/** As `wanted` or `unwanted`: the accounts at which somebody has one of these grades, each once. Each grade is read in the order of accounts, so nothing has to be sorted or hashed. */
function joinGraded(workspaceId: WorkspaceId, grades: readonly string[], side: Side): RawBuilder<unknown> {
  if (grades.length === 0) return sql``;
  const each = [...new Set(grades)].map(
    (grade) =>
      sql`(select account_id from kept_score where workspace_id = ${workspaceId} and grade = ${grade} and account_id is not null)`,
  );
  return sql`left join (select account_id from (${sql.join(each, sql` union `)}) s group by 1) ${sql.ref(side)} on ${sql.ref(side)}.account_id = a.id`;
}

/**
 * Where the accounts `a` of an audience are looked for, with what is kept of each as `k` where that is read. `days`: so far back it must be known when somebody there was last
 * touched or judged; null: not at all.
 */
export function writeGround(
  { workspaceId, keptAsOf, ...ground }: AudienceGround,
  { grades, without }: Audience,
  days: number | null,
): RawBuilder<unknown> {
  const kept = keptAsOf
    ? sql`left join account_reach k on k.workspace_id = a.workspace_id and k.account_id = a.id`
    : sql``;
  const accounts = sql`account a ${kept} ${joinGraded(workspaceId, grades, 'wanted')} ${joinGraded(workspaceId, without.grades, 'unwanted')}`;
  if (days === null) return accounts;
  const since = goBack({ workspaceId, keptAsOf, ...ground }, days);
  const judged = sql`select v.account_id, v.at from verdict v
    where v.workspace_id = ${workspaceId} and v.at >= ${since} and v.undone_at is null and v.account_id is not null`;
  const touched = sql`select c.account_id, t.at from ${touchMoments} t join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
    where t.workspace_id = ${workspaceId} and t.at >= ${since} and t.at <= ${ground.now} and not t.is_robot and c.account_id is not null`;
  return sql`${accounts} left join (
    select account_id, max(at) as at from (${keptAsOf ? judged : sql`${judged} union all ${touched}`}) m group by 1) j on j.account_id = a.id`;
}

/** When somebody at the account `a` was last touched (robots aside) or judged, as far back as the ground looks; null: not since then. */
export function lastActiveAt({ keptAsOf }: AudienceGround): RawBuilder<Date | null> {
  return keptAsOf ? sql<Date | null>`greatest(k.last_touch_at, j.at)` : sql<Date | null>`j.at`;
}

function isActive(ground: AudienceGround, days: number): RawBuilder<boolean> {
  return sql<boolean>`coalesce(${lastActiveAt(ground)} >= ${goBack(ground, days)}, false)`;
}

/** How far back it must be known for this audience when accounts were active, in days; null: it does not ask. */
export function askedDays({ activeDays, dormantDays }: Audience): number | null {
  const asked = [activeDays, dormantDays].filter((days) => days !== null);
  return asked.length === 0 ? null : Math.max(...asked);
}

/** Whether a campaign touched somebody at the account `a`, a robot of theirs included. */
function isTouchedBy({ workspaceId, keptAsOf }: AudienceGround, campaigns: readonly string[]): RawBuilder<boolean> {
  return keptAsOf
    ? isKeptAsTouchedBy(workspaceId, campaigns)
    : sql<boolean>`a.id in (
        select c.account_id from ${touchMoments} t join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
        where t.workspace_id = ${workspaceId} and t.campaign_id = any(${[...campaigns]}::uuid[]) and c.account_id is not null)`;
}

function isIn(
  column: string,
  values: readonly (string | number)[],
  type: 'text' | 'int' | 'uuid',
): RawBuilder<boolean> {
  return sql<boolean>`coalesce(${sql.ref(column)} = any(${[...values]}::${sql.raw(type)}[]), false)`;
}

type ChosenLists = Pick<Audience, Chosen>;

/** How each list is asked of the account `a`. */
const writeChosen: {
  [Name in Chosen]: (ground: AudienceGround, values: ChosenLists[Name], side: Side) => RawBuilder<boolean>;
} = {
  segments: (_, values) => isIn('a.segment', values, 'text'),
  tiers: (_, values) => isIn('a.tier', values, 'int'),
  stages: (_, values) => isIn('a.stage', values, 'text'),
  territories: (_, values) => isIn('a.territory', values, 'text'),
  owners: (_, values) => isIn('a.ownerAddress', values, 'text'),
  campaigns: isTouchedBy,
  grades: (_, __, side) => sql<boolean>`(${sql.ref(`${side}.accountId`)} is not null)`,
  accounts: (_, values) => isIn('a.id', values, 'uuid'),
};

function writeList<Name extends Chosen>(
  ground: AudienceGround,
  name: Name,
  lists: ChosenLists,
  side: Side,
): RawBuilder<boolean> {
  return writeChosen[name](ground, lists[name], side);
}

/** Told whether they are asked for or not: a Desk from before the others reads them by name. */
const always: readonly AudienceCondition[] = ['segments', 'tiers', 'stages', 'active'];

/** Each condition of an audience as SQL on the account `a` of its ground, in the order in which a person reads them; null where it is told without being asked for. None of them is null in SQL. */
export function writeConditions(
  ground: AudienceGround,
  audience: Audience,
): [AudienceCondition, RawBuilder<boolean> | null][] {
  const asked: [AudienceCondition, RawBuilder<boolean> | null][] = [
    ...chosenNames.map((name): [AudienceCondition, RawBuilder<boolean> | null] => [
      name,
      audience[name].length > 0 ? writeList(ground, name, audience, 'wanted') : null,
    ]),
    ['active', audience.activeDays === null ? null : isActive(ground, audience.activeDays)],
    ['dormant', audience.dormantDays === null ? null : sql<boolean>`not ${isActive(ground, audience.dormantDays)}`],
    ...chosenNames.map((name): [AudienceCondition, RawBuilder<boolean> | null] => [
      `without_${name}`,
      audience.without[name].length > 0
        ? sql<boolean>`not ${writeList(ground, name, audience.without, 'unwanted')}`
        : null,
    ]),
    ['contactable', sql<boolean>`not a.do_not_contact`],
  ];
  return asked.filter(([name, condition]) => condition !== null || always.includes(name));
}

/** The accounts `a` of an audience: what follows FROM, with the condition. */
export function writeAudience(ground: AudienceGround, audience: Audience): RawBuilder<unknown> {
  const conditions = writeConditions(ground, audience).flatMap(([, condition]) => condition ?? []);
  const { workspaceId } = ground;
  return sql`${writeGround(ground, audience, askedDays(audience))} where a.workspace_id = ${workspaceId} and ${sql.join(conditions, sql` and `)}`;
}
