import { sql } from 'kysely';
import type { CampaignId, ContactId, TouchId, WorkspaceId } from '#contract/ids.ts';
import type { PlannedTouch } from '#contract/touch.ts';
import type { KeptTouch } from '../../utils/scoring/kept.ts';
import type { Scope } from '../db/scope.ts';
import { touchMoments } from './fold.ts';

/** How many of a contact's newest touches its score is made of. Older ones have long faded. */
export const scoredTouches = 200;

/** A past touch with its campaign's name. */
export interface TouchRow {
  contactId: ContactId;
  id: TouchId;
  kind: string;
  at: Date;
  campaignId: CampaignId | null;
  campaign: string | null;
  detail: string | null;
  isRobot: boolean;
}

/** A touch as the database hands it over: by far the most of what a snapshot reads, so a contact's come as one text, not as a row each. `at` in ms. */
type PackedTouch = [TouchId, string, number, CampaignId | null, string | null, string | null, boolean];

/** A touch `t` of campaign `n` as it is packed. */
export const packedTouch = sql`json_build_array(t.id, t.kind, floor(extract(epoch from t.at) * 1000), t.campaign_id, n.name, t.detail, t.is_robot)`;

/** Touches as they were before they were packed into one text. */
export function unpackTouches(contactId: ContactId, touches: string): TouchRow[] {
  return (JSON.parse(touches) as PackedTouch[]).map(([id, kind, at, campaignId, campaign, detail, isRobot]) => ({
    contactId,
    id,
    kind,
    at: new Date(at),
    campaignId,
    campaign,
    detail,
    isRobot,
  }));
}

/** Each contact's newest touches up to `now`, newest first, `scoredTouches` at most. One walk down the index a contact, however many touches there are. */
export async function listNewestTouches(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  now: Date,
): Promise<TouchRow[]> {
  const { rows } = await sql<{ contactId: ContactId; touches: string }>`
    select c.id as contact_id, json_agg(${packedTouch} order by t.at desc, t.id)::text as touches
    from unnest(${[...contactIds]}::uuid[]) as c(id)
    cross join lateral (
      select id, kind, at, campaign_id, detail, is_robot from touch
      where workspace_id = ${workspaceId} and contact_id = c.id and at <= ${now}
      order by at desc limit ${scoredTouches}
    ) t
    left join campaign n on n.workspace_id = ${workspaceId} and n.id = t.campaign_id
    group by c.id`.execute(scope);
  return rows.flatMap(({ contactId, touches }) => unpackTouches(contactId, touches));
}

/** A touch as far as what is kept of a score depends on it. */
type LeanTouch = [kind: string, at: number, detail: string | null, campaign: string | null];

/**
 * Of the touches that `listNewestTouches` answers those by people that are of these kinds, as what is kept of scores is made of them: a fraction of what all of them are.
 * `isWorded`: with what they were about. By contact; who has none is missing.
 */
export async function listKeptTouches(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  now: Date,
  { kinds, isWorded }: { kinds: readonly string[]; isWorded: boolean },
): Promise<Map<ContactId, KeptTouch[]>> {
  const words = isWorded ? sql`, t.detail, n.name` : sql``;
  const campaigns = isWorded
    ? sql`left join campaign n on n.workspace_id = ${workspaceId} and n.id = t.campaign_id`
    : sql``;
  const { rows } = await sql<{ contactId: ContactId; touches: string }>`
    select c.id as contact_id, json_agg(json_build_array(t.kind, floor(date_part('epoch', t.at) * 1000)${words}))::text as touches
    from unnest(${[...contactIds]}::uuid[]) as c(id)
    cross join lateral (
      select kind, at, campaign_id, detail, is_robot from touch
      where workspace_id = ${workspaceId} and contact_id = c.id and at <= ${now}
      order by at desc limit ${scoredTouches}
    ) t ${campaigns}
    where not t.is_robot and t.kind = any(${[...kinds]})
    group by c.id`.execute(scope);
  return new Map(
    rows.map(({ contactId, touches }) => [
      contactId,
      (JSON.parse(touches) as LeanTouch[]).map(([kind, at, detail = null, campaign = null]) => {
        return { kind, at, detail, campaign, isRobot: false };
      }),
    ]),
  );
}

