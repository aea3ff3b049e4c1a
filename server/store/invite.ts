import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { InviteId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Role } from '#contract/session.ts';
import type { Scope } from '../db/scope.ts';
import { normalizeMemberAddress } from './member.ts';

/** An invite is good for a day. */
export const inviteLifeMs = 86_400_000;

/** An invite as its secret finds it. `invitedBy` null: the store itself, for the first admin. */
export interface KnownInvite {
  id: InviteId;
  role: Role;
  address: string;
  team: string | null;
  invitedBy: MemberId | null;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}

/** Keeps an invite by its secret's hash. Answers when it ends. */
export async function createInvite(
  scope: Scope,
  workspaceId: WorkspaceId,
  invite: {
    secretHash: Buffer;
    role: Role;
    address: string;
    team: string | null;
    invitedBy: MemberId | null;
    now: Date;
  },
): Promise<Date> {
  const { now, ...columns } = invite;
  const expiresAt = new Date(now.getTime() + inviteLifeMs);
  await scope
    .insertInto('invite')
    .values({
      workspaceId,
      id: randomUUID(),
      ...columns,
      address: normalizeMemberAddress(invite.address),
      createdAt: now,
      expiresAt,
      usedAt: null,
      usedBy: null,
      revokedAt: null,
    })
    .execute();
  return expiresAt;
}

/** The invite with this secret's hash, in whatever state. `lock` keeps others from taking it until this transaction ends. */
export async function findInvite(
  scope: Scope,
  workspaceId: WorkspaceId,
  secretHash: Buffer,
  lock: boolean,
): Promise<KnownInvite | undefined> {
  const query = scope
    .selectFrom('invite')
    .select(['id', 'role', 'address', 'team', 'invitedBy', 'expiresAt', 'usedAt', 'revokedAt'])
    .where('workspaceId', '=', workspaceId)
    .where('secretHash', '=', secretHash);
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as KnownInvite | undefined;
}

/** Marks an invite as taken, and by whom, so that its inviter sees it. */
export async function useInvite(
  scope: Scope,
  workspaceId: WorkspaceId,
  inviteId: InviteId,
  memberId: MemberId,
  now: Date,
): Promise<void> {
  await scope
    .updateTable('invite')
    .set({ usedAt: now, usedBy: memberId })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', inviteId)
    .execute();
}

/** Takes back the store's own open invites for an address: of the first admin's only the newest holds. */
export async function revokeStoreInvites(
  scope: Scope,
  workspaceId: WorkspaceId,
  address: string,
  now: Date,
): Promise<void> {
  await sql`update invite set revoked_at = ${now}
    where workspace_id = ${workspaceId} and invited_by is null and address = ${normalizeMemberAddress(address)}
      and used_at is null and revoked_at is null`.execute(scope);
}
