import type { Outcome } from '#contract/message.ts';
import { type InvitePreview, inviteAcceptAnswerSchema, invitePreviewSchema, type Session } from '#contract/session.ts';
import { countWaiting } from '../outbox/read.ts';
import { emptyOutbox, rebaseWaiting } from '../outbox/rebase.ts';
import { word } from '../platform/words.ts';
import { emptyReplica } from '../replica/database.ts';
import { type InviteLink, readInviteLink } from '../settings/invite-link.ts';
import { type Connection, emptyLocal, readLocal, writeLocal } from '../settings/local-state.ts';
import { call, type Line, type Reply, reach } from './call.ts';
import { readLine } from './connection.ts';
import type { Ground } from './ground.ts';
import { leaseFrom } from './lease.ts';

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

/** Why this browser cannot take the invite as it stands; null when it can. Things that wait belong to who did them, and a browser works for one member at a time. */
async function findObstacle(ground: Ground, link: Taken, preview: InvitePreview): Promise<string | null> {
  const before = await readLocal(ground.local, 'connection');
  if (before === null) return null;
  const { member, workspace } = before.session;
  const isSameMember = preview.address.toLowerCase() === member.address.toLowerCase();
  if (isSameMember && workspaceOf(link.secret) === workspace.id) return null;
  const waiting = await countWaiting(ground.outbox);
  if (waiting > 0) return word('connect_unsent_of_other', waiting, member.name, preview.address);
  return before.state === 'connected' ? word('connect_member_elsewhere', workspace.name, member.name) : null;
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

/** Things that wait belong to who did them: they may follow only the same person to the same workspace. A restored store may know that person under another id. */
function mayFollow(before: Connection, session: Session): boolean {
  const isSamePerson = before.session.member.address.toLowerCase() === session.member.address.toLowerCase();
  return isSamePerson && before.session.workspace.id === session.workspace.id;
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
  const before = await readLocal(ground.local, 'connection');
  const line = lineTo(ground, link);
  if (before !== null) {
    const preview = await previewInvite(ground, pasted);
    if (!preview.ok) return preview;
    if (preview.value.obstacle !== null) return { ok: false, message: preview.value.obstacle };
  }
  const body = { secret: link.secret, name: name.trim(), device };
  const reply = await call(line, 'POST', '/v1/invites/accept', inviteAcceptAnswerSchema, body);
  if (reply.kind !== 'ok') return tell(reply, link.storeUrl);
  const { token, session } = reply.value;
  await emptyLocal(ground.local);
  await whenIdle();
  await emptyReplica(ground.replica);
  // Without a connection before it, what waits is from one that was cut short here: signing out empties the outbox first.
  if (before === null || mayFollow(before, session)) await rebaseWaiting(ground.outbox, 0);
  else await emptyOutbox(ground.outbox);
  const now = ground.now();
  const state = 'connected';
  await writeLocal(ground.local, 'connection', {
    storeUrl: link.storeUrl,
    token,
    session,
    state,
    ...leaseFrom(session, now),
    checkedAt: now,
  });
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
