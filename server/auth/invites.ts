import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Change } from '#contract/feed.ts';
import type { DeviceId, WorkspaceId } from '#contract/ids.ts';
import type { InvitePreview, inviteAcceptAnswerSchema, inviteAcceptRequestSchema, Role } from '#contract/session.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { appendChanges } from '../store/change.ts';
import { createDevice, endFormerDevice } from '../store/device.ts';
import { adoptHandOvers } from '../store/hand-over/adopt.ts';
import { createInvite, findInvite, type KnownInvite, revokeStoreInvites, useInvite } from '../store/invite.ts';
import { changeRole, createMember, findMember, hasMembers, type KnownMember, readMember } from '../store/member.ts';
import { readDeviceProgress } from '../store/mutation.ts';
import { takeFirstRunLock } from '../store/tenant.ts';
import { tellRescoped } from '../store/territory.ts';
import { readWorkspace } from '../store/workspace.ts';
import { createSecret, hashSecret, readClaimedWorkspace } from './secret.ts';

/** What an inviter of that role may invite to. */
const mayInvite: Record<Role, readonly Role[]> = {
  admin: ['rep', 'marketer', 'admin'],
  marketer: ['rep', 'marketer'],
  rep: [],
};

/** Who invites, to what. Throws a `ProblemError`: 404 unknown, 410 used, revoked or expired. */
export async function previewInvite(deps: Deps, secret: string): Promise<InvitePreview> {
  const workspaceId = claimOf(secret);
  return inWorkspace(deps.db, workspaceId, async (scope) => {
    const invite = await findOpenInvite(scope, workspaceId, secret, { lock: false, now: deps.now() });
    const workspace = await readWorkspace(scope, workspaceId);
    const inviter = invite.invitedBy === null ? undefined : await readMember(scope, workspaceId, invite.invitedBy);
    return {
      workspace: workspace?.name ?? '',
      invitedBy: inviter?.name ?? 'whoever set this store up',
      role: invite.role,
      address: invite.address,
      expiresAt: invite.expiresAt.toISOString(),
    };
  });
}

/** An invite that was taken: the new device, and what became of the one before. */
type Accepted = Pick<z.infer<typeof inviteAcceptAnswerSchema>, 'token' | 'former'> & { caller: Caller };

/** What the store has of the device that this browser was until now, which ends with it; null when that is none of this member's. */
async function endFormer(scope: Scope, caller: Caller, now: Date): Promise<Accepted['former']> {
  const { workspaceId, memberId, deviceId } = caller;
  const isKnown = await endFormerDevice(scope, workspaceId, memberId, deviceId, now);
  return isKnown ? readDeviceProgress(scope, caller, now) : null;
}

/**
 * Exchanges an invite for a device of the invited person, in one transaction that holds the invite: of two at once, one gets it.
 * A person who is a member already gets a further device, not a second membership. Throws as `previewInvite`.
 */
export async function acceptInvite(deps: Deps, request: z.output<typeof inviteAcceptRequestSchema>): Promise<Accepted> {
  const workspaceId = claimOf(request.secret);
  const now = deps.now();
  const accepted = await inWorkspace(deps.db, workspaceId, async (scope) => {
    const invite = await findOpenInvite(scope, workspaceId, request.secret, { lock: true, now });
    const { member, changes } = await joinAs(scope, workspaceId, invite, request.name, now);
    await useInvite(scope, workspaceId, invite.id, member.id, now);
    const token = createSecret(workspaceId);
    const deviceId = randomUUID() as DeviceId;
    await createDevice(scope, workspaceId, {
      id: deviceId,
      memberId: member.id,
      tokenHash: token.hash,
      name: request.device,
      now,
    });
    const caller = { workspaceId, memberId: member.id, deviceId, role: member.role };
    const { formerDevice } = request;
    const former = formerDevice && { former: await endFormer(scope, { ...caller, deviceId: formerDevice }, now) };
    // The members' names are part of the workspace's facts; and the inviter's people page sees that it was taken.
    await appendChanges(scope, workspaceId, [{ kind: 'workspace', id: null, memberId: null }, ...changes]);
    return { token: token.text, caller, ...former };
  });
  deps.pokes.poke(workspaceId);
  return accepted;
}

