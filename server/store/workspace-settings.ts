import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import { zoneSchema } from '#contract/mapping.ts';
import { type SettingsChange, type WorkspaceSettings, workspaceSettingsSchema } from '#contract/settings.ts';
import type { Scope } from '../db/scope.ts';
import { changeSites } from './workspace-sites.ts';

/** Settings as they stand in the table. What this store does not know among them was written by a newer one: it is passed over, never an error. */
export function readSettingsColumn(raw: unknown): WorkspaceSettings {
  const parsed = workspaceSettingsSchema.safeParse(raw ?? {});
  return parsed.success ? parsed.data : workspaceSettingsSchema.parse({});
}

/** What an admin settled for everybody in the workspace. */
export async function readSettings(scope: Scope, workspaceId: WorkspaceId): Promise<WorkspaceSettings> {
  const row = await scope
    .selectFrom('workspace')
    .select('settings')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return readSettingsColumn(row.settings);
}

/** The zone by whose calendars the workspace counts days; UTC until an admin sets another, and where this store does not know the one that is set. */
export async function readZone(scope: Scope, workspaceId: WorkspaceId): Promise<string> {
  const { rows } = await sql<{ zone: string | null }>`
    select settings->>'zone' as zone from workspace where workspace_id = ${workspaceId}`.execute(scope);
  return zoneSchema.safeParse(rows[0]?.zone).data ?? 'UTC';
}

function changeDomains(before: readonly string[], change: NonNullable<SettingsChange['ownDomains']>): string[] {
  const added = Object.keys(change).filter((domain) => change[domain] === true);
  return [...new Set([...before, ...added])].filter((domain) => change[domain] !== null).sort();
}

/**
 * Changes what is named and nothing else: two admins at work do not undo each other, and what a newer store wrote stays.
 * Answers the settings as they are now. Throws a `ProblemError` 422 when sites would outgrow their limits.
 */
export async function changeSettings(
  scope: Scope,
  workspaceId: WorkspaceId,
  {
    panelSides = {},
    ownDomains,
    sites,
    scopeByTerritory,
    keepTouchesMonths,
    leaseHours,
    handOverHours,
    zone,
  }: SettingsChange,
): Promise<WorkspaceSettings> {
  const row = await scope
    .selectFrom('workspace')
    .select('settings')
    .where('workspaceId', '=', workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const present = readSettingsColumn(row.settings);
  const sides = Object.entries({ ...present.panelSides, ...panelSides });
  const settings = {
    ...(row.settings as object),
    panelSides: Object.fromEntries(sides.filter(([, side]) => side !== null)),
    ...(ownDomains && { ownDomains: changeDomains(present.ownDomains ?? [], ownDomains) }),
    ...(sites === undefined ? {} : { sites: changeSites(present.sites, sites) }),
    ...(scopeByTerritory === undefined ? {} : { scopeByTerritory }),
    ...(keepTouchesMonths === undefined ? {} : { keepTouchesMonths }),
    // Null leaves no key behind: what JSON does with undefined.
    ...(leaseHours === undefined ? {} : { leaseHours: leaseHours ?? undefined }),
    ...(handOverHours === undefined ? {} : { handOverHours: handOverHours ?? undefined }),
    ...(zone === undefined ? {} : { zone: zone ?? undefined }),
  };
  await scope
    .updateTable('workspace')
    .set({ settings: JSON.stringify(settings) })
    .where('workspaceId', '=', workspaceId)
    .execute();
  return readSettingsColumn(settings);
}