/** For each contact and moment that is asked about, in that order, the newest touches before that moment: none of that moment or later. Newest first, `scoredTouches` at most. */
export async function listTouchesBefore(
  scope: Scope,
  workspaceId: WorkspaceId,
  asked: readonly { contactId: ContactId; at: Date }[],
): Promise<TouchRow[][]> {
  const contacts = asked.map(({ contactId }) => contactId);
  const moments = asked.map(({ at }) => at.toISOString());
  const { rows } = await sql<{ contactId: ContactId; place: number; touches: string }>`
    select l.contact_id, l.place, json_agg(${packedTouch} order by t.at desc, t.id)::text as touches
    from unnest(${contacts}::uuid[], ${moments}::timestamptz[]) with ordinality as l(contact_id, before, place)
    cross join lateral (
      select id, kind, at, campaign_id, detail, is_robot from touch
      where workspace_id = ${workspaceId} and contact_id = l.contact_id and at < l.before
      order by at desc limit ${scoredTouches}
    ) t
    left join campaign n on n.workspace_id = ${workspaceId} and n.id = t.campaign_id
    group by l.contact_id, l.place`.execute(scope);
  const found = new Map(
    rows.map(({ place, contactId, touches }) => [Number(place), unpackTouches(contactId, touches)]),
  );
  return asked.map((_, index) => found.get(index + 1) ?? []);
}

/** How many touches a contact had in all, how many of them by robots, and since when. */
export interface TouchCount {
  contactId: ContactId;
  touches: number;
  robots: number;
  firstAt: Date;
}

/** The counts of those contacts that had touches, also of touches that are kept as counts alone. */
export async function countTouches(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  now: Date,
): Promise<TouchCount[]> {
  const { rows } = await sql<TouchCount>`
    select contact_id, sum(touches) as touches, sum(robots) as robots, min(first_at) as first_at from (
      select contact_id, count(*) as touches, count(*) filter (where is_robot) as robots, min(at) as first_at
      from touch where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[]) and at <= ${now}
      group by contact_id
      union all
      select contact_id, touches, case when is_robot then touches else 0 end, first_at
      from folded_touch where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])
    ) counted
    group by contact_id`.execute(scope);
  return rows;
}

/** Each contact's next planned touches, soonest first, 20 at most. */
export async function listPlannedTouches(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  now: Date,
): Promise<(Omit<PlannedTouch, 'plannedAt'> & { contactId: ContactId; plannedAt: Date })[]> {
  const { rows } = await sql<Omit<PlannedTouch, 'plannedAt'> & { contactId: ContactId; plannedAt: Date }>`
    select c.id as contact_id, p.id, p.kind, p.planned_at, p.campaign_id, n.name as campaign, p.detail
    from unnest(${[...contactIds]}::uuid[]) as c(id)
    cross join lateral (
      select id, kind, planned_at, campaign_id, detail from planned_touch
      where workspace_id = ${workspaceId} and contact_id = c.id and state = 'planned' and planned_at > ${now}
      order by planned_at limit 20
    ) p
    left join campaign n on n.workspace_id = ${workspaceId} and n.id = p.campaign_id
    order by p.planned_at, p.id`.execute(scope);
  return rows;
}

/** The campaigns a contact had touches of up to `now`, the one of the newest touch first. Robots' opens and clicks do not count. */
export async function listContactCampaigns(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  now: Date,
): Promise<CampaignId[]> {
  const { rows } = await sql<{ campaignId: CampaignId }>`
    select campaign_id from ${touchMoments} t
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and campaign_id is not null and not is_robot and at <= ${now}
    group by campaign_id order by max(at) desc, campaign_id`.execute(scope);
  return rows.map((row) => row.campaignId);
}
