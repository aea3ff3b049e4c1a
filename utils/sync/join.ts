import type { Outcome } from '#contract/message.ts';
import { type InvitePreview, inviteAcceptAnswerSchema, invitePreviewSchema, type Session } from '#contract/session.ts';
import type { Owner } from '../outbox/database.ts';
import { countWaiting, readOwner } from '../outbox/read.ts';
import { emptyOutbox, rebaseWaiting } from '../outbox/rebase.ts';
import { settleRows } from '../outbox/settle.ts';
import { toInstant } from '../platform/clock.ts';
import { word } from '../platform/words.ts';
import { emptyReplica } from '../replica/database.ts';
import { type InviteLink, readInviteLink } from '../settings/invite-link.ts';
import { emptyLocal, readLocal, writeLocal } from '../settings/local-state.ts';
import { call, type Line, type Reply, reach } from './call.ts';
import { readLine } from './connection.ts';
import type { Ground } from './ground.ts';
import { leaseFrom } from './lease.ts';
import { noteStoreTime } from './store-clock.ts';

type Taken = Extract<InviteLink, { ok: true }>;

function lineTo(ground: Ground, link: Taken): Line {
  return { storeUrl: link.storeUrl, token: null, fetch: ground.fetch };
}

/** Every secret begins with its workspace's id. */
function workspaceOf(secret: string): string {
  return secret.slice(0, secret.indexOf('.'));
}

function tell(reply: Exclude<Reply<never>, { kind: 'ok' }>, storeUrl: string): { ok: false; message: string } {
  if (reply.kind === 'mismatch') return { ok: false, message: word(`status_${reply.old}_too_old`) };
  if (reply.problem === undefined) return { ok: false, message: word('connect_unreachable', new URL(storeUrl).host) };
  return { ok: false, message: reply.problem.detail ?? reply.problem.title };
}

/** Whom this browser works for, or last worked for; null: nobody yet. What the outbox itself says counts, also where the rest was lost. */
async function readFormer(ground: Ground): Promise<{ owner: Owner; workspace: string; isConnected: boolean } | null> {
  const connection = await readLocal(ground.local, 'connection');
  const kept = await readOwner(ground.outbox);
  if (connection === null) return kept && { owner: kept, workspace: '', isConnected: false };
  const { session, state } = connection;
  return { owner: kept ?? ownerOf(session), workspace: session.workspace.name, isConnected: state === 'connected' };
}

function ownerOf({ workspace, device, member }: Session): Owner {
  return { workspaceId: workspace.id, deviceId: device.id, address: member.address, name: member.name };
}

/** Things that wait belong to who did them: only the same person at the same workspace may send them. A restored store may know that person under another id. */
function isSamePerson(owner: Owner, address: string, workspaceId: string): boolean {
  return owner.address.toLowerCase() === address.toLowerCase() && owner.workspaceId === workspaceId;
}

/** Why this browser cannot take the invite as it stands; null when it can. Things that wait belong to who did them, and a browser works for one member at a time. */
async function findObstacle(ground: Ground, link: Taken, preview: InvitePreview): Promise<string | null> {
  const before = await readFormer(ground);
  if (before === null || isSamePerson(before.owner, preview.address, workspaceOf(link.secret))) return null;
  const { owner, workspace, isConnected } = before;
  const waiting = await countWaiting(ground.outbox);
  if (waiting === 1) return word('connect_unsent_of_other_one', owner.name, preview.address);
  if (waiting > 1) return word('connect_unsent_of_other', waiting, owner.name, preview.address);
  return isConnected ? word('connect_member_elsewhere', workspace, owner.name) : null;
}

/** Who invites to what, before the invite is taken, and what stands in its way here. Nothing changes here or at the store. */
export async function previewInvite(
  ground: Ground,
  pasted: string,
): Promise<Outcome<InvitePreview & { obstacle: string | null }>> {
  const link = readInviteLink(pasted);
  if (!link.ok) return link;
  const line = lineTo(ground, link);
  const reply = await call(line, 'POST', '/v1/invites/preview', invitePreviewSchema, { secret: link.secret });
  if (reply.kind !== 'ok') return tell(reply, link.storeUrl);
  return { ok: true, value: { ...reply.value, obstacle: await findObstacle(ground, link, reply.value) } };
}

/**
 * Takes the invite: from here on this browser is a device of that member. What an earlier device of the same member left unsent goes out under the new one.
 * Where this browser works for somebody else, or holds what somebody else left unsent, the invite is refused before it is taken.
 */
export async function acceptInvite(
  ground: Ground,
  pasted: string,
  name: string,
  device: string,
  whenIdle: () => Promise<void>,
): Promise<Outcome<Session>> {
  const link = readInviteLink(pasted);
  if (!link.ok) return link;
  if (name.trim() === '') return { ok: false, message: word('connect_no_name') };
  const before = await readFormer(ground);
  const line = lineTo(ground, link);
  if (before !== null) {
    const preview = await previewInvite(ground, pasted);
    if (!preview.ok) return preview;
    if (preview.value.obstacle !== null) return { ok: false, message: preview.value.obstacle };
  }
  const formerDevice = before === null ? {} : { formerDevice: before.owner.deviceId };
  const body = { secret: link.secret, name: name.trim(), device, ...formerDevice };
  const reply = await call(line, 'POST', '/v1/invites/accept', inviteAcceptAnswerSchema, body);
  if (reply.kind !== 'ok') return tell(reply, link.storeUrl);
  const { token, session, former } = reply.value;
  await emptyLocal(ground.local);
  await whenIdle();
  await emptyReplica(ground.replica);
  const now = ground.now();
  const owner = ownerOf(session);
  if (before !== null && !isSamePerson(before.owner, owner.address, owner.workspaceId))
    await emptyOutbox(ground.outbox);
  // What the store has of the former device, also where it could not say so any more, is not sent again under the new one.
  if (former) await settleRows(ground.outbox, former, toInstant(now));
  await rebaseWaiting(ground.outbox, 0, owner);
  const state = 'connected';
  await writeLocal(ground.local, 'connection', {
    storeUrl: link.storeUrl,
    token,
    session,
    state,
    ...leaseFrom(session, now),
    checkedAt: now,
  });
  await noteStoreTime(ground, session.storeTime);
  await writeLocal(ground.local, 'reach', { store: 'reached', since: now, failures: 0, retryAt: 0 });
  ground.changed();
  return { ok: true, value: session };
}

/** Signs this browser out and wipes what it holds. What waits is lost only when `discardUnsent` says so; the caller has tried to send it first. */
export async function signOut(
  ground: Ground,
  discardUnsent: boolean,
  whenIdle: () => Promise<void>,
): Promise<Outcome<null>> {
  const waiting = await countWaiting(ground.outbox);
  if (waiting > 0 && !discardUnsent)
    return { ok: false, message: waiting === 1 ? word('sign_out_unsent_one') : word('sign_out_unsent', waiting) };
  const line = await readLine(ground);
  // The store forgets the device too; when it cannot be reached the token is gone from here all the same, and expires there.
  if (line !== null) await reach(line, 'DELETE', '/v1/session');
  // The outbox before the connection: cut short in between, nothing is left that the next member here would send as theirs.
  await emptyOutbox(ground.outbox);
  // Without the connection a cycle under way ends and none begins; what it still wrote is wiped after it.
  await emptyLocal(ground.local);
  await whenIdle();
  await emptyReplica(ground.replica);
  ground.wiped();
  ground.changed();
  return { ok: true, value: null };
}
