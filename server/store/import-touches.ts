import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import type { PlannedDraft } from '../sources/draft.ts';
import { letGoWhole } from '../sources/let-go.ts';
import type { TouchedPerson, TouchList } from '../sources/touch-list.ts';
import { packFlags, packMoments, packTexts, packTimedIds, packUuids } from './binary-array.ts';
import { noteWritten } from './import-change.ts';

/** How long before its planned moment a touch may happen and still be the planned one. */
const earliestDays = 14;

/** Whose contacts' events a write touched, one entry an event. */
type ContactIds = string[];

/** A touch that was thought to be new is there already: the batch must be done again, asking of each. */
export class TouchClash extends Error {
  override name = 'TouchClash';
}

const toTouchClash = (error: unknown): never => {
  const { code, constraint } = error as { code?: string; constraint?: string };
  throw code === '23505' && (constraint === 'touch_pkey' || constraint === 'touch_source')
    ? new TouchClash('A touch is there already.')
    : error;
};

/** Touches that were added: whose they are, one entry each, and the stretch in which their ids lie. */
export interface AddedTouches {
  people: readonly TouchedPerson[];
  first: string;
  last: string;
}

/**
 * Adds past touches. One that is there already (of the same contact, source and external id; where the source has ids of its own, whoever the contact is) stays as it is. Answers those that were added, or null when none was.
 * `areNew`: they are all taken to be new, which asks half the work of PostgreSQL. Throws a `TouchClash` when one is not.
 */
export async function addTouches(
  scope: Scope,
  workspaceId: WorkspaceId,
  touches: TouchList,
  origin: { source: string; importId: ImportId },
  areNew: boolean,
): Promise<AddedTouches | null> {
  if (touches.length === 0) return null;
  const { people } = touches;
  const { array: ids, first, last } = packTimedIds(touches.length, Date.now());
  const parts = {
    ids,
    externalIds: packTexts(touches.externalIds),
    contacts: packUuids(people.map(({ id }) => id)),
    campaigns: packUuids(touches.campaignIds),
    kinds: packTexts(touches.kinds),
    at: packMoments(touches.at),
    details: packTexts(touches.details),
    isRobot: packFlags(touches.isRobot),
  };
  try {
    const { numAffectedRows: added } = await sql`
      insert into touch (workspace_id, source, import_id, id, external_id, contact_id, campaign_id, kind, at, detail, is_robot)
      select ${workspaceId}, ${origin.source}, ${origin.importId}::uuid, unnest(${parts.ids}::uuid[]), unnest(${parts.externalIds}::text[]),
        unnest(${parts.contacts}::uuid[]), unnest(${parts.campaigns}::uuid[]), unnest(${parts.kinds}::text[]),
        unnest(${parts.at}::timestamptz[]), unnest(${parts.details}::text[]), unnest(${parts.isRobot}::boolean[])
      ${areNew ? sql`` : sql`on conflict do nothing`}`
      .execute(scope)
      .catch(toTouchClash);
    // Mostly all are new or none is: only of a mixture has to be asked which.
    if (added === 0n) return null;
    if (added === BigInt(touches.length)) return { people, first, last };
    const { rows } = await sql<{ place: number }>`
      select n.place::int as place
      from unnest(${parts.ids}::uuid[], ${parts.contacts}::uuid[], ${parts.externalIds}::text[]) with ordinality as n(id, contact_id, external_id, place)
      join touch t on t.workspace_id = ${workspaceId} and t.contact_id = n.contact_id and t.source = ${origin.source} and t.external_id = n.external_id
        and t.id = n.id`.execute(scope);
    return { people: rows.flatMap(({ place }) => people[place - 1] ?? []), first, last };
  } finally {
    for (const part of Object.values(parts)) letGoWhole(part);
  }
}

/** What a write did to planned touches. */
interface PlannedChanges {
  added: ContactIds;
  changed: ContactIds;
}

/**
 * Brings planned touches up to what the file says: new ones are added, known ones moved or changed, cancelled ones cancelled (and planned again when
 * a later file says so). One that was fulfilled stays fulfilled. Each external id at most once.
 */
