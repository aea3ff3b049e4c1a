import { type RawBuilder, sql } from 'kysely';
import { type Audience, type AudienceCondition, type Chosen, chosenNames } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { readActivityAsOf } from './account-activity.ts';
import { touchMoments } from './fold.ts';

/** What an audience is counted on. `keptAsOf`: touches are told by what is kept of them, true up to then; null: by the touches themselves. */
export interface AudienceGround {
  workspaceId: WorkspaceId;
  now: Date;
  keptAsOf: Date | null;
}

/** Looks how touches are to be counted now. */
export async function readAudienceGround(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<AudienceGround> {
  return { workspaceId, now, keptAsOf: await readActivityAsOf(scope, workspaceId, now) };
}

/** Whether the account `a` was touched (robots aside) or judged since `days` before now. */
function isActive({ workspaceId, now, keptAsOf }: AudienceGround, days: number): RawBuilder<boolean> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const touched = keptAsOf
    ? sql`select k.account_id from account_activity k where k.workspace_id = ${workspaceId} and k.last_touch_at >= ${since}`
    : sql`select c.account_id from ${touchMoments} t join contact c on c.workspace_id = t.workspace_id and c.id = t.contact_id
        where t.workspace_id = ${workspaceId} and t.at >= ${since} and t.at <= ${now} and not t.is_robot and c.account_id is not null`;
  return sql<boolean>`a.id in (${touched} union
    select v.account_id from verdict v
    where v.workspace_id = ${workspaceId} and v.at >= ${since} and v.undone_at is null and v.account_id is not null)`;
}

/** Whether a campaign touched somebody at the account `a`, a robot of theirs included. */
function isTouchedBy({ workspaceId, keptAsOf }: AudienceGround, campaigns: readonly string[]): RawBuilder<boolean> {
  return keptAsOf
    ? sql<boolean>`a.id in (
        select k.account_id from account_activity k where k.workspace_id = ${workspaceId} and (${sql.join(
          campaigns.map((id) => sql`${id}::uuid = any(k.campaign_ids)`),
          sql` or `,
        )}))`
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
const writeChosen: { [Name in Chosen]: (ground: AudienceGround, values: ChosenLists[Name]) => RawBuilder<boolean> } = {
  segments: (_, values) => isIn('a.segment', values, 'text'),
  tiers: (_, values) => isIn('a.tier', values, 'int'),
  stages: (_, values) => isIn('a.stage', values, 'text'),
  territories: (_, values) => isIn('a.territory', values, 'text'),
  owners: (_, values) => isIn('a.ownerAddress', values, 'text'),
  campaigns: isTouchedBy,
  grades: ({ workspaceId }, values) => sql<boolean>`a.id in (
    select c.account_id from kept_score k join contact c on c.workspace_id = k.workspace_id and c.id = k.contact_id
    where k.workspace_id = ${workspaceId} and k.grade = any(${values}::text[]) and c.account_id is not null)`,
  accounts: (_, values) => isIn('a.id', values, 'uuid'),
};

function writeList<Name extends Chosen>(ground: AudienceGround, name: Name, lists: ChosenLists): RawBuilder<boolean> {
  return writeChosen[name](ground, lists[name]);
}

/** Told whether they are asked for or not: a Desk from before the others reads them by name. */
const always: readonly AudienceCondition[] = ['segments', 'tiers', 'stages', 'active'];
const anything = sql<boolean>`true`;

/** Each condition of an audience as SQL on the account `a`, in the order in which a person reads them; those that are not asked for are left out, or true. */
export function writeConditions(
  ground: AudienceGround,
  audience: Audience,
): [AudienceCondition, RawBuilder<boolean>][] {
  const asked: [AudienceCondition, RawBuilder<boolean> | null][] = [
    ...chosenNames.map((name): [AudienceCondition, RawBuilder<boolean> | null] => [
      name,
      audience[name].length > 0 ? writeList(ground, name, audience) : null,
    ]),
    ['active', audience.activeDays === null ? null : isActive(ground, audience.activeDays)],
    ['dormant', audience.dormantDays === null ? null : sql<boolean>`not ${isActive(ground, audience.dormantDays)}`],
    ...chosenNames.map((name): [AudienceCondition, RawBuilder<boolean> | null] => [
      `without_${name}`,
      audience.without[name].length > 0 ? sql<boolean>`not ${writeList(ground, name, audience.without)}` : null,
    ]),
    ['contactable', sql<boolean>`not a.do_not_contact`],
  ];
  return asked.flatMap(([name, condition]): [AudienceCondition, RawBuilder<boolean>][] => {
    if (condition) return [[name, condition]];
    return always.includes(name) ? [[name, anything]] : [];
  });
}

/** The audience as one SQL condition on the account `a`. */
export function writeAudience(ground: AudienceGround, audience: Audience): RawBuilder<boolean> {
  const conditions = writeConditions(ground, audience).map(([, condition]) => condition);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
