import { sql } from 'kysely';
import type { People } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { listTerritories } from './territory.ts';

type Member = People['members'][number];
type Invite = People['invites'][number];

/** Members who have not left, by name, with their devices (live before revoked, last seen first). */
async function listMembers(scope: Scope, workspaceId: WorkspaceId): Promise<Member[]> {
  const { rows } = await sql<Omit<Member, 'joinedAt' | 'devices'> & { joinedAt: Date }>`
    select m.id, m.name, m.address, m.role, m.team, m.territories, m.joined_at from member m
    where m.workspace_id = ${workspaceId} and m.left_at is null order by m.name, m.id`.execute(scope);
  const { rows: devices } = await sql<{
    id: Member['devices'][number]['id'];
    memberId: string;
    name: string;
    lastSeenAt: Date | null;
    revoked: boolean;
  }>`
    select d.id, d.member_id, d.name, d.last_seen_at, (d.revoked_at is not null or d.expires_at <= now()) as revoked from device d
    where d.workspace_id = ${workspaceId} order by d.revoked_at is not null, d.last_seen_at desc nulls last, d.id`.execute(
    scope,
  );
  return rows.map((member) => ({
    ...member,
    joinedAt: member.joinedAt.toISOString(),
    devices: devices
      .filter((device) => device.memberId === member.id)
      .map(({ memberId: _, ...device }) => ({ ...device, lastSeenAt: device.lastSeenAt?.toISOString() ?? null })),
  }));
}

/** Invites, newest first, the last 200. */
async function listInvites(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<Invite[]> {
  const { rows } = await sql<
    Omit<Invite, 'createdAt' | 'expiresAt' | 'usedAt'> & { createdAt: Date; expiresAt: Date; usedAt: Date | null }
  >`
    select i.id, i.address, i.role, coalesce(m.name, '') as invited_by, i.created_at, i.expires_at, i.used_at,
      case when i.used_at is not null then 'used' when i.revoked_at is not null then 'revoked'
           when i.expires_at <= ${now} then 'expired' else 'open' end as state
    from invite i left join member m on m.workspace_id = i.workspace_id and m.id = i.invited_by
    where i.workspace_id = ${workspaceId} order by i.created_at desc, i.id limit 200`.execute(scope);
  return rows.map((invite) => ({
    ...invite,
    createdAt: invite.createdAt.toISOString(),
    expiresAt: invite.expiresAt.toISOString(),
    usedAt: invite.usedAt?.toISOString() ?? null,
  }));
}

/** Who has access to the workspace, on what, and who was asked in; and the territories that members can be given. */
export async function readPeople(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<People> {
  return {
    members: await listMembers(scope, workspaceId),
    invites: await listInvites(scope, workspaceId, now),
    territories: await listTerritories(scope, workspaceId),
  };
}

/** Whose device this is and what they may do; undefined when there is none. */
export async function readDeviceOwner(
  scope: Scope,
  workspaceId: WorkspaceId,
  deviceId: string,
): Promise<{ memberId: string; role: Member['role'] } | undefined> {
  const { rows } = await sql<{ memberId: string; role: Member['role'] }>`
    select d.member_id, m.role from device d join member m on m.workspace_id = d.workspace_id and m.id = d.member_id
    where d.workspace_id = ${workspaceId} and d.id = ${deviceId}`.execute(scope);
  return rows[0];
}

/** Takes back an invite that nobody used. False when there was none open. */
export async function revokeInvite(
  scope: Scope,
  workspaceId: WorkspaceId,
  inviteId: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update invite set revoked_at = ${now}
    where workspace_id = ${workspaceId} and id = ${inviteId} and used_at is null and revoked_at is null
    returning id`.execute(scope);
  return rows.length > 0;
}
