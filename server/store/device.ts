import { type RawBuilder, sql } from 'kysely';
import type { DeviceId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Role } from '#contract/session.ts';
import type { Scope } from '../db/scope.ts';
import { boundTo, type Territories } from './territory.ts';

/** A device's token is good for 30 days after its last use. */
export const tokenLifeMs = 30 * 86_400_000;

/** A device as the token check finds it. `lastSeenAt` is exact to the hour. */
export interface KnownDevice {
  id: DeviceId;
  tokenHash: Buffer;
  name: string;
  memberId: MemberId;
  memberName: string;
  address: string;
  role: Role;
  territories: Territories;
  leftAt: Date | null;
  lastSeenAt: Date | null;
  expiresAt: Date;
  revokedAt: Date | null;
  /** The sequence up to which this device's mutations are stored. */
  lastSequence: number;
  /** Under which key it holds its copy, as far as it was told or has said; null: nothing was noted yet. */
  keyId: string | null;
}

/** The device whose token has this hash, with its member, live or not; undefined when this workspace has none. */
export async function findDevice(
  scope: Scope,
  workspaceId: WorkspaceId,
  tokenHash: Buffer,
): Promise<KnownDevice | undefined> {
  return (await selectDevices(scope, workspaceId, sql`d.token_hash = ${tokenHash}`))[0];
}

/** As `findDevice`, of many. In no order; what this workspace does not have is missing. */
export function findDevices(
  scope: Scope,
  workspaceId: WorkspaceId,
  tokenHashes: readonly Buffer[],
): Promise<KnownDevice[]> {
  return selectDevices(scope, workspaceId, sql`d.token_hash = any(${[...tokenHashes]}::bytea[])`);
}

/** As `findDevice`, and locks the device's row: its pushes go one after the other. */
export async function lockDevice(
  scope: Scope,
  workspaceId: WorkspaceId,
  tokenHash: Buffer,
): Promise<KnownDevice | undefined> {
  return (await selectDevices(scope, workspaceId, sql`d.token_hash = ${tokenHash} for update of d`))[0];
}

async function selectDevices(
  scope: Scope,
  workspaceId: WorkspaceId,
  which: RawBuilder<unknown>,
): Promise<KnownDevice[]> {
  const { rows } = await sql<KnownDevice>`
    select d.id, d.token_hash, d.name, d.member_id, m.name as member_name, m.address, m.role, m.left_at, d.last_seen_at, d.expires_at, d.revoked_at,
      d.last_sequence, d.key_id, ${boundTo} as territories
    from device d join member m on m.workspace_id = d.workspace_id and m.id = d.member_id join workspace w on w.workspace_id = d.workspace_id
    where d.workspace_id = ${workspaceId} and ${which}`.execute(scope);
  return rows;
}

/** Adds a signed-in browser to a member. */
export async function createDevice(
  scope: Scope,
  workspaceId: WorkspaceId,
  device: { id: DeviceId; memberId: MemberId; tokenHash: Buffer; name: string; now: Date },
): Promise<void> {
  const { now, ...columns } = device;
  const expiresAt = new Date(now.getTime() + tokenLifeMs);
  await scope
    .insertInto('device')
    .values({ workspaceId, ...columns, createdAt: now, lastSeenAt: now, expiresAt, revokedAt: null })
    .execute();
}

/** Notes that the device was here, and moves its token's end accordingly. */
export async function noteDeviceSeen(
  scope: Scope,
  workspaceId: WorkspaceId,
  deviceId: DeviceId,
  now: Date,
): Promise<void> {
  await scope
    .updateTable('device')
    .set({ lastSeenAt: now, expiresAt: new Date(now.getTime() + tokenLifeMs) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', deviceId)
    .execute();
}

/** Takes a device's access back for good. Once is enough: a second time changes nothing. */
export async function endDevice(scope: Scope, workspaceId: WorkspaceId, deviceId: DeviceId, now: Date): Promise<void> {
  await scope
    .updateTable('device')
    .set({ revokedAt: now })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', deviceId)
    .where('revokedAt', 'is', null)
    .execute();
}

/** Which of these devices may still be served. */
export async function listLiveDevices(
  scope: Scope,
  workspaceId: WorkspaceId,
  ids: readonly DeviceId[],
  now: Date,
): Promise<Set<DeviceId>> {
  const { rows } = await sql<{ id: DeviceId }>`
    select d.id from device d join member m on m.workspace_id = d.workspace_id and m.id = d.member_id
    where d.workspace_id = ${workspaceId} and d.id = any(${[...ids]}::uuid[])
      and d.revoked_at is null and d.expires_at > ${now} and m.left_at is null`.execute(scope);
  return new Set(rows.map((row) => row.id));
}

/**
 * Ends a device of this member and locks it: a push of it that is under way is done or will be refused. Answers whether there is one. For a browser that goes
 * on as another device of the same member.
 */
export async function endFormerDevice(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  deviceId: DeviceId,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update device set revoked_at = coalesce(revoked_at, ${now})
    where workspace_id = ${workspaceId} and member_id = ${memberId} and id = ${deviceId} returning id`.execute(scope);
  return rows.length > 0;
}
