import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Role } from '#contract/session.ts';
import type { Scope } from '../db/scope.ts';

/** A logged-in person who has not left. */
export interface KnownMember {
  id: MemberId;
  name: string;
  address: string;
  role: Role;
}

/** An address as members are known by it: without spaces around, in small letters. */
export function normalizeMemberAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** The member of that address who has not left, locked for this transaction; undefined when there is none. */
export async function findMember(
  scope: Scope,
  workspaceId: WorkspaceId,
  address: string,
): Promise<KnownMember | undefined> {
  const row = await scope
    .selectFrom('member')
    .select(['id', 'name', 'address', 'role'])
    .where('workspaceId', '=', workspaceId)
    .where('address', '=', normalizeMemberAddress(address))
    .where('leftAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row as KnownMember | undefined;
}

/** Makes a member. The address must be free. */
export async function createMember(
  scope: Scope,
  workspaceId: WorkspaceId,
  member: { name: string; address: string; role: Role; team: string | null; now: Date },
): Promise<KnownMember> {
  const made = {
    id: randomUUID() as MemberId,
    name: member.name,
    address: normalizeMemberAddress(member.address),
    role: member.role,
  };
  await scope
    .insertInto('member')
    .values({ workspaceId, ...made, team: member.team, joinedAt: member.now, leftAt: null })
    .execute();
  return made;
}

/** Gives a member another role. */
export async function changeRole(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  role: Role,
): Promise<void> {
  await scope
    .updateTable('member')
    .set({ role })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', memberId)
    .execute();
}

/** What each member is called, by id; those who left among them. */
export async function readMemberNames(scope: Scope, workspaceId: WorkspaceId): Promise<Map<string, string>> {
  const rows = await scope.selectFrom('member').select(['id', 'name']).where('workspaceId', '=', workspaceId).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Name and role of a member, also of one who left; undefined when there never was one. */
export async function readMember(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<{ name: string; role: Role; leftAt: Date | null } | undefined> {
  return scope
    .selectFrom('member')
    .select(['name', 'role', 'leftAt'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', memberId)
    .executeTakeFirst();
}

/**
 * Ends a membership: the member's devices are refused from this moment on, and no open invite lets them back in. What they did stays. One who has left before
 * stays as they are.
 */
export async function endMember(scope: Scope, workspaceId: WorkspaceId, memberId: MemberId, now: Date): Promise<void> {
  const ended = await scope
    .updateTable('member')
    .set({ leftAt: now })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', memberId)
    .where('leftAt', 'is', null)
    .returning('address')
    .executeTakeFirst();
  if (!ended) return;
  await scope
    .updateTable('device')
    .set({ revokedAt: now })
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .where('revokedAt', 'is', null)
    .execute();
  await scope
    .updateTable('invite')
    .set({ revokedAt: now })
    .where('workspaceId', '=', workspaceId)
    .where(sql<string>`lower(btrim(address))`, '=', ended.address)
    .where('usedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute();
}

/** True when nobody has joined yet: the first admin's invite is still to be taken. */
export async function hasMembers(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const row = await scope
    .selectFrom('member')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