/** Makes an invite and its link. `by` null: the store itself. Throws a `ProblemError` 403 when the caller may not invite to that role, or to that person. */
export async function issueInvite(
  deps: Deps,
  by: Caller | null,
  workspaceId: WorkspaceId,
  request: { role: Role; address: string; team: string | null },
): Promise<{ link: string; expiresAt: Date }> {
  if (by && !mayInvite[by.role].includes(request.role)) {
    throw new ProblemError(
      403,
      'role',
      `As a ${by.role} you cannot invite somebody as ${request.role === 'admin' ? 'an admin' : `a ${request.role}`}. Ask an admin.`,
    );
  }
  const secret = createSecret(workspaceId);
  const expiresAt = await inWorkspace(deps.db, workspaceId, async (scope) => {
    const known = await findMember(scope, workspaceId, request.address);
    if (by && known) refuseHigher(by.role, known);
    const invitedBy = by?.memberId ?? null;
    return createInvite(scope, workspaceId, { ...request, secretHash: secret.hash, invitedBy, now: deps.now() });
  });
  return { link: createJoinLink(deps.publicUrl, secret.text), expiresAt };
}

/** The link of the first admin's invite, while nobody has joined yet; null afterwards. The earlier one, if any, no longer holds, also when two stores start at once. */
export async function issueFirstInvite(deps: Deps, workspaceId: WorkspaceId, address: string): Promise<string | null> {
  const secret = createSecret(workspaceId);
  const isIssued = await inWorkspace(deps.db, workspaceId, async (scope) => {
    await takeFirstRunLock(scope);
    if (await hasMembers(scope, workspaceId)) return false;
    const now = deps.now();
    await revokeStoreInvites(scope, workspaceId, address, now);
    const invite = { role: 'admin' as const, address, team: null, secretHash: secret.hash, invitedBy: null, now };
    await createInvite(scope, workspaceId, invite);
    return true;
  });
  return isIssued ? createJoinLink(deps.publicUrl, secret.text) : null;
}

/** The secret stays in the fragment: it reaches no server and no log by the link being opened. */
function createJoinLink(publicUrl: URL, secret: string): string {
  return `${publicUrl.href.replace(/\/$/, '')}/join#${secret}`;
}

/** Whoever makes an invite could take it himself. So none is made for a person who may do more than its maker. */
function refuseHigher(inviter: Role, known: KnownMember): void {
  if (!mayInvite[inviter].includes(known.role)) {
    throw new ProblemError(
      403,
      'role',
      `${known.name} is an admin here: only another admin can make a new invite for them.`,
    );
  }
}

/** The member that an invite makes of a person, and what the feed must say of it beside the joining. */
async function joinAs(
  scope: Scope,
  workspaceId: WorkspaceId,
  invite: KnownInvite,
  name: string,
  now: Date,
): Promise<{ member: KnownMember; changes: Change[] }> {
  const known = await findMember(scope, workspaceId, invite.address);
  if (!known) {
    const { address, role, team } = invite;
    const member = await createMember(scope, workspaceId, { name, address, role, team, now });
    // What waited for the owner of an account, who is here now, is theirs: their devices come to it with their first copy.
    await adoptHandOvers(scope, workspaceId, null, now);
    return { member, changes: [] };
  }
  const inviter = invite.invitedBy === null ? undefined : await readMember(scope, workspaceId, invite.invitedBy);
  if (inviter) refuseHigher(inviter.role, known);
  if (known.role === invite.role || (inviter && inviter.role !== 'admin')) return { member: known, changes: [] };
  await changeRole(scope, workspaceId, known.id, invite.role);
  // Another role may hold other accounts.
  return {
    member: { ...known, role: invite.role },
    changes: await tellRescoped(scope, workspaceId, known.id),
  };
}

function claimOf(secret: string): WorkspaceId {
  const workspaceId = readClaimedWorkspace(secret);
  if (workspaceId === null) throw unknownInvite();
  return workspaceId;
}

function unknownInvite(): ProblemError {
  return new ProblemError(
    404,
    'invite-unknown',
    'This store does not know this invite. Check that the link was copied whole, or ask for a new one.',
  );
}

async function findOpenInvite(
  scope: Scope,
  workspaceId: WorkspaceId,
  secret: string,
  options: { lock: boolean; now: Date },
): Promise<KnownInvite> {
  const invite = await findInvite(scope, workspaceId, hashSecret(secret), options.lock);
  if (!invite) throw unknownInvite();
  if (invite.usedAt) {
    throw new ProblemError(
      410,
      'invite-used',
      'This invite was already used: each one connects one browser. If that was not you, tell the person who invited you. Ask for a new one.',
    );
  }
  if (invite.revokedAt)
    throw new ProblemError(
      410,
      'invite-revoked',
      'This invite was taken back. Ask the person who invited you for a new one.',
    );
  if (invite.expiresAt <= options.now)
    throw new ProblemError(
      410,
      'invite-expired',
      'This invite has expired: it was good for 24 hours. Ask for a new one.',
    );
  return invite;
}