export async function upsertPlanned(
  scope: Scope,
  workspaceId: WorkspaceId,
  planned: readonly PlannedDraft[],
  origin: { source: string; importId: ImportId },
): Promise<PlannedChanges> {
  const standing = planned.filter((each) => each.state === 'planned');
  const cancelled = planned.filter((each) => each.state === 'cancelled');
  const column = <K extends keyof PlannedDraft>(key: K) => standing.map((each) => each[key]);
  const written =
    standing.length === 0
      ? []
      : (
          await sql<{ contactId: string; isNew: boolean }>`
    with written as (
    insert into planned_touch as p (workspace_id, source, import_id, id, external_id, contact_id, campaign_id, kind, planned_at, detail)
    select ${workspaceId}, ${origin.source}, ${origin.importId}::uuid, * from unnest(
      ${column('id')}::uuid[], ${column('externalId')}::text[], ${standing.map(({ person }) => person.id)}::uuid[], ${column('campaignId')}::uuid[],
      ${column('kind')}::text[], ${column('plannedAt')}::timestamptz[], ${column('detail')}::text[])
    on conflict (workspace_id, source, external_id) do update
      set contact_id = excluded.contact_id, campaign_id = excluded.campaign_id, kind = excluded.kind, planned_at = excluded.planned_at,
        detail = excluded.detail, import_id = excluded.import_id, state = 'planned'
      where p.state <> 'fulfilled' and (p.contact_id, p.campaign_id, p.kind, p.planned_at, p.detail, p.state)
        is distinct from (excluded.contact_id, excluded.campaign_id, excluded.kind, excluded.planned_at, excluded.detail, 'planned')
    returning id, contact_id, (xmax = 0) as is_new),
    ${noteWritten(workspaceId, origin.importId, 'planned', 'planned_touch')}
    select contact_id, is_new from written`.execute(scope)
        ).rows;
  const ended =
    cancelled.length === 0
      ? []
      : (
          await sql<{ contactId: string }>`
    with written as (
    update planned_touch set state = 'cancelled', import_id = ${origin.importId}::uuid
    where workspace_id = ${workspaceId} and source = ${origin.source} and state = 'planned'
      and external_id = any(${cancelled.map((each) => each.externalId)}::text[])
    returning id, contact_id, false as is_new),
    ${noteWritten(workspaceId, origin.importId, 'planned', 'planned_touch')}
    select contact_id from written`.execute(scope)
        ).rows;
  return {
    added: written.filter((row) => row.isNew).map((row) => row.contactId),
    changed: [...written.filter((row) => !row.isNew), ...ended].map((row) => row.contactId),
  };
}

/** Whether any touch is planned in the workspace: mostly none is, and then nobody's need to be looked for. */
export async function isAnyPlanned(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ isAny: boolean }>`
    select exists (select 1 from planned_touch where workspace_id = ${workspaceId} and state = 'planned') as is_any`.execute(
    scope,
  );
  return rows[0]?.isAny ?? false;
}

/**
 * Marks planned touches of these contacts as fulfilled by the touch that came: same contact, campaign and kind, by no robot,
 * at most 14 days before the planned moment. A second run changes nothing.
 */
export async function fulfilPlanned(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  importId: ImportId,
): Promise<ContactIds> {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<{ contactId: string }>`
    with written as (
    update planned_touch p set state = 'fulfilled', fulfilled_by = (
      select t.id from touch t
      where t.workspace_id = p.workspace_id and t.contact_id = p.contact_id and t.campaign_id = p.campaign_id and t.kind = p.kind
        and not t.is_robot and t.at >= p.planned_at - make_interval(days => ${earliestDays})
      order by t.at limit 1)
    where p.workspace_id = ${workspaceId} and p.state = 'planned' and p.contact_id = any(${packUuids(contactIds)}::uuid[]) and exists (
      select 1 from touch t
      where t.workspace_id = p.workspace_id and t.contact_id = p.contact_id and t.campaign_id = p.campaign_id and t.kind = p.kind
        and not t.is_robot and t.at >= p.planned_at - make_interval(days => ${earliestDays}))
    returning p.id, p.contact_id, false as is_new),
    ${noteWritten(workspaceId, importId, 'planned', 'planned_touch')}
    select contact_id from written`.execute(scope);
  return rows.map((row) => row.contactId);
}
